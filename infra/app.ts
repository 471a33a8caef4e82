import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { bundleFunctions } from './constructs/bundle.ts';
import { addRoster } from './roster.ts';

const app = new App();
const bundles = await mkdtemp(path.join(tmpdir(), 'roster-bundles-'));
await bundleFunctions(bundles);
addRoster(app, bundles);
app.synth();

import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { bundleFunctions } from './constructs/bundle.ts';
import { addRoster } from './roster.ts';
import { findStage } from './stages.ts';

const app = new App();
const bundles = await mkdtemp(path.join(tmpdir(), 'roster-bundles-'));
await bundleFunctions(bundles);
addRoster(app, findStage(app.node.tryGetContext('stage')), bundles);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
app.synth();

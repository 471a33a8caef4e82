import path from 'node:path';
import { App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { bundleFunctions } from './constructs/bundle.ts';
import { useScratchFolder } from './local/scratch-folder.ts';
import { addRoster } from './roster.ts';
import { findStage } from './stages.ts';

// A temporary folder suffices for the bundles, because CDK copies them into its own output folder.
const bundles = path.join(useScratchFolder(), 'bundles');
const app = new App();
await bundleFunctions(bundles);
const stage = findStage(app.node.tryGetContext('stage'));
const emulated = app.node.tryGetContext('emulated') === 'true';
addRoster(app, { ...stage, ...(emulated && { emulated }) }, bundles);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
app.synth();

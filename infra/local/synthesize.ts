import path from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { cdkContext } from '../cdk-context.ts';
import { bundleFunctions } from '../constructs/bundle.ts';
import { addRoster } from '../roster.ts';
import { findStage } from '../stages.ts';

/** Synthesizes the `local` stage, as `cdk synth -c stage=local` does, into `<directory>/cdk.out`. Returns that path. */
export const synthesizeLocal = async (directory: string): Promise<string> => {
  const bundles = path.join(directory, 'bundles');
  await bundleFunctions(bundles);
  // Validating the template against CloudFormation's rules takes longer than everything else, and `npm run synth` does it.
  process.env.CDK_VALIDATION = 'false';
  const outdir = path.join(directory, 'cdk.out');
  const app = new App({
    outdir,
    context: { ...cdkContext, 'aws:cdk:enable-asset-metadata': true },
    analyticsReporting: false,
  });
  addRoster(app, findStage('local'), bundles);
  app.synth();
  return outdir;
};

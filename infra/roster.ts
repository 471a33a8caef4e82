import type { App } from 'aws-cdk-lib/core';
import { ApiStack } from './stacks/api.ts';
import { DataStack } from './stacks/data.ts';
import { MailStack } from './stacks/mail.ts';
import { findStage } from './stages.ts';

/** The stacks of the stage that the context names. `bundles`: the directory of the functions' bundles. */
export const addRoster = (app: App, bundles: string): void => {
  const stage = findStage(app.node.tryGetContext('stage'));
  const prefix = `Roster-${stage.name}`;
  const data = new DataStack(app, `${prefix}-Data`, stage);
  const mail = new MailStack(app, `${prefix}-Mail`);
  new ApiStack(app, `${prefix}-Api`, {
    stage,
    bundles,
    table: data.table,
    userPool: data.userPool,
    signInUrl: data.signInUrl,
    mail: mail.configurationSet,
  });
};

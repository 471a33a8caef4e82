import { Aspects, type App } from 'aws-cdk-lib/core';
import { LeaveOutNotEmulated } from './constructs/not-emulated.ts';
import { ApiStack } from './stacks/api.ts';
import { DataStack } from './stacks/data.ts';
import { MailStack } from './stacks/mail.ts';
import { findStage } from './stages.ts';

/** The stacks of the stage that the context names. `bundles`: the directory of the functions' bundles. */
export const addRoster = (app: App, bundles: string): void => {
  const stage = findStage(app.node.tryGetContext('stage'), app.node.tryGetContext('emulated') === 'true');
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
  if (stage.emulated) Aspects.of(app).add(new LeaveOutNotEmulated());
};

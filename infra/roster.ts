import { Aspects, Stack, Tags, type App } from 'aws-cdk-lib/core';
import { LeaveOutNotEmulated } from './constructs/not-emulated.ts';
import { edgeRegion } from './constructs/origin-secret.ts';
import { ApiStack } from './stacks/api.ts';
import { ConsoleStack } from './stacks/console.ts';
import { DataStack } from './stacks/data.ts';
import { DeliveryStack } from './stacks/delivery.ts';
import { EdgeStack } from './stacks/edge.ts';
import { MailStack } from './stacks/mail.ts';
import { ObservabilityStack } from './stacks/observability.ts';
import type { Stage } from './stages.ts';

/** The stacks of a stage. `bundles`: the directory of the functions' bundles. */
export const addRoster = (app: App, stage: Stage, bundles: string): void => {
  const nameOf = (stack: string) => `Roster-${stage.name}-${stack}`;
  const { account, region, web, delivery } = stage;
  const placed = { env: { ...(account && { account }), ...(region && { region }) }, stage };

  const mail = new MailStack(app, nameOf('Mail'), placed);
  const data = new DataStack(app, nameOf('Data'), placed);
  // Cognito accepts only an identity that SES has verified.
  if (stage.accountMails === 'ses') data.addStackDependency(mail);
  const { table, userPool, signInUrl } = data;
  const api = new ApiStack(app, nameOf('Api'), {
    ...placed,
    bundles,
    table,
    userPool,
    signInUrl,
    configurationSet: mail.configurationSet,
  });
  const { httpApi, authorizer, client } = api;
  new ConsoleStack(app, nameOf('Console'), {
    ...placed,
    bundles,
    httpApi,
    authorizer,
    userPool,
    client,
    signInUrl,
  });
  new ObservabilityStack(app, nameOf('Observability'), { ...placed, table, userPool, api });
  if (web) new EdgeStack(app, nameOf('Edge'), { ...placed, env: { ...placed.env, region: edgeRegion }, web, api });
  if (delivery) new DeliveryStack(app, nameOf('Delivery'), { ...placed, delivery });
  for (const stack of app.node.children) if (stack instanceof Stack) tag(stack, stage);
  if (stage.emulated) Aspects.of(app).add(new LeaveOutNotEmulated());
};

/** Tags that identify the resources of a stage, and that divide the bill once they are activated as cost allocation tags. */
const tag = (stack: Stack, { name, costTags }: Stage): void => {
  const [component = ''] = stack.stackName.split('-').slice(-1);
  const tags = { ...costTags, application: 'roster', stage: name, component: component.toLowerCase() };
  for (const [key, value] of Object.entries(tags)) Tags.of(stack).add(key, value);
};

import { DescribeContinuousBackupsCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import {
  GetAccountCommand,
  GetConfigurationSetCommand,
  GetEmailIdentityCommand,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import { senderOf } from '../../mail-sender.ts';
import type { AwsStage } from '../aws-stage.ts';
import { configurationSetOf } from '../configuration-set.ts';
import { deadLetterQueues, openDeadLetters } from '../dead-letters.ts';
import { eventSourcesOf } from '../event-sources.ts';
import { NotDone } from '../not-done.ts';
import { stageCommand } from '../stage-command.ts';
import { concurrencyOf, functionsOf } from '../stage-functions.ts';

/** A heading with its count, and the lines below it. */
type Part = [heading: string, ...lines: string[]];

export const status = stageCommand({
  does: 'shows functions, event sources, dead letters, table, mail and alarm subscriptions',
  run: async (aws) => {
    const title = `Stage ${aws.stage.name} in the account ${aws.account}: ${await aws.output('Api', 'Url')}`;
    const shown = await Promise.allSettled(Object.values(parts).map((part) => part(aws)));
    // One part that cannot be read does not hide the others, because something is often broken when somebody runs this command.
    const lines = shown.flatMap((part, index) =>
      part.status === 'fulfilled'
        ? textOf(part.value)
        : `${Object.keys(parts)[index]}: UNKNOWN, ${String(part.reason)}`,
    );
    const failures = shown.filter((part) => part.status === 'rejected').length;
    const text = [title, ...lines].join('\n');
    if (failures > 0) throw new NotDone(`${text}\n${failures} of ${shown.length} parts could not be read.`);
    return text;
  },
});

const textOf = ([heading, ...lines]: Part): string[] => [heading, ...lines.map((line) => `  ${line}`)];

const functions = async (aws: AwsStage): Promise<Part> => {
  const lambda = new LambdaClient(aws.client);
  const found = await functionsOf(aws);
  const lines: string[] = [];
  for (const each of found) {
    const reserved = await concurrencyOf(lambda, each);
    const state = { undefined: 'runs', 0: 'STOPPED' }[String(reserved)] ?? `runs, ${reserved} executions reserved`;
    lines.push(`${each.entry}: ${state}`);
  }
  return [`${found.length} functions`, ...lines];
};

const eventSources = async (aws: AwsStage): Promise<Part> => {
  const lines = (await eventSourcesOf(aws)).map(({ EventSourceArn, State }) => `${EventSourceArn}: ${State}`);
  return [`${lines.length} event sources`, ...lines];
};

const deadLetters = async (aws: AwsStage): Promise<Part> => {
  const counts = await Promise.all(
    deadLetterQueues.map(async (queue) => ({ queue, count: await (await openDeadLetters(aws, queue)).count() })),
  );
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  return [`${total} dead letters`, ...counts.map(({ queue, count }) => `${queue}: ${count}`)];
};

const table = async (aws: AwsStage): Promise<Part> => {
  const dynamodb = new DynamoDBClient(aws.client);
  const TableName = await aws.output('Data', 'TableName');
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
  const { ContinuousBackupsDescription } = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
  const recovery = ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
  const [from, to] = [recovery?.EarliestRestorableDateTime, recovery?.LatestRestorableDateTime];
  return [
    `Table ${TableName}: ${Table?.TableStatus}`,
    from && to
      ? `restorable from ${from.toISOString()} to ${to.toISOString()}`
      : `point-in-time recovery: ${recovery?.PointInTimeRecoveryStatus ?? 'unknown'}`,
  ];
};

const mail = async (aws: AwsStage): Promise<Part> => {
  const ses = new SESv2Client(aws.client);
  const ConfigurationSetName = await configurationSetOf(aws);
  const EmailIdentity = aws.stage.mailDomain?.name ?? senderOf(aws.stage.mailSender).address;
  const [account, set, identity] = await Promise.all([
    ses.send(new GetAccountCommand({})),
    ses.send(new GetConfigurationSetCommand({ ConfigurationSetName })),
    ses.send(new GetEmailIdentityCommand({ EmailIdentity })),
  ]);
  const { Max24HourSend, SentLast24Hours, MaxSendRate } = account.SendQuota ?? {};
  return [
    `Mail from ${EmailIdentity}: ${identity.VerificationStatus ?? (identity.VerifiedForSendingStatus ? 'SUCCESS' : 'not verified')}`,
    `SES account: ${account.SendingEnabled ? 'sends' : 'SENDS NOTHING'}, ${account.EnforcementStatus}, ${account.ProductionAccessEnabled ? 'out of the sandbox' : 'IN THE SANDBOX'}`,
    `quota: ${SentLast24Hours} of ${Max24HourSend} mails in 24 hours, ${MaxSendRate} a second`,
    `configuration set ${ConfigurationSetName}: ${set.SendingOptions?.SendingEnabled ? 'sends' : 'STOPPED'}`,
  ];
};

const subscriptions = async (aws: AwsStage): Promise<Part> => {
  const TopicArn = await aws.output('Observability', 'AlarmTopic');
  const lines: string[] = [];
  for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic(
    { client: new SNSClient(aws.client) },
    { TopicArn },
  ))
    for (const { Endpoint, SubscriptionArn } of Subscriptions)
      lines.push(`${Endpoint}: ${SubscriptionArn === 'PendingConfirmation' ? 'NOT CONFIRMED' : 'confirmed'}`);
  return [`${lines.length} subscriptions to alarms`, ...lines];
};

const parts = { functions, eventSources, deadLetters, table, mail, subscriptions };

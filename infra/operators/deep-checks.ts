import { randomBytes } from 'node:crypto';
import {
  CloudWatchClient,
  paginateDescribeAlarmHistory,
  SetAlarmStateCommand,
  StateValue,
} from '@aws-sdk/client-cloudwatch';
import {
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import type { CanaryResult } from '../../shared/canary/canary-checks.ts';
import { createClient } from '../../shared/api/client.ts';
import type { Problem } from '../../shared/api/send-request.ts';
import { canaryGuest, canaryOrganizationId } from '../../shared/canary-organization.ts';
import { functionTimeoutSeconds } from '../../shared/limits.ts';
import type { AwsStage } from './aws-stage.ts';
import { functionOf } from './stage-functions.ts';

/** A check of a deployed stage. */
export interface Check {
  name: string;
  /** Returns what is wrong. Undefined: nothing. */
  run: (url: string) => Promise<string | undefined>;
}

/** The alarm that is raised as a test. It returns to OK at the next evaluation, because missing data count as good for it. */
const testedAlarm = 'ServerErrors';

/**
 * Seconds within which an alarm must be over after it was raised as a test. "Metric alarms returns to their actual state quickly,
 * often within seconds." Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
 */
const alarmSecondsMax = 300;
const alarmPauseSeconds = 5;

/**
 * Checks that write, for the first day of a stage: one transaction with the role of every function, a mail with its delivery event, and
 * an alarm that is raised and over. Everything happens in the canary's organization and can be repeated. The first run lets a guest join
 * there, and each run sets a new password of the guest.
 */
export const deepChecks = (aws: AwsStage): Check[] => {
  const cognito = new CognitoIdentityProviderClient(aws.client);
  const password = `Aa1!${randomBytes(24).toString('base64url')}`;
  return [
    {
      name: 'Every check of the canary passes, with mails',
      run: async () => {
        const result = (await invoke(aws, 'canary', { mails: true, password })) as CanaryResult;
        const lines = result.checks.map(({ means, functions, failure }) =>
          failure === undefined ? [] : [`  ${functions.join(', ')}: ${means}: NO. ${failure}`],
        );
        return lines.flat().length === 0
          ? undefined
          : `of ${lines.length} checks these failed:\n${lines.flat().join('\n')}`;
      },
    },
    {
      name: 'A guest who has joined can sign in and change their name (function me)',
      run: async (url) => {
        const UserPoolId = await aws.output('Data', 'UserPoolId');
        const account = { UserPoolId, Username: canaryGuest };
        await cognito.send(new AdminSetUserPasswordCommand({ ...account, Password: password, Permanent: true }));
        const { AuthenticationResult } = await cognito.send(
          new AdminInitiateAuthCommand({
            UserPoolId,
            ClientId: await aws.output('Api', 'AppClientId'),
            AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
            AuthParameters: { USERNAME: canaryGuest, PASSWORD: password },
          }),
        );
        const guest = createClient({ baseUrl: url, token: () => AuthenticationResult?.AccessToken });
        const renamed = await guest.updateMe({ body: { name: `Guest of ${new Date().toISOString()}` } });
        return renamed.ok ? undefined : refusal(renamed.problem);
      },
    },
    {
      name: 'The function of operators writes',
      run: async () =>
        void (await invoke(aws, 'operate', { command: 'resume_sending', organizationId: canaryOrganizationId })),
    },
    {
      name: `The alarm ${testedAlarm} is raised as a test, reaches its topic, and is over`,
      run: () => raiseAlarm(aws),
    },
    ...(aws.stage.alarmAddress === undefined
      ? []
      : [{ name: `${aws.stage.alarmAddress} has confirmed the subscription to alarms`, run: () => subscribed(aws) }]),
  ];
};

const refusal = ({ status, code, detail }: Problem): string => `the API answered ${status} ${code}: ${detail}`;

/** Invokes a function and returns its result. Throws with the error of the function. It is invoked once, because it writes. */
const invoke = async (aws: AwsStage, entry: 'canary' | 'operate', event: object): Promise<unknown> => {
  const { name } = await functionOf(aws, entry);
  const lambda = new LambdaClient({
    ...aws.client,
    maxAttempts: 1,
    requestHandler: { requestTimeout: 1_000 * (functionTimeoutSeconds[entry] + 10) },
  });
  const { Payload, FunctionError } = await lambda.send(
    new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event) }),
  );
  const result = Buffer.from(Payload ?? []).toString();
  if (FunctionError !== undefined) throw new Error(`The function ${entry} failed: ${result}`);
  return JSON.parse(result);
};

/** Reads the history of the alarm, which contains even states that lasted only seconds, and shows whether the actions succeeded. */
const raiseAlarm = async (aws: AwsStage): Promise<string | undefined> => {
  const client = new CloudWatchClient(aws.client);
  const AlarmName = `Roster-${aws.stage.name}-${testedAlarm}`;
  // CloudWatch shows times in whole seconds.
  const StartDate = new Date(Math.floor(Date.now() / 1_000) * 1_000);
  await client.send(
    new SetAlarmStateCommand({
      AlarmName,
      StateValue: StateValue.ALARM,
      StateReason: 'A test by npm run smoke. Nothing is wrong.',
    }),
  );
  const missing = new Set(Object.keys(inHistory));
  for (let waited = 0; waited <= alarmSecondsMax; waited += alarmPauseSeconds) {
    for await (const { AlarmHistoryItems = [] } of paginateDescribeAlarmHistory({ client }, { AlarmName, StartDate }))
      for (const { HistoryItemType = '', HistorySummary = '' } of AlarmHistoryItems)
        for (const what of missing)
          if (inHistory[what]?.test(`${HistoryItemType}: ${HistorySummary}`)) missing.delete(what);
    if (missing.size === 0) return undefined;
    await aws.wait(alarmPauseSeconds);
  }
  return `after ${alarmSecondsMax} seconds the history of the alarm still lacks: ${[...missing].join(', ')}`;
};

const inHistory: Record<string, RegExp> = {
  'the alarm': /^StateUpdate: .* to ALARM$/i,
  'its end': /^StateUpdate: .* to OK$/i,
  'the message to its topic': /^Action: Successfully executed action .*:sns:/i,
};

const subscribed = async (aws: AwsStage): Promise<string | undefined> => {
  const TopicArn = await aws.output('Observability', 'AlarmTopic');
  for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic(
    { client: new SNSClient(aws.client) },
    { TopicArn },
  ))
    if (Subscriptions.some(({ SubscriptionArn }) => SubscriptionArn !== 'PendingConfirmation')) return undefined;
  return 'nobody has confirmed it: open the mail of AWS to that address, or no alarm reaches anybody';
};

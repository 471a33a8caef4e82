import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetAccountCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { cognitoMailsPerDay, lambdaUnreservedExecutionsMin } from '../../shared/limits.ts';
import { publicFunctions } from '../public-functions.ts';
import type { Stage } from '../stages.ts';

/** The account's quotas in one region that a stage depends on. */
export interface Quotas {
  /** Executions of all functions of the account at a time. */
  lambdaExecutions: number;
  /** `perDay` is -1 if SES sets no limit. */
  mails: { outOfSandbox: boolean; perDay: number; perSecond: number };
}

/** Reads the quotas in the stage's region, with the credentials of the AWS environment. Rejects with the error of AWS. */
export const readQuotas = async ({ region }: Pick<Stage, 'region'>): Promise<Quotas> => {
  const place = region === undefined ? {} : { region };
  const [lambda, ses] = await Promise.all([
    new LambdaClient(place).send(new GetAccountSettingsCommand({})),
    new SESv2Client(place).send(new GetAccountCommand({})),
  ]);
  return {
    lambdaExecutions: lambda.AccountLimit?.ConcurrentExecutions ?? 0,
    mails: {
      outOfSandbox: ses.ProductionAccessEnabled ?? false,
      perDay: ses.SendQuota?.Max24HourSend ?? 0,
      perSecond: ses.SendQuota?.MaxSendRate ?? 0,
    },
  };
};

/** How long a call occupies its function. Most take less than half of this. */
const secondsPerCall = 0.2;
/** The invites that an organization may send per day should be sent within this time. */
const invitesSentWithinSeconds = 60 * 60;

/** The quotas to raise for a stage, one sentence each. Empty if the quotas suffice. */
export const quotasToRaise = (stage: Stage, { lambdaExecutions, mails }: Quotas): string[] => {
  const reserved = (stage.workerConcurrency ?? 0) + publicFunctions.size * (stage.publicConcurrency ?? 0);
  const executions = Math.max(
    Math.ceil(stage.throttle.rate * secondsPerCall),
    reserved > 0 ? reserved + lambdaUnreservedExecutionsMin : 0,
  );
  const perSecond = Math.ceil(stage.inviteQuota / invitesSentWithinSeconds);
  return [
    ...(lambdaExecutions < executions
      ? [
          `Lambda runs ${lambdaExecutions} functions at a time in this account, and ${executions} are needed: ` +
            'raise “Concurrent executions” of AWS Lambda in Service Quotas.' +
            (reserved > 0 ? ` The deployment fails otherwise, because ${reserved} are to be reserved.` : ''),
        ]
      : []),
    ...(mails.outOfSandbox
      ? []
      : ['SES is in its sandbox and sends to verified addresses only: request production access (infra/README.md).']),
    ...(mails.perDay >= 0 && mails.perDay < stage.inviteQuota
      ? [
          `SES sends ${mails.perDay} mails per day, and one organization may invite ${stage.inviteQuota}: raise its sending quota.`,
        ]
      : []),
    ...(mails.perSecond < perSecond
      ? [`SES's sending rate is ${mails.perSecond} per second, and ${perSecond} are needed: raise it.`]
      : []),
    ...(stage.accountMails !== 'ses'
      ? [
          `Cognito sends ${cognitoMailsPerDay} sign-in mails per day: set accountMails to "ses" once SES is out of its sandbox.`,
        ]
      : []),
  ];
};

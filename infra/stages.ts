import * as z from 'zod';
import { canaryMachine } from '../shared/canary-organization.ts';
import { tagKeyLettersMax, tagValueLettersMax } from '../shared/limits.ts';

const address = z.email();
const domain = z.string().regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, 'must be a domain in lower case');
const hostedZone = z.strictObject({ id: z.string().regex(/^Z[A-Z0-9]+$/, 'must be a hosted zone’s id'), name: domain });

/** The API calls of the console's page that makes the most. Measured by test/exhaustive/console/requests-per-page.test.ts. */
export const callsPerPageLoadMax = 8;
/** An office that shares one address must be able to load this many pages in five minutes. Product rule. */
export const pageLoadsPerSourceMin = 50;

/** The settings that differ between environments. */
const stageSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9]{1,11}$/, 'must be 2 to 12 small letters and digits'),
    /** The account of the stage. Absent: the account of the current credentials. */
    account: z
      .string()
      .regex(/^\d{12}$/, 'must have 12 digits')
      .optional(),
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region')
      .optional(),

    /** The sender of emails: `Roster <roster@example.com>`. Its domain is `mailDomain`, if that is set. */
    mailSender: z.string().regex(/^[^<>]+ <[^<>\s]+@[^<>\s]+>$/, 'must look like: Roster <roster@example.com>'),
    /**
     * The domain with which SES signs emails (DKIM) and receives bounces (MAIL FROM). Absent: SES verifies only the sender's
     * address.
     */
    mailDomain: z
      .strictObject({
        name: domain,
        hostedZone: hostedZone.optional(),
        /**
         * The policy of the DMARC record that is created for the domain: what receivers do with mails that pass neither DKIM nor SPF.
         * `existing`: no record is created, because the domain or its parent domain has one already.
         */
        dmarc: z.enum(['none', 'quarantine', 'reject', 'existing']),
      })
      .optional(),
    /**
     * The service that sends the codes for signing in and for new passwords: SES with `mailDomain`, or Cognito, which sends at most
     * 50 mails a day for all accounts. `cognito-despite-limit` accepts that where data is kept.
     * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-email.html, "Default email feature".
     */
    accountMails: z.enum(['cognito', 'cognito-despite-limit', 'ses']),
    /** The subject of invite emails, with the placeholders `{inviter}` and `{organization}`. */
    inviteSubject: z.string().min(1),
    /** The maximum number of invite emails that an organization can request per day. */
    inviteQuota: z.number().int().positive(),
    /**
     * The number of invite emails per day that a new organization can request. The number grows with its age and with the emails
     * that were delivered, up to `inviteQuota`.
     */
    inviteQuotaStart: z.number().int().positive(),
    /** Set after a restore of the table. Emails requested before this instant are not sent. */
    sendFence: z.iso.datetime().optional(),

    /**
     * The domain of the API and the console, with CloudFront and optionally a firewall. If the hosted zone is set, the certificate
     * is created here. Otherwise it must be created by hand in us-east-1. Absent: the application has the address of API Gateway.
     */
    web: z
      .strictObject({
        domain,
        hostedZone: hostedZone.optional(),
        certificateArn: z.string().startsWith('arn:aws:acm:us-east-1:').optional(),
        firewall: z.boolean(),
        /**
         * Requests from one source address in five minutes that the firewall lets through, without files from CloudFront's cache.
         * A page load is at most 8 of them: its address and 7 API calls. The minimum of 400 is 50 page loads; 2,000 are 250, or
         * 100 page loads and the 1,200 calls with which a pipeline behind the same address imports 120,000 resources.
         */
        requestsPerSource: z
          .number()
          .int()
          .min(pageLoadsPerSourceMin * (1 + callsPerPageLoadMax)),
        /** The generation of the secret with which CloudFront proves itself to the API. Incrementing it creates a new secret. */
        originSecret: z.number().int().positive(),
      })
      .refine(({ hostedZone: zone, certificateArn }) => (zone === undefined) !== (certificateArn === undefined), {
        message: 'takes a hosted zone or a certificate, and not both',
      })
      .optional(),
    /** The limit of API Gateway for all clients together: requests per second, and requests at the same moment. */
    throttle: z.strictObject({ rate: z.number().positive(), burst: z.number().int().positive() }),
    /** Calls per minute from one source address to the public invite routes. The functions refuse more. */
    requestsPerSource: z.number().int().positive(),

    /**
     * The factor by which a person and an organization may use more of the stage than usual (`shared/limits.ts`, "Fair use").
     */
    fairUse: z.number().positive(),

    /** Services of the platform that call the API by themselves: each gets an app client of this name. */
    machines: z.array(z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be small letters, digits and hyphens')),
    /** Whether scripts can sign in with a password in one call. Only for stages without accounts of real people. */
    passwordSignIn: z.boolean(),
    /**
     * Cognito's detection of stolen passwords and suspicious sign-ins. Anything but `off` requires its more expensive plan (Plus).
     */
    threatProtection: z.enum(['off', 'audit', 'enforced']),
    /** Whether people can use an authenticator app in addition to their password. */
    mfa: z.enum(['off', 'optional']),

    /** Tags of every resource by which your own bill is divided, such as `{ 'cost-center': '4711' }`, in addition to ours. */
    costTags: z.record(z.string().min(1).max(tagKeyLettersMax), z.string().max(tagValueLettersMax)).optional(),

    /** Whether stored data outlives the stack and is protected from deletion by mistake. */
    keepsData: z.boolean(),
    /** The number of days for which logs are kept. CloudWatch Logs accepts only certain values, such as these. */
    logDays: z.union([7, 14, 30, 60, 90, 180, 365].map((days) => z.literal(days))),
    /** The email address that alarms notify. Absent: alarms are only displayed. */
    alarmAddress: address.optional(),
    /**
     * The reserved concurrency of each function with public routes (`console`, `accept`, `platform`). It is also the most that a
     * flood of requests without a token can take from the other functions. Absent: no limit, because Lambda reserves none before
     * the quota of a new account is raised.
     */
    publicConcurrency: z.number().int().min(1).optional(),
    /** Whether the canary uses the stage every 5 minutes. `npm run smoke -- --deep` can do so in any case. */
    canary: z.boolean(),
    /**
     * The expected cost of the whole account in US dollars per month. If it is or will be exceeded, `alarmAddress` gets an email.
     */
    monthlyBudget: z.number().positive().optional(),
    /**
     * The reserved concurrency of the worker, which is also its maximum. Absent: none, because a new account has 10 executions in
     * all.
     */
    workerConcurrency: z.number().int().min(2).optional(),

    /**
     * How requests move to a new version of the API's functions: a tenth of them for 5 minutes and then all, or a tenth more each
     * minute. Absent: all at once.
     */
    trafficShift: z.enum(['tenth-for-5-minutes', 'tenth-per-minute']).optional(),

    /**
     * The GitHub repository whose workflow deploys the stage. `providerArn`: the account's OpenID Connect provider for GitHub, of
     * which there can be only one; absent: it is created here. Without `delivery`, operators deploy the stage themselves.
     */
    delivery: z
      .strictObject({
        repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'must look like: owner/repository'),
        providerArn: z.string().startsWith('arn:aws:iam::').optional(),
      })
      .optional(),

    /** Leaves out the resources in `notEmulated`. No stage sets it: `npm run test:deploy` passes `-c emulated=true`. */
    emulated: z.literal(true).optional(),
  })
  .superRefine((stage, { addIssue }) => {
    const refuse = (path: string, message: string) => addIssue({ code: 'custom', path: [path], message });
    const senderDomain = /@([^>]+)>/.exec(stage.mailSender)?.[1];
    if (stage.inviteQuotaStart > stage.inviteQuota) refuse('inviteQuotaStart', 'must be at most inviteQuota');
    if (stage.mailDomain && senderDomain !== stage.mailDomain.name)
      refuse('mailSender', `must be an address at ${stage.mailDomain.name}, the mailDomain`);
    if (stage.accountMails === 'cognito' && stage.keepsData)
      refuse(
        'accountMails',
        'must be "ses" where data is kept, or "cognito-despite-limit": Cognito sends 50 mails a day',
      );
    if (stage.accountMails === 'ses' && !stage.mailDomain) refuse('accountMails', '"ses" takes a mailDomain');
    if (stage.monthlyBudget !== undefined && !stage.alarmAddress)
      refuse('monthlyBudget', 'must not be set without an alarmAddress');
    if (stage.machines.includes(canaryMachine))
      refuse('machines', `must not include "${canaryMachine}", which every stage has`);
    if (stage.web && !stage.region) refuse('region', 'must be said where there is a web domain');
    if (stage.passwordSignIn && stage.keepsData)
      refuse('passwordSignIn', 'must be false where data is kept: real people have accounts there');
  });

export type Stage = z.infer<typeof stageSchema>;

const common = {
  accountMails: 'cognito',
  inviteSubject: '{inviter} invited you to {organization}',
  machines: ['pipeline'],
  passwordSignIn: false,
  threatProtection: 'off',
  mfa: 'optional',
  throttle: { rate: 100, burst: 200 },
  inviteQuotaStart: 50,
  requestsPerSource: 60,
  fairUse: 1,
  canary: true,
} as const satisfies Partial<Stage>;

/** Values with `example.com` and zeros are placeholders. They can be synthesized, but `npm run deploy` refuses them. */
export const stages = {
  local: {
    ...common,
    name: 'local',
    mailSender: 'Roster <roster@roster.example>',
    inviteQuota: 1_000,
    inviteQuotaStart: 1_000,
    requestsPerSource: 600,
    passwordSignIn: true,
    canary: false,
    keepsData: false,
    logDays: 7,
  },
  dev: {
    ...common,
    name: 'dev',
    mailSender: 'Roster <roster@example.com>',
    inviteQuota: 1_000,
    inviteQuotaStart: 1_000,
    keepsData: false,
    logDays: 14,
  },
  staging: {
    ...common,
    name: 'staging',
    account: '000000000000',
    region: 'eu-west-1',
    mailSender: 'Roster <roster@staging.example.com>',
    mailDomain: {
      name: 'staging.example.com',
      hostedZone: { id: 'Z0000000000000', name: 'staging.example.com' },
      dmarc: 'none',
    },
    accountMails: 'ses',
    inviteQuota: 1_000,
    keepsData: true,
    logDays: 30,
    alarmAddress: 'operations@example.com',
  },
  prod: {
    ...common,
    name: 'prod',
    account: '000000000000',
    region: 'eu-west-1',
    mailSender: 'Roster <roster@example.com>',
    mailDomain: { name: 'example.com', hostedZone: { id: 'Z0000000000000', name: 'example.com' }, dmarc: 'none' },
    accountMails: 'ses',
    inviteQuota: 5_000,
    web: {
      domain: 'roster.example.com',
      hostedZone: { id: 'Z0000000000000', name: 'example.com' },
      firewall: true,
      requestsPerSource: 2_000,
      originSecret: 1,
    },
    threatProtection: 'audit',
    throttle: { rate: 500, burst: 1_000 },
    keepsData: true,
    logDays: 90,
    alarmAddress: 'operations@example.com',
    monthlyBudget: 500,
  },
} satisfies Record<string, Stage>;

/** Validates the settings of a stage. Throws an error that lists every invalid setting by its name. */
export const checkStage = (stage: unknown): Stage => {
  const parsed = stageSchema.safeParse(stage);
  if (parsed.success) return parsed.data;
  const name = String((stage as { name?: unknown }).name);
  const wrong = parsed.error.issues.map(({ path, message }) => `  ${path.join('.') || name}: ${message}`);
  throw new Error(`Stage "${name}" in infra/stages.ts cannot be deployed:\n${wrong.join('\n')}`);
};

/** Finds a stage by its name. Throws an error that lists the existing names. */
export const findStage = (name: unknown): Stage => {
  const stage = Object.values<Stage>(stages).find((each) => each.name === name);
  if (!stage) throw new Error(`There is no stage "${String(name)}". Stages: ${Object.keys(stages).join(', ')}.`);
  return checkStage(stage);
};

/** The settings that still have their placeholder values: `mailDomain.name (example.com)`. */
export const placeholdersOf = (stage: Stage): string[] => placeholdersIn(stage, '');

const placeholdersIn = (value: unknown, path: string): string[] => {
  if (typeof value === 'string') return /(^|[@.])example\.com\b|^Z?0+$/.test(value) ? [`${path} (${value})`] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => placeholdersIn(each, path ? `${path}.${name}` : name));
};

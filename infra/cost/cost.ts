import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  canaryIntervalMinutes,
  functionMemoryMegabytes,
  leaseRenewalSeconds,
  workIntervalSeconds,
} from '../../shared/limits.ts';
import { metricNames } from '../../shared/platform/metrics.ts';
import { functionEntries } from '../constructs/bundle.ts';
import { findStage } from '../stages.ts';

/** List prices with the month in which they were read and their source, from prices.json. */
export const prices = JSON.parse(readFileSync(path.join(import.meta.dirname, 'prices.json'), 'utf8')) as Prices;

interface Prices {
  currency: string;
  date: string;
  source: string;
  /** Prices that are the same in all regions. CloudFront's are those of European viewers. */
  everywhere: {
    perMillion: Record<
      'mails' | 'traces' | 'functionRequests' | 'machineTokens' | 'firewallRequests' | 'cloudFrontRequests',
      number
    >;
    perGigabyteSecond: { functions: number };
    perGigabyte: { cloudFrontOut: number };
    perMonth: Record<'metric' | 'alarmMetric' | 'compositeAlarm' | 'dashboard' | 'secret' | 'machineClient', number> &
      Record<'firewall' | 'firewallRule', number>;
    perPersonAndMonth: Record<'essentials' | 'plus', number>;
    freePeople: Record<'essentials' | 'plus', number>;
  };
  regions: Record<
    string,
    {
      perMillion: Record<'apiRequests' | 'readUnits' | 'writeUnits', number>;
      perGigabyteAndMonth: Record<'table' | 'tableBackup' | 'logs', number>;
      perGigabyte: { logsTakenIn: number };
    }
  >;
}

/** What the users of a stage do in a month. These are assumptions, because no customer has been measured. To change them, edit the figures and run `npm run readme`. */
export interface Usage {
  /** The share of users who sign in within a month. */
  active: number;
  /** Requests to the API by an active user, and by services on the user's behalf. */
  callsPerActiveUser: number;
  /** Invites per user: joiners, and people who move. */
  invitesPerUser: number;
}

/** The range of usage that the cost table covers. */
export const usages = {
  low: { active: 0.3, callsPerActiveUser: 100, invitesPerUser: 0.02 },
  high: { active: 0.9, callsPerActiveUser: 600, invitesPerUser: 0.1 },
} as const satisfies Record<string, Usage>;

/** Properties of the application that the costs depend on. They vary less than the usage does. */
const application = {
  /** Mails per invite, with its reminder and notices. */
  mailsPerInvite: 2.5,
  /** Units of a call: the authorization and one read, both strongly consistent. One call in twenty writes about ten items. */
  readUnitsPerCall: 4,
  writeUnitsPerCall: 1,
  /** The share of calls whose units are charged to the buckets of the person and the organization, at one write unit each. */
  chargedCalls: 0.2,
  chargeWriteUnits: 2,
  /** A written item is in one index on average, and each index costs a write of its own. */
  indexWritesPerWrite: 1,
  /** Seconds for which a call occupies its function. */
  secondsPerCall: 0.05,
  /** Gigabytes that a user occupies: the user itself, twenty resources, a year of audit events, indexes. */
  storedPerUser: 40_000 / 1e9,
  /** Gigabytes of log lines per call: one of the function, one of the API. */
  loggedPerCall: 1_200 / 1e9,
  /** Gigabytes of a response. */
  answeredPerCall: 6_000 / 1e9,
  /** Seconds that a run of the worker takes without work. It runs every minute. */
  secondsPerWorkerRun: 0.2,
  /** A run takes its lease and gives it back, and a longer run renews it: each is a transaction of one item. */
  leaseUnitsPerWorkerRun: 4,
  leaseUnitsPerRenewal: 2,
  /** Mails that a run sends per second. It determines for how long runs renew their lease. */
  mailsPerSecond: 10,
  /** Tokens that a machine requests in a month: each is valid for an hour. */
  tokensPerMachine: 24 * 30,
  /** What a run of the canary costs in addition to its calls: about ten transactions of six items, at two units each, and indexes. */
  canaryCallsPerRun: 16,
  canaryWriteUnitsPerRun: 200,
  /** Seconds that a run takes. */
  canarySecondsPerRun: 3,
} as const;

/** The resources of a stage like prod that have a price of their own. A test compares the numbers with its templates. */
export const counted = {
  alarmMetrics: 23,
  compositeAlarms: 0,
  dashboards: 2,
  firewallRules: 5,
};

const secondsPerMonth = 60 * 60 * 24 * 30;

/**
 * Traces in a month. Lambda samples the first request of each second, and 5 % of the further ones, in each function.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html, "sampling rate".
 */
const tracesOf = (calls: number): number => {
  const functions = Object.keys(functionEntries).length;
  const perSecond = calls / secondsPerMonth / functions;
  return functions * secondsPerMonth * (Math.min(1, perSecond) + 0.05 * Math.max(0, perSecond - 1));
};

/** The monthly cost by service of a stage like prod, with a domain, a firewall and alarms, in the region of that stage. */
export const monthlyCost = (users: number, usage: Usage): Record<string, number> => {
  const stage = findStage('prod');
  const regional = prices.regions[stage.region ?? ''];
  if (!regional) throw new Error(`infra/cost/prices.json has no prices of the region ${stage.region}.`);
  const { everywhere } = prices;
  const millions = (count: number, price: number) => (count / 1e6) * price;
  const people = users * usage.active;
  const canaryRuns = stage.canary ? secondsPerMonth / (60 * canaryIntervalMinutes) : 0;
  const calls = people * usage.callsPerActiveUser + canaryRuns * application.canaryCallsPerRun;
  const mails = users * usage.invitesPerUser * application.mailsPerInvite;
  const stored = users * application.storedPerUser;
  const logged = calls * application.loggedPerCall;
  const plan = stage.threatProtection === 'off' ? 'essentials' : 'plus';
  const workerRuns = secondsPerMonth / workIntervalSeconds;
  const leaseUnits =
    workerRuns * application.leaseUnitsPerWorkerRun +
    (mails / application.mailsPerSecond / leaseRenewalSeconds) * application.leaseUnitsPerRenewal;
  const busySeconds =
    calls * application.secondsPerCall +
    workerRuns * application.secondsPerWorkerRun +
    canaryRuns * application.canarySecondsPerRun;
  // Every stage has the app client of the canary.
  const machines = stage.machines.length + 1;
  return {
    'Sign-in (Cognito)':
      Math.max(0, people - everywhere.freePeople[plan]) * everywhere.perPersonAndMonth[plan] +
      machines * everywhere.perMonth.machineClient +
      millions(machines * application.tokensPerMachine, everywhere.perMillion.machineTokens),
    'API Gateway': millions(calls, regional.perMillion.apiRequests),
    Lambda:
      millions(calls, everywhere.perMillion.functionRequests) +
      busySeconds * (functionMemoryMegabytes / 1024) * everywhere.perGigabyteSecond.functions,
    DynamoDB:
      millions(calls * application.readUnitsPerCall, regional.perMillion.readUnits) +
      millions(
        calls * application.writeUnitsPerCall * (1 + application.indexWritesPerWrite) +
          calls * application.chargedCalls * application.chargeWriteUnits +
          canaryRuns * application.canaryWriteUnitsPerRun +
          leaseUnits,
        regional.perMillion.writeUnits,
      ) +
      stored * (regional.perGigabyteAndMonth.table + regional.perGigabyteAndMonth.tableBackup),
    'Mails (SES)': millions(mails, everywhere.perMillion.mails),
    'CloudFront and firewall':
      millions(calls, everywhere.perMillion.cloudFrontRequests + everywhere.perMillion.firewallRequests) +
      calls * application.answeredPerCall * everywhere.perGigabyte.cloudFrontOut +
      everywhere.perMonth.firewall +
      counted.firewallRules * everywhere.perMonth.firewallRule +
      // The secret and its replica in CloudFront's region.
      2 * everywhere.perMonth.secret,
    'Logs, metrics, alarms':
      logged * (regional.perGigabyte.logsTakenIn + (stage.logDays / 30) * regional.perGigabyteAndMonth.logs) +
      millions(tracesOf(calls), everywhere.perMillion.traces) +
      (metricNames.length + 1) * everywhere.perMonth.metric +
      counted.alarmMetrics * everywhere.perMonth.alarmMetric +
      counted.compositeAlarms * everywhere.perMonth.compositeAlarm +
      counted.dashboards * everywhere.perMonth.dashboard,
  };
};

export const total = (cost: Record<string, number>): number => Object.values(cost).reduce((sum, each) => sum + each, 0);

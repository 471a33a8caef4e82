import { readFileSync } from 'node:fs';
import path from 'node:path';
import { functionMemoryMegabytes } from '../../shared/limits.ts';
import { metricNames } from '../../shared/platform/metrics.ts';
import { functionEntries } from '../constructs/bundle.ts';
import { findStage } from '../stages.ts';

/** List prices with the month they were read in and their source, from prices.json. */
export const prices = JSON.parse(readFileSync(path.join(import.meta.dirname, 'prices.json'), 'utf8')) as Prices;

interface Prices {
  currency: string;
  region: string;
  date: string;
  source: string;
  perMillion: Record<'apiRequests' | 'functionRequests' | 'readUnits' | 'writeUnits' | 'mails' | 'traces', number> &
    Record<'cloudFrontRequests' | 'firewallRequests', number>;
  perGigabyteSecond: { functions: number };
  perGigabyteAndMonth: Record<'table' | 'tableBackup' | 'logs', number>;
  perGigabyte: Record<'logsTakenIn' | 'cloudFrontOut', number>;
  perMonth: Record<'metric' | 'alarm' | 'dashboard' | 'secret' | 'machineClient' | 'firewall' | 'firewallRule', number>;
  perPersonAndMonth: Record<'essentials' | 'plus', number>;
  freePeople: Record<'essentials' | 'plus', number>;
}

/** What a user is taken to do in a month: suppositions, for want of a customer. Change them and run it again. */
export const usage = {
  /** Of all users, those that sign in in a month. */
  active: 0.6,
  /** Calls of the API by each of them and by services on their behalf. */
  callsPerActiveUser: 300,
  /** Invites to a user a month: joiners, and those who move. */
  invitesPerUser: 0.05,
  /** Mails to an invite, with its reminder and notices. */
  mailsPerInvite: 2.5,
  /** Units of a call: the authorization and one read, both strongly consistent; one call in twenty writes. */
  readUnitsPerCall: 4,
  writeUnitsPerCall: 1,
  /** Seconds that a call keeps its function. */
  secondsPerCall: 0.05,
  /** Gigabytes that a user takes up: the user itself, twenty resources, a year of audit events, indexes. */
  storedPerUser: 40_000 / 1e9,
  /** Gigabytes of log lines a call: one of the function, one of the API. */
  loggedPerCall: 1_200 / 1e9,
  /** Gigabytes that a call answers. */
  answeredPerCall: 6_000 / 1e9,
} as const;

/** What a stage like prod has of what is paid for each. */
export const counted = { alarms: 9 + Object.keys(functionEntries).length, firewallRules: 5 };

/** Seconds of a month that the worker runs at the least: a moment each minute. */
const workerSeconds = 60 * 24 * 30 * 0.2;
const million = 1e6;
/** Gigabytes of a function. */
const gigabytes = functionMemoryMegabytes / 1024;

/** Dollars a month at so many users, by what it is paid for, in a stage like prod: with a domain, a firewall and alarms. */
export const monthlyCost = (users: number): Record<string, number> => {
  const { perMillion, perGigabyteSecond, perGigabyteAndMonth, perGigabyte, perMonth, perPersonAndMonth, freePeople } =
    prices;
  const stage = findStage('prod');
  const people = users * usage.active;
  const calls = people * usage.callsPerActiveUser;
  const mails = users * usage.invitesPerUser * usage.mailsPerInvite;
  const stored = users * usage.storedPerUser;
  const logged = calls * usage.loggedPerCall;
  const plan = stage.threatProtection === 'off' ? 'essentials' : 'plus';
  return {
    'Sign-in (Cognito)':
      Math.max(0, people - freePeople[plan]) * perPersonAndMonth[plan] + stage.machines.length * perMonth.machineClient,
    'API Gateway': (calls * perMillion.apiRequests) / million,
    Lambda:
      (calls * perMillion.functionRequests) / million +
      (calls * usage.secondsPerCall + workerSeconds) * gigabytes * perGigabyteSecond.functions,
    DynamoDB:
      (calls * (usage.readUnitsPerCall * perMillion.readUnits + usage.writeUnitsPerCall * perMillion.writeUnits)) /
        million +
      stored * (perGigabyteAndMonth.table + perGigabyteAndMonth.tableBackup),
    'Mails (SES)': (mails * perMillion.mails) / million,
    'CloudFront and firewall':
      (calls * (perMillion.cloudFrontRequests + perMillion.firewallRequests)) / million +
      calls * usage.answeredPerCall * perGigabyte.cloudFrontOut +
      perMonth.firewall +
      counted.firewallRules * perMonth.firewallRule +
      2 * perMonth.secret,
    'Logs, metrics, alarms':
      logged * (perGigabyte.logsTakenIn + (stage.logDays / 30) * perGigabyteAndMonth.logs) +
      (calls * 0.05 * perMillion.traces) / million +
      (metricNames.length + 1) * perMonth.metric +
      counted.alarms * perMonth.alarm +
      perMonth.dashboard,
  };
};

export const total = (cost: Record<string, number>): number => Object.values(cost).reduce((sum, each) => sum + each, 0);

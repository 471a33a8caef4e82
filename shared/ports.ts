import type { AssetIdPrefix } from './asset-kinds.ts';
import type { DeliveryReason } from './mail/delivery-codes.ts';
import type { Table } from './table/table.ts';
import type { Pool } from './pools/pool.ts';
import type { Result } from './result.ts';
import type { PoolTree } from './roles/pool-tree.ts';

/** The instant of the request: an ISO 8601 time in UTC with milliseconds, so that text order is time order. */
export interface Clock {
  now(): string;
  /** Waits for a duration in milliseconds. */
  wait(duration: number): Promise<void>;
  /** Calls `run`, which must not throw, each time this many milliseconds have passed, until the returned function is called. */
  every(interval: number, run: () => Promise<void>): () => void;
}

export type IdKind = AssetIdPrefix | 'org' | 'usr' | 'svc' | 'inv' | 'evt' | 'mail';

/** Creates ids such as `usr_01J…`. They sort by creation time and are never reused. */
export interface Ids {
  next(kind: IdKind): string;
}

export interface Secrets {
  /** 32 random bytes, base64url. */
  random(): string;
  /** SHA-256, base64url. */
  hash(secret: string): string;
  /** Encrypts a text with a key of 32 bytes, base64url. */
  seal(text: string, key: string): string;
  /** Decrypts a sealed text. Undefined if it was not sealed with this key. */
  open(sealed: string, key: string): string | undefined;
}

/** An account of the user directory. */
export interface Account {
  /** The `sub`. */
  personId: string;
  email: string;
  name?: string;
  emailVerified: boolean;
  enabled: boolean;
  /** Whether the account still has a temporary password. */
  temporary: boolean;
  /** The mark that `create` stored, if Roster created the account. */
  mark?: string;
}

/** An app client of the stage that signs in without a person, with `client_credentials`. */
export interface Machine {
  /** The `sub` of its tokens. */
  clientId: string;
  name: string;
}

/** The user directory. Throws `Unavailable` if it does not respond. */
export interface Directory {
  findByEmail(email: string): Promise<Account | undefined>;
  findByPersonId(personId: string): Promise<Account | undefined>;
  /** Undefined for an app client that people sign in with. */
  findMachine(clientId: string): Promise<Machine | undefined>;
  /** Creates an account with a verified address and no usable password, without sending mail. Returns an existing account as it is. */
  create(account: { email: string; name: string; mark: string }): Promise<Account>;
  /** Sets a permanent password. `refused`: the password does not meet the directory's policy. */
  setPassword(personId: string, password: string): Promise<'set' | 'refused'>;
  /** Changes the name of a person. */
  rename(personId: string, name: string): Promise<void>;
  /** Ends all sessions of a person. */
  signOut(personId: string): Promise<void>;
}

export interface Mail {
  to: string;
  subject: string;
  html: string;
  text: string;
  /** Names and values that SES repeats in the delivery events of the mail. */
  tags: Record<string, string>;
  /** When the mail was requested, from which its age is counted while it waits. */
  requestedAt: string;
}

/**
 * `unsent`: the mail was not accepted and can be sent later. `rejected`: it will never be accepted. `unknown`: the response was
 * lost, so the mail may have been accepted. `not_begun`: the call of the mail service did not begin, because the run has lost
 * its lease. `fault`: the error, for the log, if the mail waits because of a fault on our side.
 */
export type SendOutcome =
  | { kind: 'sent'; messageId: string }
  | { kind: 'unsent'; reason: DeliveryReason; fault?: Error }
  | { kind: 'rejected' | 'unknown'; reason: DeliveryReason }
  | { kind: 'not_begun' };

export interface Mailer {
  send(mail: Mail): Promise<SendOutcome>;
  /** The number of mails that may be sent per second: at least one, and one if the rate cannot be determined. */
  rate(): Promise<number>;
  /** The share of the mails per 24 hours that are used up, from 0 to 1, when `rate` was last determined. Undefined if unknown. */
  quotaUsed(): number | undefined;
}

/** The settings that each stage configures. */
export interface Settings {
  /** The URL of this installation, without a trailing slash. Links in mails begin with it. */
  baseUrl: string;
  /** The subject of invite mails, with the placeholders `{inviter}` and `{organization}`. */
  inviteSubject: string;
  /** The maximum number of invite emails that an organization may request per day. */
  inviteQuota: number;
  /** The number that a new organization may request per day. The number grows up to `inviteQuota` (see `dailyBudget`). */
  inviteQuotaStart: number;
  /** The number of requests per minute that one source address may make to the public invite routes. */
  requestsPerSource: number;
  /** Set after the table was restored from a backup: mails requested before this instant may have been sent, so they are withheld. */
  sendFence?: string | undefined;
}

/** A view of the table for one tenant: an organization, and the platform partitions that the operation names. */
export type TenantTable = (organizationId: string, ...platformPartitions: string[]) => Table;

/**
 * The members whom this function instance has recently admitted. Their lists are queried before their rights are decided, to save
 * a round trip. Being remembered here never grants a right.
 */
export interface Admitted {
  has(organizationId: string, personId: string): boolean;
  add(organizationId: string, personId: string): void;
  remove(organizationId: string, personId: string): void;
}

/** The token buckets of people and organizations, which bound what costly calls use. */
export interface Buckets {
  /**
   * Takes tokens, one per capacity unit. Refuses if there are too few. If the table cannot count them, the call is not held back.
   * `id`: the `sub` of a person or the id of an organization.
   */
  take(owner: 'person' | 'organization', id: string, units: number, now: string): Promise<Result<void>>;
  /** Returns tokens that a call took but did not use. */
  putBack(owner: 'person' | 'organization', id: string, units: number): Promise<void>;
}

export interface Services {
  /** The view of the table for the organization of the request. */
  table: Table;
  tenantTable: TenantTable;
  /** The view of the table for one person's platform partition. */
  personTable(personId: string, ...organizationIds: string[]): Table;
  /** The pools of an organization, cached by tree version. */
  poolTree(table: Table, organizationId: string, treeVersion: number): Promise<PoolTree<Pool>>;
  /** The pools that this function instance last read of an organization. They may be outdated. */
  rememberedPools(organizationId: string): PoolTree<Pool> | undefined;
  admitted: Admitted;
  buckets: Buckets;
  clock: Clock;
  ids: Ids;
  secrets: Secrets;
  directory: Directory;
  settings: Settings;
}

/** The services that the worker depends on. */
export interface WorkServices {
  /** The view of the table for the worker's platform partitions: the due index and the lease. */
  workTable: Table;
  tenantTable: TenantTable;
  personTable: Services['personTable'];
  poolTree: Services['poolTree'];
  mailer: Mailer;
  directory: Directory;
  clock: Clock;
  ids: Ids;
  secrets: Secrets;
  settings: Settings;
  /** Milliseconds until this run is stopped. */
  timeLeft(): number;
  /** The id of this run in leases, claims and audit events. */
  runId: string;
}

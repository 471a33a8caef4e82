import type { AssetIdPrefix } from './asset-kinds.ts';
import type { DeliveryReason } from './mail/delivery-codes.ts';
import type { Table } from './table/table.ts';
import type { Pool } from './pools/pool.ts';
import type { PoolTree } from './roles/pool-tree.ts';

/** The instant of the request: an ISO 8601 time in UTC with milliseconds, so that text order is time order. */
export interface Clock {
  now(): string;
  /** Milliseconds. */
  wait(duration: number): Promise<void>;
}

export type IdKind = AssetIdPrefix | 'org' | 'usr' | 'svc' | 'inv' | 'evt' | 'mail';

/** New ids, `usr_01J…`: they sort by the time they were made, and are never reused. */
export interface Ids {
  next(kind: IdKind): string;
}

export interface Secrets {
  /** 32 random bytes, base64url. */
  random(): string;
  /** SHA-256, base64url. */
  hash(secret: string): string;
}

/** An account of the user directory. */
export interface Account {
  /** The `sub`. */
  personId: string;
  email: string;
  name?: string;
  emailVerified: boolean;
  enabled: boolean;
  /** Whether nobody has set a password of their own yet. */
  temporary: boolean;
  /** What it was marked with when it was made here. */
  mark?: string;
}

/** An app client of the stage that signs in by itself, with `client_credentials`. */
export interface Machine {
  /** The `sub` of its tokens. */
  clientId: string;
  name: string;
}

/** The user directory. Throws `Unavailable` when it does not answer. */
export interface Directory {
  findByEmail(email: string): Promise<Account | undefined>;
  findByPersonId(personId: string): Promise<Account | undefined>;
  /** Undefined for an app client that people sign in with. */
  findMachine(clientId: string): Promise<Machine | undefined>;
  /** An account with a verified address and no usable password; sends nothing. The existing one if somebody was faster. */
  create(account: { email: string; name: string; mark: string }): Promise<Account>;
  /** Sets a lasting password. `refused`: it does not meet the directory's policy. */
  setPassword(personId: string, password: string): Promise<'set' | 'refused'>;
  /** Sets what a person is called. */
  rename(personId: string, name: string): Promise<void>;
  /** Ends all sessions. */
  signOut(personId: string): Promise<void>;
}

export interface Mail {
  to: string;
  subject: string;
  html: string;
  text: string;
  /** Names and values that come back with the delivery events. */
  tags: Record<string, string>;
}

/** `unsent`: certainly not taken, try later. `unknown`: perhaps taken, the answer was lost. */
export type SendOutcome =
  { kind: 'sent'; messageId: string } | { kind: 'unsent' | 'rejected' | 'unknown'; reason: DeliveryReason };

export interface Mailer {
  send(mail: Mail): Promise<SendOutcome>;
  /** Mails a second that may be sent. At least one; where it cannot be known, one. */
  rate(): Promise<number>;
}

/** What a stage configures. */
export interface Settings {
  /** Where this installation is reached, without a slash at the end. Links in mails begin with it. */
  baseUrl: string;
  /** Subject of invite mails, with `{inviter}` and `{organization}` where their names go. */
  inviteSubject: string;
  /** Invite mails that an organization may ask for a day. */
  inviteQuota: number;
  /** Requests a minute from one source address to the public invite routes. */
  requestsPerSource: number;
  /** Mails asked for before this instant are not sent any more: the table was restored from a backup. */
  sendFence?: string | undefined;
}

/** A view of the table for one tenant: an organization, and the platform partitions that the operation names. */
export type TenantTable = (organizationId: string, ...platformPartitions: string[]) => Table;

/** Members that this function has let in before: for them it may read ahead of the decision. A bounded memory, never a right. */
export interface Admitted {
  has(organizationId: string, personId: string): boolean;
  add(organizationId: string, personId: string): void;
  remove(organizationId: string, personId: string): void;
}

export interface Services {
  /** The table as the organization of the request sees it. */
  table: Table;
  tenantTable: TenantTable;
  /** The table as one person's platform partition sees it. */
  personTable(personId: string, ...organizationIds: string[]): Table;
  /** The pools of the organization of the table, cached by its tree version. */
  poolTree(table: Table, organizationId: string, treeVersion: number): Promise<PoolTree<Pool>>;
  /** The pools of an organization as they were last read here, at whatever version. */
  rememberedPools(organizationId: string): PoolTree<Pool> | undefined;
  admitted: Admitted;
  clock: Clock;
  ids: Ids;
  secrets: Secrets;
  directory: Directory;
  settings: Settings;
}

/** What the worker asks of the outside. */
export interface WorkServices {
  /** The table as the worker's platform partitions see it: the due index and the lease. */
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
  /** Milliseconds that this run may still take. */
  timeLeft(): number;
  /** Names this run, in leases, claims and audit events. */
  runId: string;
}

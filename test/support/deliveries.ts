import { mailEvent, type MailOutcome, type MailRecord } from '../../infra/local/mail-event.ts';
import { parseDeliveryEvent } from '../../functions/adapters/ses-events.ts';
import type { DeliveryEvent } from '../../shared/invites/delivery-event.ts';
import { recordDelivery } from '../../shared/invites/record-delivery.ts';
import type { Mail, Mailer, SendOutcome, WorkServices } from '../../shared/ports.ts';
import { keys } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import type { Item } from '../../shared/table/write.ts';
import { doDueWork, type WorkDone } from '../../shared/worker/do-due-work.ts';
import { clock, later } from './clock.ts';
import { workServicesOf } from './operations.ts';
import { newEmail, take, type TestOrganization } from './organization.ts';

/** The response of SES, and whether SES accepted the mail. The response can be lost although the mail was accepted. */
export interface Answer {
  outcome: SendOutcome;
  taken: boolean;
}

export const sesAnswers = {
  sent: { outcome: { kind: 'sent', messageId: 'm' }, taken: true },
  throttled: {
    outcome: { kind: 'unsent', reason: { code: 'send_deferred', parameters: { error: 'TooManyRequestsException' } } },
    taken: false,
  },
  rejected: {
    outcome: { kind: 'rejected', reason: { code: 'send_refused', parameters: { error: 'MessageRejected' } } },
    taken: false,
  },
  answerLost: { outcome: { kind: 'unknown', reason: { code: 'response_lost' } }, taken: true },
  neverArrived: { outcome: { kind: 'unknown', reason: { code: 'response_lost' } }, taken: false },
} as const satisfies Record<string, Answer>;

export interface ScriptedMailer extends Mailer {
  /** The mails that SES accepted, oldest first. */
  taken: Mail[];
}

/** A double for SES, which cannot be made to throttle or to lose a response. After the scripted responses it accepts every mail. */
export const scriptedMailer = (...script: Answer[]): ScriptedMailer => {
  const taken: Mail[] = [];
  return {
    taken,
    rate: async () => Number.POSITIVE_INFINITY,
    quotaUsed: () => undefined,
    send: async (mail) => {
      const { outcome, taken: took } = script.shift() ?? sesAnswers.sent;
      if (took) taken.push(mail);
      return outcome;
    },
  };
};

let made: { endpoint: string | undefined; services: WorkServices } | undefined;
/** The worker's services, reused as long as test files have their DynamoDB engine at the same address. */
const services = (): WorkServices => {
  const endpoint = process.env.AWS_ENDPOINT_URL_DYNAMODB;
  if (made?.endpoint !== endpoint || made === undefined) made = { endpoint, services: workServicesOf() };
  return made.services;
};

/** The table with access to the partitions of one organization only. */
export const tableOf = (organizationId: string): Table => services().tenantTable(organizationId);

interface Run extends Partial<WorkServices> {
  /** Minutes from now. */
  minutes?: number;
  /** Limits the run to these ids of organizations or pieces of work, because other due work belongs to other tests. */
  only?: readonly string[];
  /** Applied to every table of the run. */
  change?: (table: Table) => Table;
}

/** Runs the worker with a clock that is `minutes` ahead. */
export const runWorker = (
  mailer: Mailer,
  { minutes = 0, only, change = (table) => table, ...changes }: Run = {},
): Promise<WorkDone> => {
  const { workTable, tenantTable } = services();
  return doDueWork({
    ...later(services(), minutes * 60_000),
    runId: `test-${crypto.randomUUID()}`,
    mailer,
    workTable: change(only ? seeingOnly(workTable, only) : workTable),
    tenantTable: (...roots) => change(tenantTable(...roots)),
    ...changes,
  });
};

/** A table whose queries, such as those of the due index, return these organizations or pieces of work only. */
export const seeingOnly = (table: Table, wanted: readonly string[]): Table => ({
  ...table,
  query: async (query) => {
    const page = await table.query(query);
    return { ...page, items: page.items.filter(({ pk, sk }) => wanted.includes(sk) || wanted.includes(rootOf(pk))) };
  },
});

const rootOf = (pk: string): string => pk.split('#', 1)[0] ?? pk;

export interface QueuedInvite {
  id: string;
  email: string;
  params: { organizationId: string; inviteId: string };
  /** The invite as the API shows it to a manager. */
  show(): ReturnType<typeof showInvite>;
  /** The invite's stored item. */
  item(): Promise<Item>;
}

/** Invites addresses. Their mails stay queued, because nothing in the test stack runs by itself. */
export const queueInvites = async (
  organization: TestOrganization,
  emails: readonly string[],
  expiresInDays?: number,
): Promise<QueuedInvite[]> => {
  const { params, manager } = organization;
  const { results } = take(
    await manager.client.inviteUsers({
      params,
      body: { emails: [...emails], roles: [{ role: 'member' }], ...(expiresInDays !== undefined && { expiresInDays }) },
    }),
  );
  return results.map(({ email, invite }): QueuedInvite => {
    const inviteId = invite?.id ?? '';
    return {
      id: inviteId,
      email,
      params: { ...params, inviteId },
      show: () => showInvite(organization, inviteId),
      item: async () => {
        const item = await tableOf(organization.id).get(keys.invite(organization.id, inviteId));
        if (!item) throw new Error(`There is no invite ${inviteId}`);
        return item;
      },
    };
  });
};

export const queueInvite = async (
  organization: TestOrganization,
  email = newEmail(),
  expiresInDays?: number,
): Promise<QueuedInvite> => {
  const [invite] = await queueInvites(organization, [email], expiresInDays);
  if (!invite) throw new Error('Nothing was queued');
  return invite;
};

const showInvite = async ({ params, manager }: TestOrganization, inviteId: string) =>
  take(await manager.client.getInvite({ params: { ...params, inviteId } }));

export const secretOf = ({ text }: Pick<Mail, 'text'>): string => /#\S+\.(\S+)/.exec(text)?.[1] ?? '';

type RecordedMail = Pick<Mail, 'to' | 'subject' | 'tags'>;

/** The description of a mail in an event of SES. */
export const recordOf = ({ to, subject, tags }: RecordedMail, messageId = 'm'): MailRecord => ({
  timestamp: clock.now(),
  source: 'Roster <roster@roster.example>',
  sourceArn: 'arn:aws:ses:eu-west-1:000000000000:identity/roster.example',
  sendingAccountId: '000000000000',
  messageId,
  destination: [to],
  headersTruncated: false,
  headers: [],
  commonHeaders: { from: [], to: [to], messageId, subject },
  tags: Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
});

/** Reports the outcome of a mail to `recordDelivery`, as an event of SES would. */
export const tell = async (
  mail: RecordedMail,
  outcomeOf: (record: MailRecord) => MailOutcome,
  changes: Partial<Pick<WorkServices, 'tenantTable'>> = {},
): Promise<void> => {
  const record = recordOf(mail);
  await recordDelivery({ ...services(), ...changes }, parsed(mailEvent(record, outcomeOf(record))), 'event');
};

const parsed = (event: object): DeliveryEvent => {
  const delivery = parseDeliveryEvent(event);
  if (!delivery) throw new Error(`No event of an invite's mail: ${JSON.stringify(event)}`);
  return delivery;
};

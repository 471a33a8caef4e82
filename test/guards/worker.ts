import { expect } from 'vitest';
import {
  followUpSecondLookSeconds,
  mailsPerRecipientAndDayMax,
  mailsToRecipientOfAllMax,
  noticesPerPersonAndDayMax,
} from '../../shared/limits.ts';
import type { User } from '../../shared/users/user.ts';
import { systemIds } from '../../functions/adapters/system.ts';
import { recordDelivery } from '../../shared/invites/record-delivery.ts';
import { reminderAt } from '../../shared/invites/invite.ts';
import { workOnInvite } from '../../shared/invites/work-on-invite.ts';
import { declineInvite } from '../../shared/invites/decline-invite.ts';
import { endOtherInvites } from '../../shared/invites/end-other-invites.ts';
import { followDeletedPools } from '../../shared/invites/follow-deleted-pools.ts';
import { poolItem } from '../../shared/pools/pool.ts';
import { queueNotice } from '../../shared/mail/notice.ts';
import { sendNotice } from '../../shared/mail/send-notice.ts';
import { resumeSending } from '../../shared/operators/resume-sending.ts';
import type { WorkServices } from '../../shared/ports.ts';
import { ok } from '../../shared/result.ts';
import { due, keys, partitions } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import { erase, put, update } from '../../shared/table/write.ts';
import { after, day, dayOf, minute, second } from '../../shared/time.ts';
import { doDueWork, type WorkDone } from '../../shared/worker/do-due-work.ts';
import { takeLease } from '../../shared/worker/lease.ts';
import { clock, clockAt } from '../support/clock.ts';
import { scriptedMailer, seeingOnly, sesAnswers, type Answer, type ScriptedMailer } from '../support/deliveries.ts';
import { guarded, tableOf, type GuardedOperation, type GuardRow, type Scene } from '../support/guarded.ts';
import { allServicesOf, atInstant, servicesOf, workServicesOf } from '../support/operations.ts';
import { plantPools, plantUsers, aUser } from '../support/planted.ts';
import { asItIs } from '../support/races.ts';
import { succeed } from '../support/requests.ts';
import {
  deletePoolOfRole,
  dueOf,
  inviteAgain,
  inviteIn,
  isUnheld,
  justExpired,
  plantInviteScene,
  revive,
  suppressAddress,
  type InviteScene,
} from './invites.ts';

interface MailScene extends InviteScene {
  /** Records what the worker under test sends. Other workers have their own mailers. */
  mailer: ScriptedMailer;
  /** The time on the clock of the worker under test. */
  now: string;
}

type Given = NonNullable<Parameters<typeof plantInviteScene>[0]>;

/** A minute ahead of the concurrent requests, which use the real time, so that whatever they make due is due for the worker. */
const soon = () => after(clock.now(), minute);
const longDue = () => ({ dueAt: after(clock.now(), -60 * minute) });

const queued = (): Given => ({ ...longDue(), delivery: 'queued', secretHashes: [] });
const reminded = (): Given => ({ ...longDue(), expiresAt: after(clock.now(), day) });

/** The worker under test works on an invite. */
const working = async (given: Given, now = soon(), answer: Answer = sesAnswers.sent): Promise<MailScene> => {
  const planted = await plantInviteScene(given);
  const mailer = scriptedMailer(answer);
  return {
    ...planted,
    mailer,
    now,
    run: async (services) =>
      ok(await workOnInvite({ ...atInstant(services, now), mailer }, planted.organizationId, planted.invite.id)),
  };
};

/** The only role of the invite is on a pool. */
const workingOnPool = async (given: Given): Promise<MailScene> => {
  const scene = await working(given);
  const { organizationId, requests, actor, invite, rootPoolId } = scene;
  const [poolId = ''] = await plantPools(organizationId, ['Pool'], { parentId: rootPoolId, holderId: actor.id });
  await succeed(organizationId, requests.updateInvite(actor, invite.id, { roles: [{ role: 'engineer', poolId }] }));
  return { ...scene, poolId };
};

/** Another worker works on the same invite. */
const workMeanwhile = async (
  { organizationId, invite, now }: MailScene,
  mailer: ScriptedMailer,
  changes: { now?: string; settings?: WorkServices['settings'] } = {},
): Promise<void> => {
  const services = atInstant(allServicesOf(organizationId, asItIs), changes.now ?? now);
  await workOnInvite(
    { ...services, mailer, ...(changes.settings && { settings: changes.settings }) },
    organizationId,
    invite.id,
  );
};

const pauseMails = ({ organizationId }: Pick<MailScene, 'organizationId'>, now: string) =>
  tableOf(organizationId).transact([put({ ...keys.mailDay(organizationId, dayOf(now)), sent: 10, bounced: 10 })]);

const revoke = ({ organizationId, requests, colleague, invite }: MailScene) =>
  succeed(organizationId, requests.revokeInvite(colleague, invite.id));

const resend = ({ organizationId, requests, colleague, invite }: MailScene) =>
  succeed(organizationId, requests.resendInvite(colleague, invite.id));

const isDue = async (scene: MailScene): Promise<boolean> => (await dueOf(scene)) !== undefined;

/** Whether an email that was just requested again has to wait for more than a minute. */
const waitsLong = async (scene: MailScene): Promise<boolean> => String(await dueOf(scene)) > after(scene.now, minute);

const needsRoles = async (scene: MailScene): Promise<boolean> => (await inviteIn(scene)).status === 'needs_roles';

const isSent = ({ mailer }: MailScene): boolean => mailer.taken.length > 0;

/** The invite expires after the worker has read it and before the worker claims it. */
const asItEnds = async (given: Given): Promise<MailScene> => {
  const scene = await working({ ...given, ...justExpired() });
  const { organizationId, invite, mailer } = scene;
  return {
    ...scene,
    run: async (services) => {
      const instants = [after(invite.expiresAt, -1)];
      const ending = { ...services.clock, now: () => instants.shift() ?? invite.expiresAt };
      return ok(await workOnInvite({ ...services, clock: ending, mailer }, organizationId, invite.id));
    },
  };
};

const claimRows = (given: () => Given): Record<string, GuardRow<MailScene>> => ({
  'invites: dueAt <=': {
    harm: 'an email is sent although sending was just paused for the organization',
    meanwhile: async (scene) => {
      await pauseMails(scene, scene.now);
      await workMeanwhile(scene, scriptedMailer());
    },
    harmed: isSent,
  },
  'invites: attempts =': {
    harm: 'an email is sent twice by workers whose clocks differ by more than the time after which a lost response causes a resend',
    meanwhile: (scene) =>
      workMeanwhile(scene, scriptedMailer(sesAnswers.answerLost), { now: after(scene.now, -20 * minute) }),
    harmed: isSent,
  },
  'invites: version =': {
    harm: 'an email whose link opens the invite is sent to its old address, which was just corrected',
    meanwhile: ({ organizationId, requests, colleague, invite }) =>
      succeed(organizationId, requests.updateInvite(colleague, invite.id, { email: `right-${invite.email}` })),
    harmed: isSent,
  },
  'invites: expiresAt >': {
    harm: 'an email is sent with a link that has already expired',
    scene: () => asItEnds(given()),
    meanwhile: async () => undefined,
    harmed: isSent,
  },
  'user: version =': {
    harm: 'an email is sent in the name of an inviter who has just lost the right to invite',
    meanwhile: ({ organizationId, requests, actor }) =>
      succeed(organizationId, requests.changeRoles(actor, actor, [{ role: 'member' }])),
    harmed: isSent,
  },
  'suppressed: no item': {
    harm: 'an email is sent to an address that was just suppressed',
    meanwhile: ({ organizationId, invite }) => suppressAddress(organizationId, invite.email),
    harmed: isSent,
  },
  'organization: treeVersion =': {
    harm: 'an email that gives no role is sent, because the pool of its only role was just deleted',
    scene: () => workingOnPool(given()),
    meanwhile: deletePoolOfRole,
    harmed: isSent,
  },
  'mailed: no mails or mails <': {
    harm: 'an address gets more invite emails a day from an organization than the limit allows',
    meanwhile: ({ organizationId, invite, now }) =>
      servicesOf(organizationId).table.transact([
        put({ ...keys.recipientDay(organizationId, invite.email, dayOf(now)), mails: mailsPerRecipientAndDayMax }),
      ]),
    harmed: isSent,
  },
  'recipient: no mails or mails <': {
    harm: 'attackers with many organizations flood an address with invite emails',
    meanwhile: ({ invite, now }) =>
      servicesOf(undefined)
        .tenantTable(partitions.recipient(invite.email))
        .transact([put({ ...keys.recipientDayOfAll(invite.email, dayOf(now)), mails: mailsToRecipientOfAllMax })]),
    harmed: isSent,
  },
});

/** The response to sending the first email was lost. The email is sent again just as the reminder becomes due. */
const retryingAtReminder = async (): Promise<MailScene> => {
  const now = clock.now();
  const expiresAt = after(now, 2 * day);
  return working({ ...queued(), attempts: 1, expiresAt }, after(now, 1));
};

const outcomeOf = (operation: string, given: () => Given) =>
  guarded<MailScene>({
    operation,
    scene: () => working(given()),
    write: 2,
    guards: {
      'invites: claim =': {
        harm: 'an email that was requested again while the previous one was being sent is never sent',
        meanwhile: resend,
        harmed: waitsLong,
      },
    },
  });

/** The response to the claim is lost, so the worker gives the claim up before it calls SES. */
const givingUpClaim = async (): Promise<MailScene> => {
  const scene = await working(queued());
  let lost = false;
  const losing = (table: Table): Table => ({
    ...table,
    transact: async (writes) => {
      const result = await table.transact(writes);
      if (lost) return result;
      lost = true;
      throw new Error('The response was lost');
    },
  });
  return {
    ...scene,
    run: async (services) => {
      const tenantTable: WorkServices['tenantTable'] = (...roots) => losing(services.tenantTable(...roots));
      await expect(scene.run({ ...services, tenantTable })).rejects.toThrow('The response was lost');
      return ok(undefined);
    },
  };
};

const pausedWork = async (): Promise<MailScene> => {
  const scene = await working(queued());
  await pauseMails(scene, scene.now);
  return scene;
};

const settings = () => workServicesOf().settings;

/** The email was requested before the send fence, which is set when the table is restored from a backup. */
const fencedWork = async (): Promise<MailScene> => {
  const scene = await working(queued());
  const sendFence = after(scene.now, -10 * minute);
  return {
    ...scene,
    run: (services) => scene.run({ ...services, settings: { ...services.settings, sendFence } }),
  };
};

/** Without the check of the invite's status, the worker would keep it due after a revocation. */
const revokedIsDue = {
  harm: 'an invite that was just revoked becomes due work again',
  meanwhile: revoke,
  harmed: isDue,
} satisfies GuardRow<MailScene>;

/** The only role is on a pool that was deleted, or that is not seen yet. */
const unseenPool = 'pool_not_seen';
const withoutPool: Given = { assignments: [{ role: 'engineer', poolId: unseenPool }] };

/** Without the check of how the invite ended, the worker would set aside work that was just made due. */
const replacedWaits = {
  harm: 'the end of an invite that a new invite has just replaced is not stored before its lifetime is over',
  meanwhile: inviteAgain,
  harmed: waitsLong,
} satisfies GuardRow<MailScene>;

const invites: GuardedOperation[] = [
  guarded<MailScene>({
    operation: 'sendInvite: claims the first email',
    scene: () => working(queued()),
    write: 1,
    guards: {
      ...claimRows(queued),
      'invites: delivery =': {
        harm: 'an email is sent again although SES reported it as sent just before the reminder became due',
        scene: retryingAtReminder,
        meanwhile: ({ organizationId, invite }) =>
          recordDelivery(
            atInstant(servicesOf(organizationId), after(reminderAt(invite) ?? '', -1)),
            {
              organizationId,
              inviteId: invite.id,
              email: invite.email,
              round: 1,
              messageId: 'message',
              outcome: 'sent',
              suppresses: false,
            },
            'event',
          ),
        harmed: isSent,
      },
    },
  }),
  guarded<MailScene>({
    operation: 'sendInvite: claims the reminder',
    scene: () => working(reminded()),
    write: 1,
    guards: claimRows(reminded),
  }),
  outcomeOf('sendInvite: stores the outcome of the first email', queued),
  outcomeOf('sendInvite: stores the outcome of the reminder', reminded),
  guarded<MailScene>({
    operation: 'sendInvite: gives up a claim whose response was lost',
    scene: givingUpClaim,
    write: 2,
    guards: {
      'invites: claim =': {
        harm: 'an email that another worker has sent in the meantime is due again at once',
        meanwhile: (scene) => workMeanwhile(scene, scriptedMailer(), { now: after(scene.now, 16 * minute) }),
        harmed: async (scene) => String(await dueOf(scene)) <= after(scene.now, minute),
      },
    },
  }),
  guarded<MailScene>({
    operation: 'sendInvite: postpones the email',
    scene: pausedWork,
    write: 1,
    guards: {
      'invites: status =': revokedIsDue,
      'invites: round =': {
        harm: 'an email that was just requested again is postponed in place of the previous one',
        meanwhile: resend,
        harmed: waitsLong,
      },
      'invites: attempts =': {
        harm: 'an email that another worker has just sent is shown as waiting',
        meanwhile: async (scene) => {
          await resumeSending(servicesOf(undefined), scene, 'operators');
          await workMeanwhile(scene, scriptedMailer());
        },
        harmed: async (scene) => (await inviteIn(scene)).deliveryCode === 'sending_paused',
      },
    },
  }),
  guarded<MailScene>({
    operation: 'sendInvite: gives up on the email',
    scene: fencedWork,
    write: 1,
    guards: {
      'invites: status =': revokedIsDue,
      'invites: round =': {
        harm: 'an email that was just requested again is never sent',
        meanwhile: resend,
        harmed: async (scene) => (await inviteIn(scene)).delivery === 'failed',
      },
      'invites: attempts =': {
        harm: 'an email that another worker has just sent is shown as failed',
        meanwhile: (scene) => workMeanwhile(scene, scriptedMailer(), { settings: settings() }),
        harmed: async (scene) => (await inviteIn(scene)).delivery === 'failed',
      },
    },
  }),
  guarded<MailScene>({
    operation: 'workOnInvite: waits for the expiry',
    scene: () => working({ ...longDue(), remindedAt: clock.now() }),
    write: 1,
    guards: {
      'invites: status =': revokedIsDue,
      'invites: round =': {
        harm: 'an email that was just requested again is never sent',
        meanwhile: resend,
        harmed: waitsLong,
      },
      'invites: no ending': {
        ...replacedWaits,
        scene: () => working({ ...longDue(), ...withoutPool, status: 'needs_roles' }),
      },
    },
  }),
  guarded<MailScene>({
    operation: 'workOnInvite: stores that roles are needed',
    scene: () => working({ ...longDue(), ...withoutPool }),
    write: 1,
    guards: {
      'invites: version =': {
        harm: 'an invite that a manager has just given new roles is stored as one that needs roles',
        meanwhile: revive,
        harmed: needsRoles,
      },
      'invites: no ending': replacedWaits,
      'organization: treeVersion =': {
        harm: 'an invite with a role on a new pool is stored as one that needs roles, because the pools were read before that pool was created',
        meanwhile: ({ organizationId, rootPoolId, actor }) =>
          tableOf(organizationId).transact([
            update(keys.organization(organizationId), { add: { treeVersion: 1 } }),
            put(
              poolItem(organizationId, {
                id: unseenPool,
                name: 'New',
                parentId: rootPoolId,
                holderId: actor.id,
                absorbed: [],
                createdAt: clock.now(),
                version: 1,
              }),
            ),
          ]),
        harmed: needsRoles,
      },
    },
  }),
  guarded<MailScene>({
    operation: 'workOnInvite: stores the expiry',
    scene: () => working(justExpired()),
    write: 1,
    guards: {
      'invites: version =': {
        harm: 'an invite that was just renewed is stored as expired',
        meanwhile: resend,
        harmed: async (scene) => (await inviteIn(scene)).status === 'expired',
      },
      'address: inviteId =': {
        harm: 'storing the expiry of an invite frees its address, although a newer invite holds it',
        meanwhile: inviteAgain,
        harmed: (scene) => isUnheld(scene),
      },
    },
  }),
];

interface NoticeScene extends Scene {
  noticeId: string;
  personId: string;
  mailer: ScriptedMailer;
  now: string;
}

const notifying = async (
  changes: Partial<WorkServices['settings']> = {},
  answer: Answer = sesAnswers.sent,
): Promise<NoticeScene> => {
  const [organizationId, noticeId, mailer] = [systemIds.next('org'), systemIds.next('mail'), scriptedMailer(answer)];
  const now = clock.now();
  const facts = { organization: 'Acme', email: 'ada@example.com' };
  const personId = crypto.randomUUID();
  const notice = { id: noticeId, kind: 'account_made' as const, to: 'ada@example.com', personId, facts };
  await tableOf(organizationId).transact([queueNotice(organizationId, notice, after(now, -60 * minute))]);
  return {
    organizationId,
    noticeId,
    personId,
    mailer,
    now,
    run: async (services) => {
      const own = { ...atInstant(services, now), mailer, settings: { ...services.settings, ...changes } };
      return ok(await sendNotice(own, organizationId, noticeId));
    },
  };
};

const notifyMeanwhile = (
  { organizationId, noticeId, now }: NoticeScene,
  by: number,
  answer: Answer = sesAnswers.sent,
): Promise<unknown> => {
  const services = atInstant(allServicesOf(organizationId, asItIs), after(now, by));
  return sendNotice({ ...services, mailer: scriptedMailer(answer) }, organizationId, noticeId);
};

const noticeItem = ({ organizationId, noticeId }: NoticeScene) =>
  tableOf(organizationId).get(keys.notice(organizationId, noticeId));

const updateNotice = ({ organizationId }: NoticeScene, id: string, set: Record<string, unknown>) =>
  tableOf(organizationId).transact([update(keys.notice(organizationId, id), { set })]);

/** Counts notices to the person on the day of the scene. */
const setNoticesOfDay = ({ organizationId, personId, now }: NoticeScene, mails: number) =>
  servicesOf(organizationId)
    .tenantTable(partitions.person(personId))
    .transact([update(keys.noticeDay(personId, dayOf(now)), { set: { mails } })]);

interface GatheringScene extends NoticeScene {
  otherId: string;
}

const changeOf = (kind: 'roles_changed' | 'assets_taken_over') => ({
  kind,
  facts: { organization: 'Acme', actor: 'Mara', leaver: 'Cyd', roles: 'Member' },
  thing: kind,
  before: 'before',
  after: 'after',
});

/** What a third notice reported, which another run has just gathered. */
const third = changeOf('assets_taken_over');
const own = changeOf('roles_changed');

/** Two notices to one person, the first of which is due. */
const gathering = async (): Promise<GatheringScene> => {
  const scene = await notifying();
  const { organizationId } = scene;
  const [noticeId, otherId] = [systemIds.next('mail'), systemIds.next('mail')];
  const to = { to: 'ada@example.com', personId: scene.personId };
  await tableOf(organizationId).transact(
    [noticeId, otherId].map((id) =>
      queueNotice(organizationId, { ...own, thing: id, id, ...to }, after(scene.now, -60 * minute)),
    ),
  );
  const partition = keys.notice(organizationId, '').pk;
  return {
    ...scene,
    noticeId,
    otherId,
    names: { [`${partition} ${noticeId}`]: 'lead', [`${partition} ${otherId}`]: 'other' },
    run: async (services) =>
      ok(await sendNotice({ ...atInstant(services, scene.now), mailer: scene.mailer }, organizationId, noticeId)),
  };
};

const otherItem = ({ organizationId, otherId }: GatheringScene) =>
  tableOf(organizationId).get(keys.notice(organizationId, otherId));

const isGathered = async (scene: GatheringScene): Promise<boolean> => (await otherItem(scene))?.delivery === 'gathered';

const reportsThird = async (scene: NoticeScene): Promise<boolean> =>
  JSON.stringify((await noticeItem(scene))?.changes).includes(third.kind);

const notices: GuardedOperation[] = [
  guarded<NoticeScene>({
    operation: 'sendNotice: claims the notice',
    scene: () => notifying(),
    write: 1,
    guards: {
      'notices: dueAt <=': {
        harm: 'a notice is sent before the time to which another run has postponed it',
        meanwhile: ({ organizationId, noticeId, now }) =>
          tableOf(organizationId).transact([
            update(keys.notice(organizationId, noticeId), { set: due(after(now, minute)) }),
          ]),
        harmed: ({ mailer }) => mailer.taken.length > 0,
      },
      'notices: attempts =': {
        harm: 'a notice is sent twice by workers whose clocks differ by more than the time after which a lost response causes a resend',
        meanwhile: (scene) => notifyMeanwhile(scene, -20 * minute, sesAnswers.answerLost),
        harmed: ({ mailer }) => mailer.taken.length > 0,
      },
      'notices: no gathered': {
        harm: 'a notice is sent without the changes that another run has just gathered in it',
        meanwhile: (scene) =>
          updateNotice(scene, scene.noticeId, { kind: 'summary', changes: [own, third], gathered: 1 }),
        harmed: async (scene) => (await noticeItem(scene))?.delivery === 'sent',
      },
      'person notices: no mails or mails <': {
        harm: 'a person gets more notices a day than the limit',
        meanwhile: (scene) => setNoticesOfDay(scene, noticesPerPersonAndDayMax),
        harmed: ({ mailer }) => mailer.taken.length > 0,
      },
    },
  }),
  guarded<GatheringScene>({
    operation: 'sendNotice: gathers the other notices',
    scene: gathering,
    write: 1,
    guards: {
      'lead: delivery =': {
        harm: 'a change is moved to a notice that another run has just gathered, so nobody is notified of it',
        meanwhile: (scene) => updateNotice(scene, scene.noticeId, { delivery: 'gathered' }),
        harmed: isGathered,
      },
      'lead: attempts =': {
        harm: 'a change is moved to a notice that is just being sent, so nobody is notified of it',
        meanwhile: (scene) => updateNotice(scene, scene.noticeId, { attempts: 1 }),
        harmed: isGathered,
      },
      'lead: no gathered': {
        harm: 'a change that another run has just gathered is overwritten, so nobody is notified of it',
        meanwhile: (scene) =>
          updateNotice(scene, scene.noticeId, { kind: 'summary', changes: [own, third], gathered: 1 }),
        harmed: async (scene) => !(await reportsThird(scene)),
      },
      'other: delivery =': {
        harm: 'a change that another notice has just gathered is reported twice',
        meanwhile: (scene) => updateNotice(scene, scene.otherId, { delivery: 'gathered' }),
        harmed: async (scene) => (await noticeItem(scene))?.gathered === 1,
      },
      'other: attempts =': {
        harm: 'a change whose notice is just being sent is reported twice',
        meanwhile: (scene) => updateNotice(scene, scene.otherId, { attempts: 1 }),
        harmed: isGathered,
      },
      'other: no gathered': {
        harm: 'what a notice has just gathered is lost when that notice is gathered itself',
        meanwhile: (scene) =>
          updateNotice(scene, scene.otherId, { kind: 'summary', changes: [own, third], gathered: 1 }),
        harmed: async (scene) => (await isGathered(scene)) && !(await reportsThird(scene)),
      },
    },
  }),
  guarded<NoticeScene>({
    operation: 'sendNotice: postpones the notice',
    scene: async () => {
      const scene = await notifying();
      await setNoticesOfDay(scene, noticesPerPersonAndDayMax);
      return scene;
    },
    write: 2,
    guards: {
      'notices: dueAt =': {
        harm: 'a notice that another one has just gathered becomes due again',
        meanwhile: (scene) =>
          tableOf(scene.organizationId).transact([
            update(keys.notice(scene.organizationId, scene.noticeId), {
              set: { delivery: 'gathered' },
              remove: ['dueAt', 'duePk'],
            }),
          ]),
        harmed: async (scene) => (await noticeItem(scene))?.dueAt !== undefined,
      },
    },
  }),
  guarded<NoticeScene>({
    operation: 'sendNotice: skips the notice',
    scene: async () => {
      const scene = await notifying();
      await updateNotice(scene, scene.noticeId, { kind: 'summary', changes: [], gathered: 1 });
      return scene;
    },
    write: 1,
    guards: {
      'notices: gathered =': {
        harm: 'a notice that has just gathered a change is not sent',
        meanwhile: (scene) => updateNotice(scene, scene.noticeId, { kind: 'summary', changes: [third], gathered: 2 }),
        harmed: async (scene) => (await noticeItem(scene))?.delivery === 'skipped',
      },
    },
  }),
  guarded<NoticeScene>({
    operation: 'sendNotice: stores the outcome of the notice',
    scene: () => notifying({}, sesAnswers.throttled),
    write: 2,
    guards: {
      'notices: claim =': {
        harm: 'a notice that another worker has just sent becomes due again',
        meanwhile: (scene) => notifyMeanwhile(scene, 16 * minute),
        harmed: async (scene) => (await noticeItem(scene))?.dueAt !== undefined,
      },
    },
  }),
  guarded<NoticeScene>({
    operation: 'sendNotice: withholds the notice',
    scene: () => notifying({ sendFence: clock.now() }),
    write: 1,
    guards: {
      'notices: delivery =': {
        harm: 'a notice that was just sent is shown as failed',
        meanwhile: (scene) => notifyMeanwhile(scene, 0),
        harmed: async (scene) => (await noticeItem(scene))?.delivery === 'failed',
      },
    },
  }),
];

/** A run of the worker that sees only the due work of this organization. */
const running = async (given: Given = {}): Promise<MailScene> => {
  const scene = await working(given, clock.now());
  const { organizationId, mailer, now } = scene;
  return {
    ...scene,
    run: async (services) => {
      const poolTree: WorkServices['poolTree'] = () => Promise.reject(new Error('This piece of work fails'));
      const workTable = seeingOnly(services.workTable, [organizationId]);
      return ok(await doDueWork({ ...atInstant(services, now), workTable, mailer, poolTree }));
    },
  };
};

/** Another run takes the lease, for one millisecond only, because the next test needs it. */
const takeLeaseMeanwhile = ({ now }: MailScene) =>
  workServicesOf().workTable.transact([put({ ...keys.workLease(), runId: 'another', until: after(now, 1) })]);

/** A run that has taken the lease, and renews it. */
const renewing = async (): Promise<MailScene> => {
  const scene = await running();
  return {
    ...scene,
    run: async (services) => {
      let renew: () => Promise<void> = async () => undefined;
      const every = (_: number, each: () => Promise<void>) => {
        renew = each;
        return () => undefined;
      };
      const lease = await takeLease({ ...services, clock: { ...clockAt(() => scene.now), every } });
      await renew();
      return ok(lease);
    },
  };
};

const runs: GuardedOperation[] = [
  guarded<MailScene>({
    operation: 'doDueWork: takes the lease',
    scene: () => running(),
    write: 1,
    guards: {
      'work: no item or until <=': {
        harm: 'two runs of the worker send at the same time, at twice the allowed rate',
        meanwhile: takeLeaseMeanwhile,
        harmed: (_scene, result) => result.ok && (result.value as WorkDone).figures !== undefined,
      },
    },
  }),
  guarded<MailScene>({
    operation: 'doDueWork: renews the lease',
    scene: renewing,
    write: 2,
    guards: {
      'work: runId =': {
        harm: 'a run that was paused takes its lease back from the run that replaced it, so both send at the same time',
        meanwhile: takeLeaseMeanwhile,
        harmed: async ({ now }) => {
          const { workTable } = workServicesOf();
          const lease = await workTable.get(keys.workLease());
          // The next test needs the lease.
          await workTable.transact([erase(keys.workLease())]);
          return String(lease?.until) > after(now, 1);
        },
      },
    },
  }),
  guarded<MailScene>({
    operation: 'doDueWork: releases the lease',
    scene: () => running(),
    write: 2,
    guards: {
      'work: runId =': {
        harm: 'a run that outlived its lease deletes the lease of the run that took over, so a third run begins',
        meanwhile: takeLeaseMeanwhile,
        harmed: async () => (await workServicesOf().workTable.get(keys.workLease())) === undefined,
      },
    },
  }),
  guarded<MailScene>({
    operation: 'doDueWork: postpones failed work',
    scene: () => running({ ...queued(), dueAt: after(clock.now(), -second) }),
    write: 2,
    guards: {
      'invites: dueAt =': revokedIsDue,
    },
  }),
];

interface DeletedPoolsScene extends InviteScene {
  other: string;
}

/** A pool was deleted, and the worker looks for invites that need roles now. `seconds`: how long after that. */
const followingDeletedPools = async (seconds: number, timeLeft?: number): Promise<DeletedPoolsScene> => {
  const planted = await plantInviteScene();
  const { organizationId, actor, requests, rootPoolId } = planted;
  const pools = { parentId: rootPoolId, holderId: actor.id };
  const [first = '', other = ''] = await plantPools(organizationId, ['First', 'Other'], pools);
  await succeed(organizationId, requests.deletePool(actor, first));
  return {
    ...planted,
    other,
    run: async (services) => {
      const later = atInstant(services, after(clock.now(), seconds * second));
      return ok(
        await followDeletedPools(
          { ...later, ...(timeLeft !== undefined && { timeLeft: () => timeLeft }) },
          organizationId,
        ),
      );
    },
  };
};

const deleteOther = ({ organizationId, requests, colleague, other }: DeletedPoolsScene) =>
  succeed(organizationId, requests.deletePool(colleague, other));

const deletedPoolsDue = async ({ organizationId }: DeletedPoolsScene): Promise<unknown> =>
  (await tableOf(organizationId).get(keys.deletedPools(organizationId)))?.dueAt;

interface JoinedScene extends InviteScene {
  joined: User;
}

/** A user joined with the address of an expired invite, and the worker ends that invite. */
const endingOtherInvites = async (): Promise<JoinedScene> => {
  const planted = await plantInviteScene({ ...justExpired(), status: 'expired' });
  const { organizationId, invite } = planted;
  const joined = aUser({ email: invite.email });
  await plantUsers(organizationId, [joined]);
  return { ...planted, joined, run: async (services) => ok(await endOtherInvites(services, organizationId, joined)) };
};

const removeJoined = ({ organizationId, requests, actor, colleague, joined }: JoinedScene) =>
  succeed(organizationId, requests.removeUser(colleague, joined, actor));

const isEnded = async (scene: JoinedScene): Promise<boolean> => (await inviteIn(scene)).status === 'already_member';

const afterwards: GuardedOperation[] = [
  guarded<DeletedPoolsScene>({
    operation: 'followDeletedPools: ends',
    scene: () => followingDeletedPools(followUpSecondLookSeconds),
    write: 1,
    guards: {
      'deleted-pools: dueAt =': {
        harm: 'invites are shown as pending although their last pool was deleted while the worker finished an earlier deletion',
        meanwhile: deleteOther,
        harmed: async (scene) => (await deletedPoolsDue(scene)) === undefined,
      },
    },
  }),
  guarded<DeletedPoolsScene>({
    operation: 'followDeletedPools: postpones the rest',
    scene: () => followingDeletedPools(minute / second, 0),
    write: 1,
    guards: {
      'deleted-pools: dueAt =': {
        harm: 'the work for a pool that was just deleted waits for the rest of an earlier deletion',
        meanwhile: deleteOther,
        harmed: async (scene) => String(await deletedPoolsDue(scene)) > after(clock.now(), second),
      },
    },
  }),
  guarded<JoinedScene>({
    operation: 'endOtherInvites',
    scene: endingOtherInvites,
    guards: {
      'invites: version =': {
        harm: 'an invite that was renewed and declined while its user was removed for a moment is stored as one to a user',
        meanwhile: async (scene) => {
          const { organizationId, requests, colleague, invite, joined, token } = scene;
          await removeJoined(scene);
          await succeed(organizationId, requests.resendInvite(colleague, invite.id));
          await tableOf(organizationId).transact([
            update(keys.invite(organizationId, invite.id), {
              set: { secretHashes: invite.secretHashes, supersededHashes: [] },
            }),
          ]);
          await succeed(organizationId, (services) =>
            declineInvite(services)({ requestId: 'decline' }, { params: {}, query: {}, body: { token } }),
          );
          await succeed(organizationId, requests.restoreUser(colleague, joined));
        },
        harmed: isEnded,
      },
      'address: userId =': {
        harm: 'an invite ends because of a user who was just removed, so that it cannot be renewed',
        meanwhile: removeJoined,
        harmed: isEnded,
      },
    },
  }),
];

export const workerGuards = [...invites, ...notices, ...runs, ...afterwards];

import { systemIds } from '../../functions/adapters/system.ts';
import { recordDelivery } from '../../shared/invites/record-delivery.ts';
import { reminderAt } from '../../shared/invites/invite.ts';
import { workOnInvite } from '../../shared/invites/work-on-invite.ts';
import { queueNotice } from '../../shared/mail/notice.ts';
import { sendNotice } from '../../shared/mail/send-notice.ts';
import { resumeSending } from '../../shared/operators/resume-sending.ts';
import type { WorkServices } from '../../shared/ports.ts';
import { ok } from '../../shared/result.ts';
import { due, keys, partitions } from '../../shared/table/keys.ts';
import { put, update } from '../../shared/table/write.ts';
import { after, day, dayOf, minute, second } from '../../shared/time.ts';
import { doDueWork, type WorkDone } from '../../shared/worker/do-due-work.ts';
import { scriptedMailer, seeingOnly, sesAnswers, type Answer, type ScriptedMailer } from '../support/deliveries.ts';
import { guarded, tableOf, type GuardedOperation, type GuardRow, type Scene } from '../support/guarded.ts';
import { allServicesOf, atInstant, servicesOf, workServicesOf } from '../support/operations.ts';
import { asItIs } from '../support/races.ts';
import { succeed } from '../support/requests.ts';
import {
  dueOf,
  inviteAgain,
  inviteIn,
  isUnheld,
  justExpired,
  plantInviteScene,
  suppressAddress,
  type InviteScene,
} from './invites.ts';

interface MailScene extends InviteScene {
  /** What a worker sends, this one or another. */
  mailer: ScriptedMailer;
  /** When the work on the invite is done. */
  now: string;
}

type Given = NonNullable<Parameters<typeof plantInviteScene>[0]>;

/** Ahead of the requests that come in between, whose clocks are right. */
const soon = () => after(new Date().toISOString(), minute);
const longDue = () => ({ dueAt: after(new Date().toISOString(), -60 * minute) });

const queued = (): Given => ({ ...longDue(), delivery: 'queued', secretHashes: [] });
const reminded = (): Given => ({ ...longDue(), expiresAt: after(new Date().toISOString(), day) });

/** The worker takes up an invite. */
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

/** Another worker takes it up. */
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

/** The mail that was just asked for again is not due for long. */
const waitsLong = async (scene: MailScene): Promise<boolean> => String(await dueOf(scene)) > after(scene.now, minute);

const isSent = ({ mailer }: MailScene): boolean => mailer.taken.length > 0;

/** The invite expires between what the worker reads of it and the claim. */
const asItEnds = async (given: Given): Promise<MailScene> => {
  const scene = await working({ ...given, ...justExpired() });
  const { organizationId, invite, mailer } = scene;
  return {
    ...scene,
    run: async (services) => {
      const instants = [after(invite.expiresAt, -1)];
      const clock = { ...services.clock, now: () => instants.shift() ?? invite.expiresAt };
      return ok(await workOnInvite({ ...services, clock, mailer }, organizationId, invite.id));
    },
  };
};

const claimRows = (given: () => Given): Record<string, GuardRow<MailScene>> => ({
  'invites: dueAt <=': {
    harm: 'a mail goes out although the mails of the organization were just paused',
    meanwhile: async (scene) => {
      await pauseMails(scene, scene.now);
      await workMeanwhile(scene, scriptedMailer());
    },
    harmed: isSent,
  },
  'invites: attempts =': {
    harm: 'a mail is sent twice by workers whose clocks differ by more than an unanswered mail waits',
    meanwhile: (scene) =>
      workMeanwhile(scene, scriptedMailer(sesAnswers.answerLost), { now: after(scene.now, -20 * minute) }),
    harmed: isSent,
  },
  'invites: version =': {
    harm: 'a mail whose link opens the invite goes to an address that was just corrected',
    meanwhile: ({ organizationId, requests, colleague, invite }) =>
      succeed(organizationId, requests.updateInvite(colleague, invite.id, { email: `right-${invite.email}` })),
    harmed: isSent,
  },
  'invites: expiresAt >': {
    harm: 'a mail goes out whose link has expired',
    scene: () => asItEnds(given()),
    meanwhile: async () => undefined,
    harmed: isSent,
  },
  'user: version =': {
    harm: 'a mail goes out in the name of somebody who may no longer invite',
    meanwhile: ({ organizationId, requests, actor }) =>
      succeed(organizationId, requests.changeRoles(actor, actor, [{ role: 'member' }])),
    harmed: isSent,
  },
  'suppressed: no item': {
    harm: 'a mail goes to an address that mails just bounced at',
    meanwhile: ({ organizationId, invite }) => suppressAddress(organizationId, invite.email),
    harmed: isSent,
  },
  'recipient: no mails or mails <': {
    harm: 'an address gets more invite mails in a day than it may, from several organizations',
    meanwhile: ({ invite, now }) =>
      servicesOf(undefined)
        .tenantTable(partitions.recipient(invite.email))
        .transact([put({ ...keys.recipientDay(invite.email, dayOf(now)), mails: 5 })]),
    harmed: isSent,
  },
});

/** The answer to the first mail was lost; it is tried again just as the reminder becomes due. */
const retryingAtReminder = async (): Promise<MailScene> => {
  const now = new Date().toISOString();
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
        harm: 'a mail that was asked for again while the one before it was being sent never goes out',
        meanwhile: resend,
        harmed: waitsLong,
      },
    },
  });

const pausedWork = async (): Promise<MailScene> => {
  const scene = await working(queued());
  await pauseMails(scene, scene.now);
  return scene;
};

const settings = () => workServicesOf().settings;

/** The table was restored from a backup after the mail was asked for. */
const fencedWork = async (): Promise<MailScene> => {
  const scene = await working(queued());
  const sendFence = after(scene.now, -10 * minute);
  return {
    ...scene,
    run: (services) => scene.run({ ...services, settings: { ...services.settings, sendFence } }),
  };
};

const invites: GuardedOperation[] = [
  guarded<MailScene>({
    operation: 'sendInvite: claims the first mail',
    scene: () => working(queued()),
    write: 1,
    guards: {
      ...claimRows(queued),
      'invites: delivery =': {
        harm: 'a mail is sent again that was reported as sent in the moment in which the reminder became due',
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
  outcomeOf('sendInvite: what became of the first mail', queued),
  outcomeOf('sendInvite: what became of the reminder', reminded),
  guarded<MailScene>({
    operation: 'sendInvite: puts the mail off',
    scene: pausedWork,
    write: 1,
    guards: {
      'invites: status =': {
        harm: 'an invite that was just revoked stays among the work that is due',
        meanwhile: revoke,
        harmed: isDue,
      },
      'invites: round =': {
        harm: 'a mail that was just asked for again waits as the one before it would have',
        meanwhile: resend,
        harmed: waitsLong,
      },
      'invites: attempts =': {
        harm: 'a mail that another worker just sent shows as waiting',
        meanwhile: async (scene) => {
          await resumeSending(servicesOf(undefined), scene, 'operators');
          await workMeanwhile(scene, scriptedMailer());
        },
        harmed: async (scene) => (await inviteIn(scene)).deliveryCode === 'sending_paused',
      },
    },
  }),
  guarded<MailScene>({
    operation: 'sendInvite: gives the mail up',
    scene: fencedWork,
    write: 1,
    guards: {
      'invites: status =': {
        harm: 'an invite that was just revoked stays among the work that is due',
        meanwhile: revoke,
        harmed: isDue,
      },
      'invites: round =': {
        harm: 'a mail that was just asked for again is never sent',
        meanwhile: resend,
        harmed: async (scene) => (await inviteIn(scene)).delivery === 'failed',
      },
      'invites: attempts =': {
        harm: 'a mail that another worker just sent shows as failed',
        meanwhile: (scene) => workMeanwhile(scene, scriptedMailer(), { settings: settings() }),
        harmed: async (scene) => (await inviteIn(scene)).delivery === 'failed',
      },
    },
  }),
  guarded<MailScene>({
    operation: 'workOnInvite: waits for the end',
    scene: () => working({ ...longDue(), remindedAt: new Date().toISOString() }),
    write: 1,
    guards: {
      'invites: status =': {
        harm: 'an invite that was just revoked stays among the work that is due',
        meanwhile: revoke,
        harmed: isDue,
      },
      'invites: round =': {
        harm: 'a mail that was just asked for again is never sent',
        meanwhile: resend,
        harmed: waitsLong,
      },
    },
  }),
  guarded<MailScene>({
    operation: 'workOnInvite: stores the end',
    scene: () => working(justExpired()),
    write: 1,
    guards: {
      'invites: version =': {
        harm: 'an invite that was just renewed is stored as expired',
        meanwhile: resend,
        harmed: async (scene) => (await inviteIn(scene)).status === 'expired',
      },
      'address: inviteId =': {
        harm: 'an address that was just invited again can be invited once more',
        meanwhile: inviteAgain,
        harmed: (scene) => isUnheld(scene),
      },
    },
  }),
];

interface NoticeScene extends Scene {
  noticeId: string;
  mailer: ScriptedMailer;
  now: string;
}

const notifying = async (
  changes: Partial<WorkServices['settings']> = {},
  answer: Answer = sesAnswers.sent,
): Promise<NoticeScene> => {
  const [organizationId, noticeId, mailer] = [systemIds.next('org'), systemIds.next('mail'), scriptedMailer(answer)];
  const now = new Date().toISOString();
  const facts = { organization: 'Acme', email: 'ada@example.com' };
  const notice = { id: noticeId, kind: 'account_made' as const, to: 'ada@example.com', facts };
  await tableOf(organizationId).transact([queueNotice(organizationId, notice, after(now, -60 * minute))]);
  return {
    organizationId,
    noticeId,
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

const notices: GuardedOperation[] = [
  guarded<NoticeScene>({
    operation: 'sendNotice: claims the notice',
    scene: () => notifying(),
    write: 1,
    guards: {
      'notices: dueAt <=': {
        harm: 'a notice is sent before the time to which another run has set it back',
        meanwhile: ({ organizationId, noticeId, now }) =>
          tableOf(organizationId).transact([
            update(keys.notice(organizationId, noticeId), { set: due(after(now, minute)) }),
          ]),
        harmed: ({ mailer }) => mailer.taken.length > 0,
      },
      'notices: attempts =': {
        harm: 'a notice is sent twice by workers whose clocks differ by more than an unanswered mail waits',
        meanwhile: (scene) => notifyMeanwhile(scene, -20 * minute, sesAnswers.answerLost),
        harmed: ({ mailer }) => mailer.taken.length > 0,
      },
    },
  }),
  guarded<NoticeScene>({
    operation: 'sendNotice: what became of the notice',
    scene: () => notifying({}, sesAnswers.throttled),
    write: 2,
    guards: {
      'notices: claim =': {
        harm: 'a notice that another worker has sent is due again',
        meanwhile: (scene) => notifyMeanwhile(scene, 16 * minute),
        harmed: async (scene) => (await noticeItem(scene))?.dueAt !== undefined,
      },
    },
  }),
  guarded<NoticeScene>({
    operation: 'sendNotice: withholds the notice',
    scene: () => notifying({ sendFence: new Date().toISOString() }),
    write: 1,
    guards: {
      'notices: delivery =': {
        harm: 'a notice that was just sent shows as failed',
        meanwhile: (scene) => notifyMeanwhile(scene, 0),
        harmed: async (scene) => (await noticeItem(scene))?.delivery === 'failed',
      },
    },
  }),
];

/** A run of the worker that finds no more due than this organization's. */
const running = async (given: Given = {}): Promise<MailScene> => {
  const scene = await working(given, new Date().toISOString());
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

/** Another run takes the lease, for a moment only: the next test needs it. */
const takeLease = ({ now }: MailScene) =>
  workServicesOf().workTable.transact([put({ ...keys.workLease(), runId: 'another', until: after(now, 1) })]);

const runs: GuardedOperation[] = [
  guarded<MailScene>({
    operation: 'doDueWork: takes the lease',
    scene: () => running(),
    write: 1,
    guards: {
      'work: no item or until <=': {
        harm: 'two runs of the worker send at once, at twice the rate that is allowed',
        meanwhile: takeLease,
        harmed: (_scene, result) => result.ok && (result.value as WorkDone).figures !== undefined,
      },
    },
  }),
  guarded<MailScene>({
    operation: 'doDueWork: gives the lease back',
    scene: () => running(),
    write: 2,
    guards: {
      'work: runId =': {
        harm: 'a run that took too long ends the lease of the run that took over, and a third one begins',
        meanwhile: takeLease,
        harmed: async () => (await workServicesOf().workTable.get(keys.workLease())) === undefined,
      },
    },
  }),
  guarded<MailScene>({
    operation: 'doDueWork: sets failed work back',
    scene: () => running({ ...queued(), dueAt: after(new Date().toISOString(), -second) }),
    write: 2,
    guards: {
      'invites: dueAt =': {
        harm: 'an invite that was just revoked stays among the work that is due',
        meanwhile: revoke,
        harmed: isDue,
      },
    },
  }),
];

export const workerGuards = [...invites, ...notices, ...runs];

import { beforeAll, describe, expect, test } from 'vitest';
import { systemIds } from '../../functions/adapters/system.ts';
import { noticesPerPersonAndDayMax, noticesReservedPerDay, noticeWindowSeconds } from '../../shared/limits.ts';
import { queueNotice, type Change } from '../../shared/mail/notice.ts';
import type { Mail } from '../../shared/ports.ts';
import { keys } from '../../shared/table/keys.ts';
import { clock } from '../support/clock.ts';
import { runWorker, scriptedMailer, sesAnswers, tableOf } from '../support/deliveries.ts';
import { Crash, dyingProcess } from '../support/dying-process.ts';
import { newEmail, newOrganization, type TestOrganization } from '../support/organization.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();

let organization: TestOrganization;
beforeAll(async () => {
  organization = await newOrganization(stack);
});

/** Minutes after which a queued notice is due. */
const due = noticeWindowSeconds / 60 + 1;

const rolesChange = (before: string, state: string): Change => ({
  kind: 'roles_changed',
  facts: { organization: 'Acme', actor: 'Mara', roles: state },
  thing: 'roles',
  before,
  after: state,
});

const succession = (leaver: string): Change => ({
  kind: 'assets_taken_over',
  facts: { organization: 'Acme', leaver },
  thing: leaver,
  before: 'active',
  after: 'removed',
});

/** Queues changes for one person, each as a notice of its own. */
const queue = async (changes: readonly Change[], person = { to: newEmail(), personId: crypto.randomUUID() }) => {
  const table = tableOf(organization.id);
  const ids: string[] = [];
  for (const change of changes) {
    const id = systemIds.next('mail');
    ids.push(id);
    await table.transact([queueNotice(organization.id, { ...change, ...person, id }, clock.now())]);
  }
  const deliveries = async () =>
    (await table.batchGet(ids.map((id) => keys.notice(organization.id, id)))).map((item) => item?.delivery);
  return { ids, person, deliveries };
};

/** The text of an email in one line. */
const textOf = ({ text }: Mail): string => text.replaceAll('\u2060', '').replace(/\s+/g, ' ');

test('changes of a few minutes are one email, which is sent after the window', async () => {
  const { ids, deliveries } = await queue([rolesChange('Member', 'Engineer'), succession('Cyd')]);
  const mailer = scriptedMailer();
  for (const minutes of [0, due - 2]) await runWorker(mailer, { only: ids, minutes });
  expect(mailer.taken).toEqual([]);
  await runWorker(mailer, { only: ids, minutes: due });
  expect(mailer.taken.map(({ subject }) => subject)).toEqual(['2 changes in Acme']);
  expect(await deliveries()).toEqual(['sent', 'gathered']);
  await runWorker(mailer, { only: ids, minutes: due + 60 });
  expect(mailer.taken).toHaveLength(1);
});

test('twenty role changes back and forth send no email', async () => {
  const states = Array.from({ length: 21 }, (_, index) => (index % 2 === 0 ? 'Member' : 'Engineer'));
  const { ids, deliveries } = await queue(
    states.slice(1).map((state, index) => rolesChange(states[index] ?? '', state)),
  );
  const mailer = scriptedMailer();
  for (const minutes of [due, due + 60]) await runWorker(mailer, { only: ids, minutes });
  expect(mailer.taken).toEqual([]);
  expect(await deliveries()).toEqual(['skipped', ...Array.from({ length: 19 }, () => 'gathered')]);
});

test('a successor of 150 removed users gets one email that names them all', async () => {
  const leavers = Array.from({ length: 150 }, (_, index) => `Leaver ${index}.`);
  const { ids } = await queue(leavers.map(succession));
  const mailer = scriptedMailer();
  for (const minutes of [due, due + 60]) await runWorker(mailer, { only: ids, minutes });
  expect(mailer.taken).toHaveLength(1);
  for (const leaver of leavers) expect(textOf(mailer.taken[0] ?? expect.unreachable())).toContain(leaver);
});

test('notices to another person or another address of the person are not gathered', async () => {
  const first = await queue([rolesChange('Member', 'Engineer')]);
  const second = await queue([rolesChange('Member', 'Engineer')]);
  const moved = await queue([succession('Cyd')], { ...first.person, to: newEmail() });
  const mailer = scriptedMailer();
  await runWorker(mailer, { only: [...first.ids, ...second.ids, ...moved.ids], minutes: due });
  expect(mailer.taken).toHaveLength(3);
});

describe('the limit of notices to a person and day', () => {
  /** Runs the worker at noon, so that the day does not end in between. Returns the emails sent. */
  const noon = (() => {
    const now = Date.parse(clock.now());
    const day = 24 * 60 * 60_000;
    return (Math.ceil(now / day) * day + day / 2 - now) / 60_000;
  })();
  const newPerson = () => ({ to: newEmail(), personId: crypto.randomUUID() });
  /** Sends each change as an email of its own. */
  const sendEach = async (changes: readonly Change[], person: ReturnType<typeof newPerson>) => {
    const mailer = scriptedMailer();
    const all: string[] = [];
    for (const change of changes) {
      const { ids } = await queue([change], person);
      all.push(...ids);
      await runWorker(mailer, { only: ids, minutes: noon });
    }
    return { mailer, ids: all };
  };
  const leavers = (count: number) => Array.from({ length: count }, (_, index) => succession(`Leaver ${index}.`));

  test('holds back what exceeds it, and the email of the next day reports all of that', async () => {
    const { mailer, ids } = await sendEach(leavers(12), newPerson());
    expect(mailer.taken).toHaveLength(noticesPerPersonAndDayMax - noticesReservedPerDay);
    const held = await tableOf(organization.id).batchGet(ids.map((id) => keys.notice(organization.id, id)));
    expect(held.at(-1)).toMatchObject({ delivery: 'queued', deliveryCode: 'notice_limit_reached' });
    await runWorker(mailer, { only: ids, minutes: noon + 24 * 60 });
    expect(mailer.taken).toHaveLength(noticesPerPersonAndDayMax - noticesReservedPerDay + 1);
    const next = textOf(mailer.taken.at(-1) ?? expect.unreachable());
    for (const index of [7, 8, 9, 10, 11]) expect(next).toContain(`Leaver ${index}.`);
  });

  test('leaves room for notices about the person’s own access', async () => {
    const person = newPerson();
    const { mailer } = await sendEach([...leavers(12), rolesChange('Member', 'Engineer')], person);
    expect(mailer.taken).toHaveLength(noticesPerPersonAndDayMax - noticesReservedPerDay + 1);
    // It also reports what waited.
    const last = textOf(mailer.taken.at(-1) ?? expect.unreachable());
    for (const part of ['Mara changed your roles', 'Leaver 11.']) expect(last).toContain(part);
  });

  test('counts no email that was not accepted', async () => {
    const person = newPerson();
    const { ids } = await queue([succession('Cyd')], person);
    await runWorker(scriptedMailer(sesAnswers.throttled), { only: ids, minutes: noon });
    const { mailer } = await sendEach(leavers(12), person);
    expect(mailer.taken).toHaveLength(noticesPerPersonAndDayMax - noticesReservedPerDay);
  });
});

/** The effects of a run on notices of which one gathers the others. */
const effects = ['taking the lease', 'the gathering', 'the claim', 'the sending', 'storing the outcome', 'the release'];
const [sending, storing] = [4, 5];

const deaths = effects.flatMap((effect, index) =>
  (['before', 'after'] as const).map((when) => ({ nth: index + 1, when, death: `${when} ${effect}` })),
);

describe('a run that dies', () => {
  test('has exactly the effects that are listed here', async () => {
    const { ids } = await queue([succession('Cyd'), succession('Dan')]);
    const process = dyingProcess(scriptedMailer(), { nth: 0, when: 'before' });
    await runWorker(process.mailer, { only: ids, minutes: due, change: process.change });
    expect(process.effects()).toBe(effects.length);
  });

  test.each(deaths)(
    '$death loses no change, and reports none twice unless the outcome of sending was lost',
    async ({ nth, when }) => {
      const names = ['Cyd', 'Dan', 'Eve'];
      const { ids, deliveries } = await queue(names.map(succession));
      const mailer = scriptedMailer();
      const process = dyingProcess(mailer, { nth, when });
      const { faults } = await runWorker(process.mailer, { only: ids, minutes: due, change: process.change }).catch(
        (fault: unknown) => ({ faults: [fault] }),
      );
      for (const fault of faults) expect(fault).toBeInstanceOf(Crash);
      for (const minutes of [due + 20, due + 60]) await runWorker(mailer, { only: ids, minutes });
      const lost = (nth === sending && when === 'after') || (nth === storing && when === 'before');
      expect(mailer.taken).toHaveLength(lost ? 2 : 1);
      for (const mail of mailer.taken) for (const name of names) expect(textOf(mail)).toContain(name);
      expect(await deliveries()).toEqual(['sent', 'gathered', 'gathered']);
    },
  );
});

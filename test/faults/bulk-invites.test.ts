import { beforeAll, describe, expect, test } from 'vitest';
import { Unavailable } from '../../shared/errors.ts';
import { keys } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import { put } from '../../shared/table/write.ts';
import { asMember, askedToday, call, manyEmails, outcomesOf } from '../support/inviting.ts';
import { servicesOf } from '../support/operations.ts';
import { everyPage, newMember, newOrganization, type TestOrganization } from '../support/organization.ts';
import { asItIs, beforeWrite, meanwhile } from '../support/races.ts';
import { useStack } from '../support/stack.ts';

/** Calls with several parts, which run in parallel, when something goes wrong in the middle: what is invited, and what is left of the quota. */
const stack = useStack();
const hour = 60 * 60 * 1_000;
const day = 24 * hour;

// Noon, so that no test meets the end of the day's quota by chance.
beforeAll(() => stack.advanceClock(day + 12 * hour - (stack.now() % day)));

/** Ends the process at the nth transaction, right before or after it takes effect. Nothing that comes later reaches the table. */
const dyingAt =
  (nth: number, when: 'before' | 'after') =>
  (table: Table): Table => {
    let transactions = 0;
    let isDead = false;
    const alive = <T>(value: T): T => {
      if (isDead) throw new Error('The process died');
      return value;
    };
    return {
      ...table,
      transact: async (writes) => {
        transactions += 1;
        const dies = transactions === nth;
        isDead ||= dies && when === 'before';
        const result = await table.transact(alive(writes));
        isDead ||= dies;
        return alive(result);
      },
    };
  };

const listedIds = async ({ params, manager }: TestOrganization): Promise<string[]> => {
  const all = await everyPage((cursor) => manager.client.listInvites({ params, query: { limit: 100, ...cursor } }));
  return all.map(({ id }) => id);
};

const createdIn = (outcomes: [string, string][]) => outcomes.filter(([, outcome]) => outcome === 'created').length;

describe('a repeated call', () => {
  // Of 160 addresses, the first transaction reserves their mails, and the other six write parts, at most four at a time.
  test.each(
    [1, 2, 3, 5, 6, 7].flatMap((nth) => [
      { nth, when: 'before' as const },
      { nth, when: 'after' as const },
    ]),
  )('goes on where the first one died, $when transaction $nth, and invites nobody twice', async ({ nth, when }) => {
    const organization = await newOrganization(stack);
    const emails = manyEmails(160);
    // With exactly this quota, a second reservation would leave nothing for the rest.
    const given = { emails, key: 'k', quota: 160 };
    await expect(call(organization, { ...given, change: dyingAt(nth, when) })).rejects.toThrow('The process died');
    const first = await listedIds(organization);
    if (when === 'before') expect(first.length).toBeLessThan(160);

    const result = await call(organization, given);
    expect(outcomesOf(result)).toEqual(emails.map((email) => [email, 'created']));
    const ids = result.ok ? result.value.results.map((each) => each.invite?.id ?? '') : [];
    expect(new Set(ids)).toEqual(new Set(await listedIds(organization)));
    expect(ids).toEqual(expect.arrayContaining(first));
    expect(await askedToday(organization)).toBe(160);
    expect(await call(organization, given)).toEqual(result);
  });

  test('goes on on the next day with the quota of that day', async () => {
    const organization = await newOrganization(stack);
    const emails = manyEmails(40);
    const given = { emails, key: 'k', quota: 40 };
    const change = dyingAt(1, 'after');
    await expect(call(organization, { ...given, change })).rejects.toThrow('The process died');
    stack.advanceClock(13 * hour);
    expect(createdIn(outcomesOf(await call(organization, given)))).toBe(40);
    expect(await askedToday(organization)).toBe(40);
    stack.advanceClock(11 * hour);
  });

  test('that an earlier version began is continued: its parts are replayed, and their mails are not reserved again', async () => {
    const organization = await newOrganization(stack);
    const emails = manyEmails(100);
    // That version wrote one part after the other and took the mails of each in its own transaction, as a call with one part does.
    const { table } = servicesOf(organization.id);
    for (const part of [undefined, 'addresses-30']) {
      const some = part === undefined ? emails.slice(0, 30) : emails.slice(30, 60);
      outcomesOf(await call(organization, { emails: some, key: `part ${part}` }));
      const remembered = await table.get(keys.answer(organization.id, `part ${part}`));
      const key = keys.answer(organization.id, 'k', part);
      await table.transact([put({ ...remembered, ...key, bodyHash: JSON.stringify(emails) })]);
    }
    const first = await listedIds(organization);
    const result = await call(organization, { emails, key: 'k', quota: 100 });
    expect(outcomesOf(result)).toEqual(emails.map((email) => [email, 'created']));
    expect(await listedIds(organization)).toHaveLength(100);
    expect(result.ok && result.value.results.slice(0, 60).map((each) => each.invite?.id)).toEqual(first.toReversed());
    expect(await askedToday(organization)).toBe(100);
  });

  test('with another body is refused, even if only the reservation of the first call exists', async () => {
    const organization = await newOrganization(stack);
    const change = dyingAt(1, 'after');
    await expect(call(organization, { emails: manyEmails(40), key: 'k', change })).rejects.toThrow('The process died');
    expect(await call(organization, { emails: manyEmails(40), key: 'k' })).toMatchObject({
      ok: false,
      error: { code: 'idempotency_key_reused' },
    });
  });
});

describe('the quota of a day', () => {
  test('goes to the first addresses that can be invited, over all parts', async () => {
    const organization = await newOrganization(stack);
    const emails = manyEmails(100);
    const outcomes = outcomesOf(await call(organization, { emails, quota: 70 }));
    expect(outcomes.map(([, outcome]) => outcome)).toEqual([
      ...Array<string>(70).fill('created'),
      ...Array<string>(30).fill('over_quota'),
    ]);
    expect(await askedToday(organization)).toBe(70);
  });

  test.each([{ key: 'k' }, { key: undefined }])(
    'gets back what a call has reserved and not used (Idempotency-Key: $key)',
    async ({ key }) => {
      const organization = await newOrganization(stack);
      const emails = manyEmails(70);
      const taken = [emails[3] ?? '', emails[40] ?? ''];
      const change = meanwhile(() => call(organization, { emails: taken }));
      const given = { emails, quota: 72, ...(key !== undefined && { key }) };
      const first = await call(organization, { ...given, change });
      expect(outcomesOf(first)).toEqual(
        emails.map((email) => [email, taken.includes(email) ? 'already_invited' : 'created']),
      );
      expect(await askedToday(organization)).toBe(70);
      if (key === undefined) return;
      expect(await call(organization, given)).toEqual(first);
      expect(await askedToday(organization)).toBe(70);
    },
  );

  test('does not get back the mails of a part of which nobody knows whether it was written', async () => {
    const organization = await newOrganization(stack);
    let transactions = 0;
    let tellLoss = (): void => undefined;
    const loss = new Promise<void>((resolve) => (tellLoss = resolve));
    const losingAnswer = (table: Table): Table => ({
      ...table,
      transact: async (writes) => {
        transactions += 1;
        const number = transactions;
        // Later parts wait, so that not all of them can be written before the call notices the loss.
        if (number > 4) await loss;
        const result = await table.transact(writes);
        if (number !== 2) return result;
        tellLoss();
        throw new Unavailable('The table');
      },
    });
    const emails = manyEmails(200);
    await expect(call(organization, { emails, change: losingAnswer })).rejects.toThrow(Unavailable);
    const invited = (await listedIds(organization)).length;
    expect(invited).toBeLessThan(200);
    expect(await askedToday(organization)).toBe(invited);
  });

  test('gets back the mails of parts that were not written, because the caller lost the right', async () => {
    const organization = await newOrganization(stack);
    const other = await newMember(stack, organization, [{ role: 'organization_manager' }]);
    outcomesOf(await call({ ...organization, manager: other }, { emails: manyEmails(1) }));
    const body = { roles: asMember };
    const demote = () =>
      organization.manager.client.changeRoles({ params: { ...organization.params, userId: other.userId }, body });
    const emails = manyEmails(200);
    const result = await call({ ...organization, manager: other }, { emails, change: beforeWrite(4, demote, asItIs) });
    expect(result).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    const invited = (await listedIds(organization)).length;
    expect(invited).toBeLessThan(200);
    expect(await askedToday(organization)).toBe(invited);
  });
});

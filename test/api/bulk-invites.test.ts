import { beforeAll, describe, expect, test } from 'vitest';
import type { Table } from '../../shared/table/table.ts';
import { asMember, askedToday, call, manyEmails, outcomesOf } from '../support/inviting.ts';
import {
  inviteByMail,
  invitedMember,
  newEmail,
  newMember,
  newOrganization,
  newPool,
  refusal,
  take,
  wrongFields,
  type TestOrganization,
} from '../support/organization.ts';
import { useStack } from '../support/stack.ts';
import { changesOf, everyItem } from '../support/table-items.ts';

const stack = useStack();
const second = 1_000;
const hour = 60 * 60 * second;
const day = 24 * hour;

// Noon, so that no test meets the end of the day's quota by chance.
beforeAll(() => stack.advanceClock(day + 12 * hour - (stack.now() % day)));

const invite = ({ params, manager }: TestOrganization, emails: string[], idempotencyKey?: string) =>
  manager.client.inviteUsers(
    { params, body: { emails, roles: asMember } },
    idempotencyKey === undefined ? {} : { idempotencyKey },
  );

/** An address at which a mail bounced, whose invite is gone. */
const suppressedAddress = async (organization: TestOrganization): Promise<string> => {
  const email = `bounce+${newEmail().split('@')[0]}@simulator.amazonses.com`;
  const { inviteId } = await inviteByMail(stack, organization, email);
  const params = { ...organization.params, inviteId };
  take(await organization.manager.client.revokeInvite({ params }));
  return email;
};

/** One of each kind of address that a day's quota of five has room for, and what it comes to. */
const oneOfEach = async (organization: TestOrganization): Promise<[string, string, string][]> => {
  const [pending, bounced] = [newEmail(), await suppressedAddress(organization)];
  await inviteByMail(stack, organization, pending);
  const { email: present } = await invitedMember(stack, organization);
  const [one, two, over] = manyEmails(3);
  return [
    [one ?? '', one ?? '', 'created'],
    [present.toUpperCase(), present, 'already_member'],
    [` ${pending}`, pending, 'already_invited'],
    [one?.toUpperCase() ?? '', one ?? '', 'duplicate'],
    ['nobody', 'nobody', 'invalid_email'],
    [bounced, bounced, 'suppressed'],
    [two ?? '', two ?? '', 'created'],
    [over ?? '', over ?? '', 'over_quota'],
    [over ?? '', over ?? '', 'duplicate'],
  ];
};

describe('inviting many', () => {
  test('has every outcome there is, one for each given address, in the order given', async () => {
    const organization = await newOrganization(stack);
    const expected = await oneOfEach(organization);
    const emails = expected.map(([given]) => given);
    const outcomes = outcomesOf(await call(organization, { emails, quota: 5 }));
    expect(outcomes).toEqual(expected.map(([, email, outcome]) => [email, outcome]));
    const { items } = take(await organization.manager.client.listInvites({ params: organization.params }));
    expect(items.filter(({ delivery }) => delivery === 'queued').map(({ email }) => email)).toHaveLength(2);
  });

  test('invites every good address, whatever the bad ones between them', async () => {
    const organization = await newOrganization(stack);
    const good = manyEmails(65, 'good');
    const bad = [
      '',
      ' ',
      'nobody',
      'a@b@c.example',
      'ada@example.com\r\nBcc: eve@example.com',
      'ada@example.com, eve@example.com',
      '"ada"@example.com',
      'm\u0131ke@example.com',
      'ada\0@example.com',
      '😀@example.com',
      `${'x'.repeat(988)}@example.com`,
    ];
    const emails = good.flatMap((email, index) => [bad[index % bad.length] ?? '', email]);
    const { results, summary } = take(await invite(organization, emails));
    expect(summary).toEqual({ created: 65, invalid_email: 65 });
    expect(results.map(({ email }) => email)).toEqual(emails);
    expect(results.filter(({ outcome }) => outcome === 'created').map((result) => result.invite?.email)).toEqual(good);
  });

  test('names the text that is no text, and invites nobody', async () => {
    const organization = await newOrganization(stack);
    const reply = await invite(organization, [newEmail(), 'ada\ud83d@example.com', 'x'.repeat(1_001)]);
    expect(refusal(reply)).toBe('400 invalid_request');
    expect(wrongFields(reply).map((each) => each.split(' ')[0])).toEqual(['/emails/2']);
    expect(refusal(await invite(organization, [newEmail(), 'ada\ud83d@example.com']))).toBe('400 invalid_request');
    expect(take(await organization.manager.client.listInvites({ params: organization.params })).items).toEqual([]);
  });
});

describe('an address that is invited', () => {
  const [local] = newEmail('Ada').split('@');

  test.each([
    { what: 'in capitals', given: `${local?.toUpperCase()}@EXAMPLE.COM`, email: `${local?.toLowerCase()}@example.com` },
    { what: 'with spaces around it', given: ` \t${local}@x.example `, email: `${local?.toLowerCase()}@x.example` },
    { what: 'with a plus tag', given: `${local}+Tag@x.example`, email: `${local?.toLowerCase()}+tag@x.example` },
    { what: 'with dots', given: `a.b.${local}@x.example`, email: `a.b.${local?.toLowerCase()}@x.example` },
    {
      what: 'at a domain of other letters',
      given: `${local}@BÜcher.example`,
      email: `${local?.toLowerCase()}@xn--bcher-kva.example`,
    },
    {
      what: 'at a domain in punycode',
      given: `b${local}@xn--bcher-kva.example`,
      email: `b${local?.toLowerCase()}@xn--bcher-kva.example`,
    },
  ])('$what has one form, gets its mail there, and is that person', async ({ given, email }) => {
    const organization = await newOrganization(stack);
    const { results } = take(await invite(organization, [given, email]));
    expect(results.map((result) => [result.email, result.outcome])).toEqual([
      [email, 'created'],
      [email, 'duplicate'],
    ]);
    expect(await stack.mailsTo(email)).toHaveLength(1);
    expect(take(await invite(organization, [given])).summary).toEqual({ already_invited: 1 });
  });

  test.each([
    { what: 'two at signs', given: 'ada@king@example.com' },
    { what: 'a comma', given: 'ada,king@example.com' },
    { what: 'two addresses', given: 'ada@example.com,eve@example.com' },
    { what: 'a line end', given: 'ada\r\nBcc: eve@example.com' },
    { what: 'a line end after it', given: 'ada@example.com\r\nBcc: eve@example.com' },
    { what: 'quotes', given: '"ada king"@example.com' },
    { what: 'a name', given: 'Ada <ada@example.com>' },
    { what: '255 characters', given: `${'x'.repeat(63)}@${Array(12).fill('x'.repeat(15)).join('.')}` },
    { what: 'a dotless i', given: 'm\u0131ke@x.com' },
    { what: 'the Kelvin sign', given: '\u212aate@x.com' },
    { what: 'a Cyrillic letter', given: '\u0430da@x.com' },
  ])('of $what is refused as it was given, and nobody is told', async ({ given }) => {
    const organization = await newOrganization(stack);
    const { results, summary } = take(await invite(organization, [given]));
    expect(results).toEqual([{ email: given, outcome: 'invalid_email' }]);
    expect(summary).toEqual({ invalid_email: 1 });
    expect(take(await organization.manager.client.listInvites({ params: organization.params })).items).toEqual([]);
  });
});

describe('invitees with roles of their own', () => {
  test('get these roles, and the others the common ones, in every transaction and its audit event', async () => {
    const organization = await newOrganization(stack);
    const { params, manager, rootPoolId } = organization;
    const web = await newPool(organization, 'Web', rootPoolId);
    const engineer = [{ role: 'engineer' as const, poolId: web }];
    const emails = manyEmails(31);
    // The first and the last are in different transactions.
    const own = new Set([emails[0], emails[30]]);
    const invitees = [
      ...emails.map((email) => ({ email, ...(own.has(email) && { roles: engineer }) })),
      { email: emails[1]?.toUpperCase() ?? '', roles: engineer },
    ];
    const body = { invitees, roles: asMember };
    const forecast = take(await manager.client.inviteUsers({ params, body: { ...body, dryRun: true } }));
    expect(forecast.summary).toEqual({ created: 31, duplicate: 1 });
    const key = { idempotencyKey: 'roles' };
    const first = take(await manager.client.inviteUsers({ params, body }, key));
    expect(first.summary).toEqual(forecast.summary);
    const rolesOf = ({ email }: { email: string }) => (own.has(email) ? 'engineer' : 'member');
    const made = first.results.flatMap(({ invite: each }) => each ?? []);
    expect(made.map(({ roles }) => roles.map(({ role }) => role))).toEqual(made.map((each) => [rolesOf(each)]));
    expect(take(await manager.client.inviteUsers({ params, body }, key)).results.map((each) => each.invite)).toEqual(
      first.results.map((each) => each.invite),
    );

    const { items } = take(await manager.client.listAuditEvents({ params }));
    const events = items.filter(({ action }) => action === 'invites_created');
    expect(events.map(({ targets, details }) => [targets.length, details])).toEqual(
      [made.slice(30), made.slice(0, 30)].map((part) => [
        part.length,
        { roles: { [part.find(({ email }) => own.has(email))?.id ?? '']: [`engineer@${web}`] } },
      ]),
    );
    expect(events.map(({ names }) => names[web])).toEqual(['Web', 'Web']);
  });

  test('are refused together if one role names a pool that does not exist', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const nowhere = [{ role: 'manager' as const, poolId: 'pool_nowhere' }];
    const invitees = [{ email: newEmail() }, { email: newEmail(), roles: [...asMember, ...nowhere] }];
    const reply = await manager.client.inviteUsers({ params, body: { invitees, roles: nowhere } });
    expect(refusal(reply)).toBe('422 unknown_pool');
    expect(wrongFields(reply)).toEqual(['/roles/0/poolId unknown_pool', '/invitees/1/roles/1/poolId unknown_pool']);
    expect(take(await manager.client.listInvites({ params })).items).toEqual([]);
  });
});

describe('a dry run', () => {
  test('says of every address what inviting it then comes to, over several transactions and the end of the quota, and writes nothing', async () => {
    const organization = await newOrganization(stack);
    const [some, member, pending, bounced] = [
      manyEmails(50),
      (await newMember(stack, organization)).email,
      newEmail(),
      await suppressedAddress(organization),
    ];
    await inviteByMail(stack, organization, pending);
    const others = [member, 'x', pending, bounced, some[0] ?? '', some[40] ?? ''];
    const emails = some.flatMap((email, index) => [email, others[index % others.length] ?? '']);
    const quota = (await askedToday(organization)) + 41;

    const before = await everyItem(stack);
    const promised = await call(organization, { emails, quota, dryRun: true });
    expect(changesOf(before, await everyItem(stack))).toEqual([]);
    const done = await call(organization, { emails, quota });
    expect(outcomesOf(promised)).toEqual(outcomesOf(done));
    expect(promised.ok && done.ok && promised.value.summary).toEqual(done.ok && done.value.summary);
    const kinds = new Set(outcomesOf(done).map(([, outcome]) => outcome));
    expect(kinds.size).toBe(7);
    expect(outcomesOf(done).filter(([, outcome]) => outcome === 'created')).toHaveLength(41);
    // The same code, so not even the second time differs.
    const again = { emails, quota: quota + 5 };
    expect(outcomesOf(await call(organization, { ...again, dryRun: true }))).toEqual(
      outcomesOf(await call(organization, again)),
    );
  });

  test('leaves its Idempotency-Key to the call that follows', async () => {
    const organization = await newOrganization(stack);
    const emails = manyEmails(2);
    outcomesOf(await call(organization, { emails, key: 'k', dryRun: true }));
    const first = await call(organization, { emails, key: 'k' });
    expect(first).toMatchObject({ ok: true, value: { summary: { created: 2 } } });
  });
});

describe('a repeated call', () => {
  test('says of an address over the quota what it said before, even when there is room again', async () => {
    const organization = await newOrganization(stack);
    const emails = manyEmails(3);
    const first = outcomesOf(await call(organization, { emails, key: 'k', quota: 2 }));
    expect(first.map(([, outcome]) => outcome)).toEqual(['created', 'created', 'over_quota']);
    expect(outcomesOf(await call(organization, { emails, key: 'k', quota: 9 }))).toEqual(first);
    expect(await askedToday(organization)).toBe(2);
  });
});

test.each([
  { number: 1, transactions: 1 },
  { number: 30, transactions: 1 },
  // From here on, one more transaction reserves the mails.
  { number: 31, transactions: 3 },
  { number: 100, transactions: 5 },
])('$number addresses take $transactions transactions, of at most 100 items each', async ({ number, transactions }) => {
  const organization = await newOrganization(stack);
  const emails = manyEmails(number);
  const sizes: number[] = [];
  const counting = (table: Table): Table => ({
    ...table,
    transact: (writes) => {
      sizes.push(new Set(writes.map(({ key }) => `${key.pk} ${key.sk}`)).size);
      return table.transact(writes);
    },
  });
  outcomesOf(await call(organization, { emails, dryRun: true, change: counting }));
  expect(sizes).toEqual([]);
  const result = await call(organization, { emails, key: 'k', change: counting });
  expect(outcomesOf(result)).toEqual(emails.map((email) => [email, 'created']));
  expect(sizes).toHaveLength(transactions);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(100);

  // The same call again, which finds its answer, writes nothing.
  expect(await call(organization, { emails, key: 'k', change: counting })).toEqual(result);
  expect(sizes).toHaveLength(transactions);
});

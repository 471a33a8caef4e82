import { beforeAll, describe, expect, test } from 'vitest';
import type { RoleAssignment } from '../../shared/roles/role.ts';
import {
  inviteByMail,
  newEmail,
  newestToken,
  newMember,
  newOrganization,
  newPool,
  refusal,
  take,
  wrongFields,
  type TestOrganization,
} from '../support/organization.ts';
import { password, useStack } from '../support/stack.ts';
import { changesOf, everyItem } from '../support/table-items.ts';

const stack = useStack();
const second = 1_000;
const day = 24 * 60 * 60 * second;

// The tests begin at noon, so that the daily limits are not reset while a test runs.
beforeAll(() => stack.advanceClock(day + day / 2 - (stack.now() % day)));

let organization: TestOrganization;
let web: string;
beforeAll(async () => {
  organization = await newOrganization(stack);
  web = await newPool(organization, 'Web', organization.rootPoolId);
});

interface Changes {
  roles?: RoleAssignment[];
  email?: string;
}

const patch = (inviteId: string, body: Changes, ifMatch?: string) =>
  organization.manager.client.updateInvite(
    { params: { ...organization.params, inviteId }, body },
    ifMatch === undefined ? {} : { ifMatch },
  );

const get = async (inviteId: string) =>
  take(await organization.manager.client.getInvite({ params: { ...organization.params, inviteId } }));

const accept = (token: string) => stack.anybody.acceptInvite({ body: { token, name: 'Ada', password } });

const inviteAgain = async (email: string): Promise<string | undefined> => {
  const body = { emails: [email], roles: [{ role: 'member' as const }] };
  const { results } = take(await organization.manager.client.inviteUsers({ params: organization.params, body }));
  return results[0]?.outcome;
};

const found = async (search: string): Promise<string[]> => {
  const { params, manager } = organization;
  return take(await manager.client.listInvites({ params, query: { search } })).items.map(({ id }) => id);
};

const auditOf = async (inviteId: string) => {
  const { params, manager } = organization;
  return take(await manager.client.listAuditEvents({ params, query: { targetId: inviteId } })).items.map(
    ({ action, actor, details }) => ({ action, by: actor?.id, details }),
  );
};

describe('changing the roles of a pending invite', () => {
  test('assigns the new roles to the person who accepts with the previous email, and sends no other email', async () => {
    const email = newEmail();
    const { inviteId, token } = await inviteByMail(stack, organization, email, [{ role: 'organization_manager' }]);
    const before = await get(inviteId);
    const roles = [{ role: 'engineer' as const, poolId: web }];
    const changed = take(await patch(inviteId, { roles }));
    expect(changed).toEqual({ ...before, roles: [{ ...roles[0], poolName: 'Web' }], version: before.version + 1 });
    expect(await get(inviteId)).toEqual(changed);
    expect(take(await stack.anybody.lookUpInvite({ body: { token } })).roles).toEqual([
      { role: 'engineer', poolName: 'Web' },
    ]);
    take(await accept(token));
    const ada = await stack.signIn(email);
    expect(take(await ada.client.getMyUser({ params: organization.params })).roles).toEqual(changed.roles);
    expect(await stack.mailsTo(email)).toHaveLength(2);
    expect((await stack.mailsTo(email)).map(({ subject }) => subject)[1]).toBe('Your account was created');
  });

  test('before its email is sent shows the new roles in that email', async () => {
    const { params, manager } = organization;
    const email = newEmail();
    const body = { emails: [email], roles: [{ role: 'organization_manager' as const }] };
    const { results } = take(await manager.client.inviteUsers({ params, body }));
    take(await patch(results[0]?.invite?.id ?? '', { roles: [{ role: 'engineer', poolId: web }] }));
    const mails = await stack.mailsTo(email);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.body.text).toContain('Engineer in Web');
    expect(mails[0]?.body.text).not.toContain('Organization manager');
  });

  test('is recorded with the roles before and after', async () => {
    const { inviteId } = await inviteByMail(stack, organization, newEmail());
    take(await patch(inviteId, { roles: [{ role: 'manager', poolId: web }, { role: 'member' }] }));
    expect((await auditOf(inviteId))[0]).toEqual({
      action: 'invite_changed',
      by: organization.manager.userId,
      details: { before: { roles: ['member'] }, after: { roles: [`manager@${web}`, 'member'] } },
    });
  });

  test('to a pool that does not exist is refused with its own code, and changes nothing', async () => {
    const { inviteId } = await inviteByMail(stack, organization, newEmail());
    const before = await get(inviteId);
    const elsewhere = (await newOrganization(stack)).rootPoolId;
    for (const poolId of ['pool_none', elsewhere]) {
      const reply = await patch(inviteId, { roles: [{ role: 'member' }, { role: 'engineer', poolId }] });
      expect(refusal(reply)).toBe('422 unknown_pool');
      expect(wrongFields(reply)).toEqual(['/roles/1/poolId unknown_pool']);
    }
    expect(await get(inviteId)).toEqual(before);
  });

  test('requires an organization manager', async () => {
    const { inviteId } = await inviteByMail(stack, organization, newEmail());
    const manager = await newMember(stack, organization, [{ role: 'manager', poolId: organization.rootPoolId }]);
    const call = { params: { ...organization.params, inviteId }, body: { roles: [{ role: 'member' as const }] } };
    expect(refusal(await manager.client.updateInvite(call))).toBe('403 forbidden');
    const other = await newOrganization(stack);
    expect(refusal(await other.manager.client.updateInvite({ ...call, params: { ...other.params, inviteId } }))).toBe(
      '404 invite_not_found',
    );
  });
});

describe('correcting the address of a pending invite', () => {
  test('invalidates the old link, sends a new one to the new address, frees the old address, and restarts the expiry', async () => {
    const [wrong, right] = [newEmail('wrong'), newEmail('right')];
    const { inviteId, token } = await inviteByMail(stack, organization, wrong);
    const before = await get(inviteId);
    stack.advanceClock(second);
    const changed = take(await patch(inviteId, { email: ` ${right.toUpperCase()} ` }));
    expect(changed).toMatchObject({ id: inviteId, email: right, status: 'pending', delivery: 'queued' });
    expect(changed.version).toBe(before.version + 1);
    expect(changed.expiresAt > before.expiresAt).toBe(true);
    expect(await get(inviteId)).toEqual(changed);

    for (const reply of [await accept(token), await stack.anybody.lookUpInvite({ body: { token } })])
      expect(refusal(reply)).toBe('410 invite_superseded');
    expect(await found(wrong)).toEqual([]);
    expect(await found(right)).toEqual([inviteId]);
    expect(await inviteAgain(right)).toBe('already_invited');
    expect(await inviteAgain(wrong)).toBe('created');

    const { email } = take(await accept(await newestToken(stack, right)));
    expect(email).toBe(right);
    expect((await get(inviteId)).sends).toBe(2);
    expect((await stack.mailsTo(wrong)).length).toBe(2);
  });

  test('before its email is sent sends none to the old address', async () => {
    const { params, manager } = organization;
    const [wrong, right] = [newEmail('wrong'), newEmail('right')];
    const body = { emails: [wrong], roles: [{ role: 'member' as const }] };
    const { results } = take(await manager.client.inviteUsers({ params, body }));
    take(await patch(results[0]?.invite?.id ?? '', { email: right }));
    expect(await stack.mailsTo(right)).toHaveLength(1);
    expect(await stack.mailsTo(wrong)).toEqual([]);
  });

  test('removes the invite from the person with the old address, and shows it to the person with the new one', async () => {
    const [wrong, right] = [await stack.newPerson(newEmail('wrong')), await stack.newPerson(newEmail('right'))];
    const { inviteId } = await inviteByMail(stack, organization, wrong.email);
    take(await patch(inviteId, { email: right.email }));
    expect(take(await wrong.client.listMyInvites({})).items).toEqual([]);
    const params = { ...organization.params, inviteId };
    expect(refusal(await wrong.client.acceptMyInvite({ params }))).toBe('404 invite_not_found');
    expect(take(await right.client.listMyInvites({})).items.map(({ id }) => id)).toEqual([inviteId]);
    take(await right.client.acceptMyInvite({ params }));
  });

  test('is recorded with the address before and after', async () => {
    const [wrong, right] = [newEmail('wrong'), newEmail('right')];
    const { inviteId } = await inviteByMail(stack, organization, wrong);
    take(await patch(inviteId, { email: right }));
    expect((await auditOf(inviteId))[0]).toEqual({
      action: 'invite_changed',
      by: organization.manager.userId,
      details: { before: { email: wrong }, after: { email: right } },
    });
  });

  test('together with its roles is one change, with one email', async () => {
    const right = newEmail('right');
    const { inviteId } = await inviteByMail(stack, organization, newEmail('wrong'));
    const roles = [{ role: 'manager' as const, poolId: web }];
    const changed = take(await patch(inviteId, { email: right, roles }));
    expect(changed).toMatchObject({ email: right, roles: [{ role: 'manager', poolName: 'Web' }], version: 2 });
    expect(await get(inviteId)).toEqual(changed);
    const [mail, ...others] = await stack.mailsTo(right);
    expect(mail?.body.text).toContain('Manager in Web');
    expect(others).toEqual([]);
    const changes = (await auditOf(inviteId)).filter(({ action }) => action === 'invite_changed');
    expect(changes.map(({ details }) => Object.keys(details?.after ?? {}).toSorted())).toEqual([['email', 'roles']]);
  });

  test('counts as a resend: five are allowed per day, and the sixth must wait until the next day', async () => {
    const { inviteId } = await inviteByMail(stack, organization, newEmail());
    for (let time = 1; time <= 5; time += 1) take(await patch(inviteId, { email: newEmail(`try-${time}`) }));
    const refused = await patch(inviteId, { email: newEmail() });
    expect(refusal(refused)).toBe('429 too_soon');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(6 * 60 * 60);
    // A change that sends no email is not limited.
    take(await patch(inviteId, { roles: [{ role: 'engineer', poolId: web }] }));
    stack.advanceClock(day);
    take(await patch(inviteId, { email: newEmail() }));
  });

  test('can use the address of an invite that has expired', async () => {
    const [expired, address] = [newEmail(), newEmail('mine')];
    const { params, manager } = organization;
    const body = { emails: [expired], roles: [{ role: 'member' as const }], expiresInDays: 1 };
    const { results } = take(await manager.client.inviteUsers({ params, body }));
    const { inviteId } = await inviteByMail(stack, organization, address);
    stack.advanceClock(day + second);
    take(await patch(inviteId, { email: expired }));
    const old = { params: { ...params, inviteId: results[0]?.invite?.id ?? '' } };
    expect(refusal(await manager.client.resendInvite(old))).toBe('409 address_taken');
    expect(take(await accept(await newestToken(stack, expired))).email).toBe(expired);
  });
});

describe('an address that cannot be used', () => {
  const addresses: Record<string, string> = { invalid: 'nobody', 'look-alike': 'm\u0131ke@example.com' };
  beforeAll(async () => {
    addresses.member = (await newMember(stack, organization)).email;
    addresses.manager = organization.manager.email.toUpperCase();
    addresses.invited = newEmail('invited');
    await inviteByMail(stack, organization, addresses.invited);
    addresses.suppressed = `bounce+${newEmail().split('@')[0]}@simulator.amazonses.com`;
    const bounced = await inviteByMail(stack, organization, addresses.suppressed);
    const params = { ...organization.params, inviteId: bounced.inviteId };
    take(await organization.manager.client.revokeInvite({ params }));
  });

  test.each([
    { which: 'invalid', refused: '422 invalid_email' },
    { which: 'look-alike', refused: '422 invalid_email' },
    { which: 'member', refused: '409 already_member' },
    { which: 'manager', refused: '409 already_member' },
    { which: 'invited', refused: '409 already_invited' },
    { which: 'suppressed', refused: '422 address_suppressed' },
  ])('because it is $which is refused at /email, and nothing changes', async ({ which, refused }) => {
    const { inviteId, token } = await inviteByMail(stack, organization, newEmail());
    const before = await everyItem(stack);
    const reply = await patch(inviteId, { email: addresses[which] ?? '', roles: [{ role: 'engineer', poolId: web }] });
    expect(refusal(reply)).toBe(refused);
    expect(wrongFields(reply)).toEqual([`/email ${refused.split(' ')[1]}`]);
    expect(changesOf(before, await everyItem(stack))).toEqual([]);
    take(await stack.anybody.lookUpInvite({ body: { token } }));
  });
});

describe('a settled invite', () => {
  interface Sent {
    inviteId: string;
    token: string;
  }
  test.each([
    { status: 'accepted', settle: async ({ token }: Sent) => take(await accept(token)) },
    { status: 'declined', settle: ({ token }: Sent) => stack.anybody.declineInvite({ body: { token } }) },
    {
      status: 'revoked',
      settle: async ({ inviteId }: Sent) =>
        take(await organization.manager.client.revokeInvite({ params: { ...organization.params, inviteId } })),
    },
    { status: 'expired', settle: async () => stack.advanceClock(7 * day) },
  ])('that is $status cannot be changed', async ({ status, settle }) => {
    const invite = await inviteByMail(stack, organization, newEmail());
    await settle(invite);
    const before = await get(invite.inviteId);
    expect(before.status).toBe(status);
    for (const body of [{ roles: [{ role: 'engineer' as const, poolId: web }] }, { email: newEmail() }, {}])
      expect(refusal(await patch(invite.inviteId, body))).toBe('409 invite_settled');
    expect(await get(invite.inviteId)).toEqual(before);
  });
});

describe('the version of an invite', () => {
  test('must match If-Match, or the change is refused', async () => {
    const { inviteId } = await inviteByMail(stack, organization, newEmail());
    const roles = [{ role: 'engineer' as const, poolId: web }];
    expect(refusal(await patch(inviteId, { roles }, '"2"'))).toBe('412 stale_version');
    const reply = await patch(inviteId, { roles }, '"1"');
    expect(take(reply).version).toBe(2);
    expect(reply.headers.get('etag')).toMatch(/^"2-/);
    for (const body of [{ email: newEmail() }, {}])
      expect(refusal(await patch(inviteId, body, '"1"'))).toBe('412 stale_version');
    expect(take(await patch(inviteId, { email: newEmail() }, '"2"')).version).toBe(3);
  });
});

describe('a request that changes nothing', () => {
  test('writes nothing: the same roles in another order, the same address in other upper or lower case, or neither', async () => {
    const email = newEmail();
    const roles = [{ role: 'engineer' as const, poolId: web }, { role: 'member' as const }];
    const { inviteId } = await inviteByMail(stack, organization, email, roles);
    const [invite, before] = [await get(inviteId), await everyItem(stack)];
    for (const body of [
      { roles },
      { roles: roles.toReversed() },
      { email: ` ${email.toUpperCase()}` },
      { email, roles },
      {},
    ])
      expect(take(await patch(inviteId, body))).toEqual(invite);
    expect(changesOf(before, await everyItem(stack))).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { allowedDomainsMax } from '../../shared/limits.ts';
import {
  inviteByMail,
  insertMember,
  newEmail,
  newOrganization,
  refusal,
  take,
  wrongFields,
} from '../support/organization.ts';
import { password, useStack } from '../support/stack.ts';

const stack = useStack();

const roles = [{ role: 'member' as const }];
const outside = () => newEmail().replace('@example.com', '@elsewhere.example');

/** An organization that allows only the domain of its manager. */
const restricted = async () => {
  const organization = await newOrganization(stack);
  const restrict = async (allowedDomains = ['example.com']) =>
    take(
      await organization.manager.client.updateOrganization({ params: organization.params, body: { allowedDomains } }),
    );
  return { ...organization, restrict };
};

describe('the setting', () => {
  test('is off at first, is stored in one spelling, and is in the audit log', async () => {
    const { params, manager } = await newOrganization(stack);
    const { client } = manager;
    expect(take(await client.getOrganization({ params })).allowedDomains).toEqual([]);
    const allowedDomains = ['@Example.COM', 'bücher.example', 'xn--bcher-kva.example'];
    const stored = ['example.com', 'xn--bcher-kva.example'];
    expect(take(await client.updateOrganization({ params, body: { allowedDomains } }))).toMatchObject({
      allowedDomains: stored,
      version: 2,
    });
    const [event] = take(await client.listAuditEvents({ params })).items;
    expect(event).toMatchObject({
      action: 'settings_changed',
      details: { before: { allowedDomains: [] }, after: { allowedDomains: stored } },
    });
  });

  test('must include the domain of whoever changes it', async () => {
    const { params, manager } = await newOrganization(stack);
    const reply = await manager.client.updateOrganization({ params, body: { allowedDomains: ['example.org'] } });
    expect([refusal(reply), wrongFields(reply)]).toEqual([
      '422 domain_not_allowed',
      ['/allowedDomains domain_not_allowed'],
    ]);
  });

  test.each([
    ['no domain', ['not a domain']],
    ['an address', ['ada@example.com']],
    ['too many', Array.from({ length: allowedDomainsMax + 1 }, (_, index) => `example${index}.com`)],
  ])('is refused for %s', async (_, allowedDomains) => {
    const { params, manager } = await newOrganization(stack);
    expect(refusal(await manager.client.updateOrganization({ params, body: { allowedDomains } }))).toBe(
      '400 invalid_request',
    );
  });
});

describe('an address of another domain', () => {
  test('is not invited, also in a dry run and in a sub-domain, while the others are', async () => {
    const { params, manager, restrict } = await restricted();
    await restrict();
    const emails = [outside(), newEmail(), newEmail().replace('@', '@sub.')];
    for (const dryRun of [true, false]) {
      const { results } = take(await manager.client.inviteUsers({ params, body: { emails, roles, dryRun } }));
      expect(results.map(({ outcome }) => outcome)).toEqual(['domain_not_allowed', 'created', 'domain_not_allowed']);
    }
  });

  test('is refused as the corrected address of an invitation', async () => {
    const organization = await restricted();
    const { params, manager } = organization;
    const { inviteId } = await inviteByMail(stack, organization, newEmail());
    await organization.restrict();
    const reply = await manager.client.updateInvite({ params: { ...params, inviteId }, body: { email: outside() } });
    expect([refusal(reply), wrongFields(reply)]).toEqual(['422 domain_not_allowed', ['/email domain_not_allowed']]);
  });

  test('cannot join by a link or in My invitations, and learns why before it tries', async () => {
    const organization = await restricted();
    const { params, manager } = organization;
    const email = outside();
    const { token, inviteId } = await inviteByMail(stack, organization, email);
    await organization.restrict();
    expect(refusal(await stack.anybody.lookUpInvite({ body: { token } }))).toBe('422 domain_not_allowed');
    const accept = { body: { token, name: 'Ada', password } };
    expect(refusal(await stack.anybody.acceptInvite(accept))).toBe('422 domain_not_allowed');
    expect(refusal(await manager.client.resendInvite({ params: { ...params, inviteId } }))).toBe(
      '422 domain_not_allowed',
    );
    const { client } = await stack.newPerson(email);
    expect(take(await client.listMyInvites({})).items).toMatchObject([{ id: inviteId, refusal: 'domain_not_allowed' }]);
    expect(refusal(await client.acceptMyInvite({ params: { ...params, inviteId } }))).toBe('422 domain_not_allowed');

    await organization.restrict([]);
    expect(take(await client.listMyInvites({})).items[0]).not.toHaveProperty('refusal');
    expect(take(await client.acceptMyInvite({ params: { ...params, inviteId } }))).toMatchObject({ email });
  });

  test('gets no email of an invitation that was still waiting to be sent', async () => {
    const { params, manager, restrict } = await restricted();
    const email = outside();
    const { results } = take(await manager.client.inviteUsers({ params, body: { emails: [email], roles } }));
    await restrict();
    expect(await stack.mailsTo(email)).toEqual([]);
    const inviteId = results[0]?.invite?.id ?? '';
    expect(take(await manager.client.getInvite({ params: { ...params, inviteId } }))).toMatchObject({
      status: 'pending',
      delivery: 'failed',
      deliveryCode: 'domain_not_allowed',
    });
  });

  test('stays that of a user who has it already', async () => {
    const organization = await restricted();
    const { params } = organization;
    const { email, personId, client } = await stack.newPerson(outside());
    await insertMember(organization, roles, { email, personId, name: 'Ada' });
    await organization.restrict();
    expect(take(await client.getMyUser({ params })).email).toBe(email);
  });
});

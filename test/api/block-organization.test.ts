import { describe, expect, test } from 'vitest';
import {
  inviteByMail,
  newEmail,
  newestBlockToken,
  newOrganization,
  refusal,
  take,
  type TestOrganization,
} from '../support/organization.ts';
import { password, useStack } from '../support/stack.ts';

const stack = useStack();

/** An invite, the token of its link, and the token of the link for blocking. */
const invited = async (organization: TestOrganization, email = newEmail()) => {
  const { token, inviteId } = await inviteByMail(stack, organization, email);
  const blockToken = await newestBlockToken(stack, email);
  return { email, token, blockToken, inviteId, params: { ...organization.params, inviteId } };
};

const outcomeOf = async ({ params, manager }: TestOrganization, email: string) => {
  const body = { emails: [email], roles: [{ role: 'member' as const }] };
  return take(await manager.client.inviteUsers({ params, body })).results[0]?.outcome;
};

const block = (token: string) => stack.anybody.blockOrganization({ body: { token } });
const unblock = (token: string) => stack.anybody.unblockOrganization({ body: { token } });
const lookUp = (token: string) => stack.anybody.lookUpInvite({ body: { token } });

describe('a recipient who blocks an organization', () => {
  test('ends the invite, and the organization cannot invite the address until the recipient lifts the block', async () => {
    const organization = await newOrganization(stack, 'Spam & Co');
    const { client } = organization.manager;
    const { email, token, blockToken, params } = await invited(organization);
    const [asking, blocked] = [await lookUp(blockToken), (await block(blockToken), await lookUp(blockToken))];
    expect([refusal(asking), refusal(blocked)]).toEqual(['409 block_link', '409 organization_blocked']);
    expect(asking).toMatchObject({ problem: { detail: 'Spam & Co' } });

    expect(take(await client.getInvite({ params })).status).toBe('blocked');
    const ofStatus = { params: organization.params, query: { status: 'blocked' as const } };
    expect(take(await client.listInvites(ofStatus)).items.map(({ id }) => id)).toEqual([params.inviteId]);
    expect(refusal(await lookUp(token))).toBe('410 invite_blocked');
    expect(refusal(await stack.anybody.acceptInvite({ body: { token, password } }))).toBe('410 invite_blocked');
    expect(refusal(await client.resendInvite({ params }))).toBe('409 invite_settled');
    expect(await outcomeOf(organization, email)).toBe('blocked');
    const other = await invited(organization);
    const moving = client.updateInvite({ params: other.params, body: { email } });
    expect(refusal(await moving)).toBe('422 address_blocked');
    expect((await block(blockToken)).status).toBe(204);
    expect(await stack.mailsTo(email)).toHaveLength(1);

    expect((await unblock(blockToken)).status).toBe(204);
    expect(await outcomeOf(organization, email)).toBe('created');
    expect((await unblock(blockToken)).status).toBe(204);
    expect(await outcomeOf(organization, email)).toBe('already_invited');
  });

  test('blocks that organization only', async () => {
    const [one, two] = [await newOrganization(stack), await newOrganization(stack)];
    const { email, blockToken } = await invited(one);
    take(await block(blockToken));
    expect(await outcomeOf(two, email)).toBe('created');
  });

  test('requires the secret of the blocking link: the secret of the invite does not block, and the secret for blocking does not open the invite', async () => {
    const organization = await newOrganization(stack);
    const { token, blockToken, params } = await invited(organization);
    for (const reply of [await block(token), await unblock(token)]) expect(refusal(reply)).toBe('404 invite_not_found');
    const { acceptInvite, declineInvite, requestNewInvite } = stack.anybody;
    for (const use of [acceptInvite, declineInvite, requestNewInvite])
      expect(refusal(await use({ body: { token: blockToken } }))).toBe('404 invite_not_found');
    expect(take(await organization.manager.client.getInvite({ params })).status).toBe('pending');
  });

  test('cannot do so for another address to which the invite was moved', async () => {
    const organization = await newOrganization(stack);
    const { blockToken, params } = await invited(organization);
    take(await organization.manager.client.updateInvite({ params, body: { email: newEmail('right') } }));
    expect(refusal(await block(blockToken))).toBe('404 invite_not_found');
    expect(take(await organization.manager.client.getInvite({ params })).status).toBe('pending');
  });

  test('is asked to leave instead, if they are a user', async () => {
    const organization = await newOrganization(stack);
    const { token, blockToken } = await invited(organization);
    take(await stack.anybody.acceptInvite({ body: { token, name: 'Ada', password } }));
    expect(refusal(await block(blockToken))).toBe('409 already_member');
  });
});

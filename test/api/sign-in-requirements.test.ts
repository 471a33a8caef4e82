import { describe, expect, test } from 'vitest';
import { signInHoursMax } from '../../shared/limits.ts';
import { hour } from '../../shared/time.ts';
import { withAuthenticator } from '../support/authenticator.ts';
import { newMember, newOrganization, refusal, take, wrongFields } from '../support/organization.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();

describe('the longest time since the sign-in', () => {
  test('is not limited at first, and can be set and removed', async () => {
    const { params, manager } = await newOrganization(stack);
    const change = (hours: number | null) =>
      manager.client.updateOrganization({ params, body: { signInHoursMax: hours } });
    expect(take(await manager.client.getOrganization({ params }))).not.toHaveProperty('signInHoursMax');
    expect(take(await change(8))).toMatchObject({ signInHoursMax: 8, version: 2 });
    const [event] = take(await manager.client.listAuditEvents({ params })).items;
    expect(event).toMatchObject({ action: 'settings_changed', details: { after: { signInHoursMax: 8 } } });
    expect(take(await manager.client.updateOrganization({ params, body: { name: 'Acme' } })).signInHoursMax).toBe(8);
    expect(take(await change(null))).not.toHaveProperty('signInHoursMax');
    for (const hours of [0, signInHoursMax + 1, 1.5])
      expect(wrongFields(await change(hours))).toEqual([expect.stringContaining('/signInHoursMax')]);
  });

  test('refuses an older sign-in in this organization only, until the person signs in again', async () => {
    const [strict, other] = [await newOrganization(stack, 'Strict'), await newOrganization(stack, 'Other')];
    const { params, manager } = strict;
    const member = await newMember(stack, strict);
    const machine = await stack.machine();
    const body = { name: 'Pipeline', clientId: machine.personId, roles: [{ role: 'member' as const }] };
    take(await manager.client.createServiceAccount({ params, body }));
    take(await manager.client.updateOrganization({ params, body: { signInHoursMax: 2 } }));
    stack.advanceClock(1 * hour);
    expect(take(await member.client.listUsers({ params })).items).not.toEqual([]);
    stack.advanceClock(1 * hour);
    expect(refusal(await member.client.listUsers({ params }))).toBe('403 sign_in_too_old');
    expect(refusal(await manager.client.getOrganization({ params }))).toBe('403 sign_in_too_old');
    expect(take(await machine.client.listUsers({ params })).items).not.toEqual([]);
    expect(take(await member.client.listOrganizations({})).items).toMatchObject([{ id: strict.id }]);
    expect(take(await other.manager.client.listUsers({ params: other.params })).items).not.toEqual([]);
    const again = await stack.signIn(member.email);
    expect(take(await again.client.listUsers({ params })).items).not.toEqual([]);
  });

  test('reveals nothing to somebody who is not a user of the organization', async () => {
    const { params, manager } = await newOrganization(stack);
    take(await manager.client.updateOrganization({ params, body: { signInHoursMax: 1 } }));
    const { manager: outsider } = await newOrganization(stack);
    stack.advanceClock(2 * hour);
    expect(refusal(await outsider.client.listUsers({ params }))).toBe('404 organization_not_found');
  });
});

describe('a required second factor', () => {
  test('is required only by somebody who has one, and then refuses everybody who has none', async () => {
    const organization = await newOrganization(stack);
    const { params, manager } = organization;
    const member = await newMember(stack, organization);
    const machine = await stack.machine();
    const account = { name: 'Pipeline', clientId: machine.personId, roles: [{ role: 'member' as const }] };
    take(await manager.client.createServiceAccount({ params, body: account }));
    const body = { requireMfa: true };
    const early = await manager.client.updateOrganization({ params, body });
    expect([refusal(early), wrongFields(early)]).toEqual(['403 mfa_required', ['/requireMfa mfa_required']]);

    const { client } = await withAuthenticator(stack, manager);
    expect(take(await client.updateOrganization({ params, body }))).toMatchObject(body);
    expect(refusal(await member.client.listUsers({ params }))).toBe('403 mfa_required');
    expect(refusal(await manager.client.getOrganization({ params }))).toBe('403 mfa_required');
    expect(take(await machine.client.listUsers({ params })).items).not.toEqual([]);
    const again = await withAuthenticator(stack, member);
    expect(take(await again.client.listUsers({ params })).items).not.toEqual([]);
    take(await client.updateOrganization({ params, body: { requireMfa: false } }));
    expect(take(await member.client.listUsers({ params })).items).not.toEqual([]);
  });
});

import { expect, test } from 'vitest';
import { optionalKinds } from '../../shared/mail/notification-settings.ts';
import { newMember, newOrganization, refusal, take } from '../support/organization.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();

test('every kind of notice is on at first, and those about the person’s own access are fixed', async () => {
  const { manager } = await newOrganization(stack);
  const { kinds, version } = take(await manager.client.getNotifications({}));
  expect(version).toBe(1);
  expect(kinds.filter(({ fixed }) => fixed).map(({ kind }) => kind)).toEqual([
    'account_made',
    'roles_changed',
    'removed',
    'restored',
    'address_changed',
  ]);
  expect(kinds.every(({ enabled }) => enabled)).toBe(true);
  expect(kinds.filter(({ fixed }) => !fixed).map(({ kind }) => kind)).toEqual(
    expect.arrayContaining([...optionalKinds]),
  );
});

test('a kind that is turned off is not sent, in any organization, until it is turned on again', async () => {
  const [acme, other] = [await newOrganization(stack), await newOrganization(stack)];
  const { manager } = acme;
  const turn = (on: boolean) => manager.client.updateNotifications({ body: { kinds: { assets_taken_over: on } } });
  const remove = async () => {
    const { userId } = await newMember(stack, acme);
    const query = { successorId: manager.userId };
    take(await manager.client.removeUser({ params: { ...acme.params, userId }, query }));
    return (await stack.noticesTo(manager.email)).filter(({ subject }) => subject.includes('took over'));
  };
  const off = take(await turn(false));
  expect(off).toMatchObject({ version: 2 });
  expect(off.kinds).toContainEqual({ kind: 'assets_taken_over', enabled: false, fixed: false });
  expect(take(await manager.client.getNotifications({}))).toEqual(off);
  expect(await remove()).toHaveLength(0);
  expect(take(await turn(true))).toMatchObject({ version: 3 });
  expect(await remove()).toHaveLength(1);
  const others = take(await other.manager.client.getNotifications({}));
  expect(others.kinds.every(({ enabled }) => enabled)).toBe(true);
});

test('a change with an outdated ETag is refused, and one that changes nothing keeps the version', async () => {
  const { manager } = await newOrganization(stack);
  const body = { kinds: { address_conflict: false } };
  take(await manager.client.updateNotifications({ body }, { ifMatch: '"1"' }));
  expect(refusal(await manager.client.updateNotifications({ body }, { ifMatch: '"1"' }))).toBe('412 stale_version');
  expect(take(await manager.client.updateNotifications({ body })).version).toBe(2);
});

test('a fixed kind cannot be turned off', async () => {
  const { manager } = await newOrganization(stack);
  const body = { kinds: { removed: false } };
  expect(refusal(await manager.client.updateNotifications({ body } as never))).toBe('400 invalid_request');
});

test('a machine has no notification settings', async () => {
  const machine = await stack.machine();
  expect(refusal(await machine.client.getNotifications({}))).toBe('403 forbidden');
});

import { describe, expect, test } from 'vitest';
import { getOrganization } from '../../shared/organizations/get-organization.ts';
import type { Services, WorkServices } from '../../shared/ports.ts';
import type { Result } from '../../shared/result.ts';
import { parseAuditEvent, type AuditEvent } from '../../shared/audit/audit-event.ts';
import { keys, partitions } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import { put, update } from '../../shared/table/write.ts';
import type { User } from '../../shared/users/user.ts';
import { recordingGuards, withoutGuard, type ItemNames } from './guard-names.ts';
import { allServicesOf, callerOf, servicesOf } from './operations.ts';
import { asItIs, beforeWrite, meanwhile, type Change } from './races.ts';

/** A place in which an operation succeeds, made afresh for each play. */
export interface Scene {
  organizationId: string;
  /** Who acts, if it is a member. */
  actor?: User;
  /** Gets the services of a request and of the worker, whichever the operation needs. */
  run: (services: Services & WorkServices) => Promise<Result<unknown>>;
  /** Tells apart items of one kind whose guards would otherwise have one name. */
  names?: ItemNames;
}

/** One guard of an operation's write, and how the harm that it prevents is provoked. */
export interface GuardRow<S extends Scene> {
  /** The harm without the guard, for the table of guards: `two users get the same address`. */
  harm: string;
  /** Happens once the operation has read, and before its first write. */
  meanwhile(scene: S): Promise<unknown>;
  /** Whether the harm has come about. */
  harmed(scene: S, result: Result<unknown>): Promise<boolean> | boolean;
  /** Another scene than the operation's own. */
  scene?(): Promise<S>;
}

/** Every guard of an operation, by its name: see `guardName`. A guard that prevents several harms has a row for each. */
export interface GuardedOperation<S extends Scene = Scene> {
  operation: string;
  scene(): Promise<S>;
  /** Of several writes, the one whose guards these are, counted from 1: what happens, happens right before it. */
  write?: number;
  guards: Record<string, GuardRow<S> | GuardRow<S>[]>;
}

/** The rows of an operation, each with the name of its guard. */
export const guardRows = ({ guards }: GuardedOperation): [string, GuardRow<Scene>][] =>
  Object.entries(guards).flatMap(([name, rows]) => [rows].flat().map((row): [string, GuardRow<Scene>] => [name, row]));

export const guarded = <S extends Scene>(operation: GuardedOperation<S>): GuardedOperation<S> => operation;

/** What every write of a member is guarded by: the actor is still the same member. */
export const sameMember = {
  harm: 'somebody who was removed and joined again acts as the user they were before',
  meanwhile: async ({ organizationId, actor }) => {
    const key = keys.membership(organizationId, actor?.personId ?? '');
    const membership = await tableOf(organizationId).get(key);
    await tableOf(organizationId).transact([put({ ...membership, ...key, userId: 'usr_joined_again' })]);
  },
  harmed: async ({ organizationId, actor }, result) =>
    result.ok && (await newestEvent(organizationId))?.actorId === actor?.id,
} satisfies GuardRow<Scene>;

/** What every privileged write is guarded by: the actor is still the same member, and still holds the assignment that allows it. */
export const rightGuards = {
  'membership: assignments include': {
    harm: 'somebody acts by a right that they have just lost',
    meanwhile: ({ organizationId, actor }) =>
      tableOf(organizationId).transact([
        update(keys.membership(organizationId, actor?.personId ?? ''), { set: { assignments: ['member'] } }),
        update(keys.user(organizationId, actor?.id ?? ''), { set: { assignments: ['member'] }, add: { version: 1 } }),
      ]),
    harmed: (_scene, result) => result.ok,
  },
  'membership: userId =': sameMember,
} satisfies Record<string, GuardRow<Scene>>;

/** The day's first request of a member writes: what is to happen before the operation's own write would happen before that one. */
const markSeenToday = async ({ organizationId, actor }: Scene): Promise<void> => {
  if (!actor) return;
  const input = { params: { organizationId }, query: {}, body: undefined };
  expect(await getOrganization(servicesOf(organizationId))(callerOf(actor), input)).toMatchObject({ ok: true });
};

/** The newest audit event of an organization. */
export const newestEvent = async (organizationId: string): Promise<AuditEvent | undefined> => {
  const page = await tableOf(organizationId).query({
    pk: partitions.audit(organizationId),
    descending: true,
    limit: 1,
  });
  return page.items.map(parseAuditEvent)[0];
};

export const tableOf = (organizationId: string): Table => servicesOf(organizationId).table;

/**
 * Shows that each guard of an operation is there, and that nothing else prevents its harm: played with the guard the harm does
 * not come about, played without it, and only it, the harm does. Fails on a guard that the operation's writes carry and that
 * has no row, and on a row without a guard.
 */
export const proveGuards = (guardedOperation: GuardedOperation): void => {
  const { operation, write, guards } = guardedOperation;
  const carried = new Set<string>();

  const play = async (row: GuardRow<Scene>, removal: (names?: ItemNames) => Change): Promise<boolean> => {
    const scene = await (row.scene?.() ?? guardedOperation.scene());
    await markSeenToday(scene);
    const record = recordingGuards(carried, scene.names);
    const change: Change = (table) => record(removal(scene.names)(table));
    const happens = () => row.meanwhile(scene);
    const services = allServicesOf(
      scene.organizationId,
      write === undefined ? meanwhile(happens, change) : beforeWrite(write, happens, change),
    );
    return row.harmed(scene, await scene.run(services));
  };

  describe(operation, () => {
    for (const [name, row] of guardRows(guardedOperation))
      test(`${name}: without it, ${row.harm}`, async () => {
        expect(await play(row, () => asItIs), 'with the guard').toBe(false);
        expect(await play(row, (names) => withoutGuard(name, names)), 'without the guard').toBe(true);
      });

    test('carries these guards and no others', () => {
      expect([...carried].toSorted()).toEqual(Object.keys(guards).toSorted());
    });
  });
};

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

/** A planted organization and an operation that succeeds in it. Each run of the operation gets a new scene. */
export interface Scene {
  organizationId: string;
  /** The actor, if it is a member. */
  actor?: User;
  /** Runs the operation. The services include those of a request and those of the worker, because operations need one or the other. */
  run: (services: Services & WorkServices) => Promise<Result<unknown>>;
  /** Names that distinguish items of one kind, whose guards would otherwise have the same name. */
  names?: ItemNames;
}

/** How to provoke the harm that one guard of an operation's write prevents. */
export interface GuardRow<S extends Scene> {
  /** The harm that occurs without the guard, for the table of guards: `two users get the same address`. */
  harm: string;
  /** The concurrent change. It happens after the operation has read and before its first write (or before `write`, if given). */
  meanwhile(scene: S): Promise<unknown>;
  /** Whether the harm has occurred. */
  harmed(scene: S, result: Result<unknown>): Promise<boolean> | boolean;
  /** The scene for this row, if it differs from the operation's own. */
  scene?(): Promise<S>;
}

/** All guards of an operation, by name (see `guardName`). A guard that prevents several harms has a row for each of them. */
export interface GuardedOperation<S extends Scene = Scene> {
  operation: string;
  scene(): Promise<S>;
  /** If the operation writes several times: the write that has these guards, counted from 1. The concurrent change precedes it. */
  write?: number;
  guards: Record<string, GuardRow<S> | GuardRow<S>[]>;
}

/** The rows of an operation, each with the name of its guard. */
export const guardRows = ({ guards }: GuardedOperation): [string, GuardRow<Scene>][] =>
  Object.entries(guards).flatMap(([name, rows]) => [rows].flat().map((row): [string, GuardRow<Scene>] => [name, row]));

export const guarded = <S extends Scene>(operation: GuardedOperation<S>): GuardedOperation<S> => operation;

/** The guard of every write by a member: the actor is still the same member. */
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

/** The guards of every privileged write: the actor is still the same member and still has the role assignment that allows it. */
export const rightGuards = {
  'membership: assignments include': {
    harm: 'somebody acts on a right that they have just lost',
    meanwhile: ({ organizationId, actor }) =>
      tableOf(organizationId).transact([
        update(keys.membership(organizationId, actor?.personId ?? ''), { set: { assignments: ['member'] } }),
        update(keys.user(organizationId, actor?.id ?? ''), { set: { assignments: ['member'] }, add: { version: 1 } }),
      ]),
    harmed: (_scene, result) => result.ok,
  },
  'membership: userId =': sameMember,
} satisfies Record<string, GuardRow<Scene>>;

/**
 * Makes the actor's first request of the day, which writes `lastSeenAt`. Otherwise the concurrent change would precede that write
 * instead of the operation's own.
 */
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
 * Proves that each guard of an operation is present and necessary: with the guard the harm does not occur, and with only that
 * guard removed it does. Fails if the operation's writes carry a guard without a row, or if a row names a guard that they lack.
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

    test('has exactly the guards of these rows', () => {
      expect([...carried].toSorted()).toEqual(Object.keys(guards).toSorted());
    });
  });
};

import { AdminCreateUserCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { isDeepStrictEqual } from 'node:util';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readEnvironment } from '../../functions/adapters/environment.ts';
import { requestServices, workServices } from '../../functions/adapters/services.ts';
import { lambda } from '../../functions/http/lambda.ts';
import { logger } from '../../functions/http/log.ts';
import { localAws } from '../../infra/local/table.ts';
import { followUp } from '../../shared/handover/follow-up.ts';
import { removeUser } from '../../shared/handover/remove-user.ts';
import { restoreUser } from '../../shared/handover/restore-user.ts';
import { inviteUsers } from '../../shared/invites/invite-users.ts';
import type { Services } from '../../shared/ports.ts';
import { keys } from '../../shared/table/keys.ts';
import { erase, put, type Item } from '../../shared/table/write.ts';
import { compareUtf8 } from '../../shared/text.ts';
import { userRoutes } from '../../shared/users/user-routes.ts';
import type { User } from '../../shared/users/user.ts';
import { clockAt } from '../support/clock.ts';
import { Died, disturbable, faultsOf, lasting, passing, type Disturbable, type Fault } from '../support/faults.ts';
import { callerOf, servicesOf } from '../support/operations.ts';
import { aManager, aUser, plantOrganization, type PlantedOrganization } from '../support/planted.ts';
import { useStack } from '../support/stack.ts';
import { stopStream } from '../support/stream.ts';
import { everyItem } from '../support/table-items.ts';
import { unlimitedBuckets } from '../support/unlimited-buckets.ts';

/**
 * Every call to DynamoDB and Cognito that a removal, a restore and what the worker does after them make is listed here. Each
 * meets each fault; the state is then the one before or the one after, item by item, and the same call again ends well.
 */
// Between the tries of a transaction that always meets others: no pause is as short as any other.
beforeAll(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
afterAll(() => vi.restoreAllMocks());

const stack = useStack();

beforeAll(() => stopStream(stack));

// Nobody reads of hundreds of faults that were made.
logger.setLogLevel('SILENT');

/** Same ids and times in every run, so that the items of two runs can be compared. */
const now = '2026-11-23T12:00:00.000Z';
const clock = clockAt(() => now);
const countedIds = (of: string) => {
  let count = 0;
  return { next: (kind: string) => `${kind}_${of}_${(count += 1)}` };
};

interface World {
  organization: PlantedOrganization;
  actor: User;
  leaver: User;
  successor: User;
  /** Services for what happens before the run. */
  before: Services;
}

/** The leaver is an organization manager who took over from two others, one of whom had taken over from the other. */
const newWorld = async (): Promise<World> => {
  const id = `org_${crypto.randomUUID()}`;
  const person = (name: string) => ({ id: `usr_${name}`, email: `${name}@example.com`, name });
  const withAccount = async (name: string) => ({ ...person(name), personId: await newAccount() });
  const [actor, successor] = [aManager(await withAccount('actor')), aUser(await withAccount('successor'))];
  const leaver = aManager(await withAccount('leaver'));
  const [earlier, earliest] = [aUser(person('earlier')), aUser(person('earliest'))];
  const world = {
    organization: await plantOrganization([actor, leaver, successor, earlier, earliest], id),
    actor,
    leaver,
    successor,
    before: { ...servicesOf(id), clock, ids: countedIds('before') },
  };
  await handOver(world, earliest, earlier);
  await handOver(world, earlier, leaver);
  return world;
};

const newAccount = async (): Promise<string> => {
  const { endpoint, userPoolId } = stack.endpoints.cognito;
  const { User } = await new CognitoIdentityProviderClient({ endpoint, ...localAws }).send(
    new AdminCreateUserCommand({
      UserPoolId: userPoolId,
      Username: `${crypto.randomUUID()}@example.com`,
      MessageAction: 'SUPPRESS',
    }),
  );
  return User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value ?? expect.unreachable('No account was made');
};

const handOver = async (
  { organization, actor, before }: World,
  leaver: User,
  successor: User,
  pendingInvites: 'keep' | 'revoke' = 'keep',
) => {
  const result = await removeUser(before)(callerOf(actor), {
    params: { ...organization.params, userId: leaver.id },
    query: { successorId: successor.id, pendingInvites },
    body: undefined,
  });
  expect(result).toMatchObject({ ok: true });
};

const withoutLeaver = async (pendingInvites: 'keep' | 'revoke' = 'keep'): Promise<World> => {
  const world = await newWorld();
  const { organization, leaver, successor, before } = world;
  const invited = await inviteUsers(before)(callerOf(leaver), {
    params: organization.params,
    query: {},
    body: { emails: ['invited@example.com'], roles: [{ role: 'member' }], dryRun: false },
  });
  expect(invited).toMatchObject({ ok: true, value: { summary: { created: 1 } } });
  await handOver(world, leaver, successor, pendingInvites);
  return world;
};

const itemsOf = async ({ organization: { users, id } }: World): Promise<Item[]> => {
  const roots = [id, ...users.map(({ personId }) => `person#${personId}`)];
  return Object.values(await everyItem(stack)).filter(({ pk }) =>
    roots.some((root) => pk === root || pk.startsWith(`${root}#`)),
  );
};

/** Items in words. The day somebody was seen is left out: it is no part of a hand-over. */
const inWords = (items: Item[]): string =>
  items
    .map((item) => JSON.stringify(item, (name, value: unknown) => (name === 'lastSeenAt' ? undefined : inOrder(value))))
    .toSorted(compareUtf8)
    .join('\n');

const inOrder = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => compareUtf8(a, b)))
    : value;

/** Makes items what they were. */
const putBack = async ({ organization, before }: World, from: Item[], to: Item[]): Promise<void> => {
  const idOf = ({ pk, sk }: Item) => `${pk}\n${sk}`;
  const old = new Map(from.map((item) => [idOf(item), item]));
  const kept = new Set(to.map(idOf));
  const changed = to.filter((item) => !isDeepStrictEqual(item, old.get(idOf(item))));
  const gone = from.filter((item) => !kept.has(idOf(item)));
  const table = before.tenantTable(organization.id, ...organization.users.map(({ personId }) => `person#${personId}`));
  await table.transact([...changed.map((item) => put(item)), ...gone.map((item) => erase(item))]);
};

/** Runs it once. Whether it ended well. */
type Run = (world: World, clients: Disturbable) => Promise<boolean>;

/** Describes what each fault at each call comes to. `calls` are typed by hand: a new one is seen, and then enumerated. */
const meetsEveryFault = ({
  world: newOne,
  run,
  calls,
  states: numberOfStates,
}: {
  world: () => Promise<World>;
  run: Run;
  calls: readonly string[];
  /** Beside the one before. */
  states: number;
}) => {
  let world: World;
  /** Without the SDK's own retries what lasts need not be waited for. */
  let clients: Record<'once' | 'trying again', Disturbable>;
  let before: Item[];
  /** As last looked at. */
  let items: Item[];
  let after: string;
  let made: string[];
  /** The states between the calls. */
  const states = new Set<string>();

  const state = async () => inWords((items = await itemsOf(world)));
  const runOnce = async (by: Disturbable, met?: { call: number; fault: Fault }) => {
    let endedWell = false;
    const done = await by.during(async () => {
      endedWell = await run(world, by);
    }, met);
    return { endedWell, calls: done };
  };

  beforeAll(async () => {
    world = await newOne();
    clients = { once: disturbable(stack, 1), 'trying again': disturbable(stack, 3) };
    states.add(await state());
    before = items;
    for (let died = 1; died <= calls.length; died += 1) {
      await runOnce(clients.once, { call: died, fault: 'dies after' });
      states.add(await state());
      await putBack(world, items, before);
    }
    const healthy = await runOnce(clients.once);
    expect(healthy.endedWell).toBe(true);
    made = healthy.calls;
    after = await state();
  });

  const meet = async (call: number, fault: Fault): Promise<void> => {
    await putBack(world, items, before);
    const passes = passing.includes(fault);
    const first = await runOnce(passes ? clients['trying again'] : clients.once, { call, fault });
    expect(first.calls.length, fault).toBeGreaterThanOrEqual(call);
    const left = await state();
    if (passes) {
      expect(first.endedWell, fault).toBe(true);
      expect(left, fault).toBe(after);
      return;
    }
    if (!states.has(left)) expect(left, fault).toBe(inWords(before));
    const second = await runOnce(clients.once);
    expect(second.endedWell, `${fault}, again`).toBe(true);
    expect(await state(), `${fault}, again`).toBe(after);
  };

  test('makes the calls that are listed here, and leaves as many states as it says', () => {
    expect(made).toEqual(calls);
    expect(states.size - 1).toBe(numberOfStates);
    expect([...states].at(-1)).toBe(after);
  });

  const numbered = calls.map((command, index) => ({ call: index + 1, command }));
  test.each(numbered)('gets over what passes at call $call, $command', async ({ call, command }) => {
    for (const fault of faultsOf(command, passing)) await meet(call, fault);
  });
  test.each(numbered)(
    'is undone or done when call $call, $command, fails or the process dies there, and ends well when called again',
    async ({ call, command }) => {
      for (const fault of faultsOf(command, lasting)) await meet(call, fault);
    },
  );
};

/** A request as the gateway sends it, to the function as it is shipped. */
const request =
  (route: 'removeUser' | 'restoreUser'): Run =>
  async ({ organization, actor, leaver, successor }, { documents, directory }) => {
    const services = requestServices(readEnvironment(), documents);
    const { removeUser: remove, restoreUser: restore } = userRoutes;
    const handler = lambda({ remove, restore }, { remove: removeUser, restore: restoreUser }, {}, (organizationId) => ({
      ...services(organizationId),
      buckets: unlimitedBuckets,
      directory,
      clock,
      ids: countedIds('run'),
    }));
    const { method, path } = userRoutes[route];
    const event = {
      routeKey: `${method} ${path}`,
      rawPath: path,
      headers: {},
      pathParameters: { organizationId: organization.id, userId: leaver.id },
      queryStringParameters: route === 'removeUser' ? { successorId: successor.id } : {},
      requestContext: {
        requestId: 'r',
        http: { sourceIp: '192.0.2.1' },
        authorizer: { jwt: { claims: { token_use: 'access', sub: actor.personId } } },
      },
    };
    const { statusCode, body = '' } = await handler(event as unknown as APIGatewayProxyEventV2, {} as Context);
    if (statusCode === 200) return true;
    // A process that died answers nothing: what the pipeline makes of that here goes nowhere.
    expect(body).toMatch(/"code":"(unavailable|fault)"/);
    return false;
  };

describe('a removal', () => {
  meetsEveryFault({
    world: newWorld,
    run: request('removeUser'),
    // The service accounts, the pools, the successor's account, and that of the manager who remains.
    calls: ['BatchGetItem', 'Query', 'Query', 'AdminGetUser', 'AdminGetUser', 'TransactWriteItems'],
    states: 1,
  });
});

describe('a restore', () => {
  meetsEveryFault({
    world: withoutLeaver,
    run: request('restoreUser'),
    calls: ['BatchGetItem', 'Query', 'BatchGetItem', 'TransactWriteItems'],
    states: 1,
  });
});

const follow: Run = async ({ organization, leaver }, { documents, directory }) => {
  const services = workServices(readEnvironment(), documents)({ runId: 'run', timeLeft: () => 60_000 });
  try {
    await followUp(
      { ...services, directory, clock, ids: countedIds('run') },
      organization.id,
      keys.user(organization.id, leaver.id),
    );
    return true;
  } catch (error) {
    if (!(error instanceof Died)) expect(error).toMatchObject({ failure: { code: 'unavailable' } });
    return false;
  }
};

describe('what the worker does after a removal', () => {
  const followUpCalls = [
    // The user, and that somebody is at it.
    'GetItem',
    'TransactWriteItems',
    // List entries, the times of earlier removals, sessions.
    'TransactWriteItems',
    'BatchGetItem',
    'Query',
    'AdminUserGlobalSignOut',
    // Shortcuts to who owns now what it had taken over.
    'BatchGetItem',
    'BatchGetItem',
    'BatchGetItem',
    'TransactWriteItems',
    // Its pending invites, the pools and who answers for each.
    'Query',
    'BatchGetItem',
    'Query',
    'BatchGetItem',
    'BatchGetItem',
    'TransactWriteItems',
    'TransactWriteItems',
  ];

  describe('whose invites are kept', () => {
    meetsEveryFault({
      world: () => withoutLeaver('keep'),
      run: follow,
      calls: followUpCalls,
      states: 5,
    });
  });

  describe('whose invites are revoked', () => {
    meetsEveryFault({
      world: () => withoutLeaver('revoke'),
      run: follow,
      calls: followUpCalls,
      states: 5,
    });
  });
});

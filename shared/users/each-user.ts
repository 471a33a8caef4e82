import type { RequiredRight } from '../api/access.ts';
import { prepareMember, type Asked, type Declaration, type MemberRequest } from '../api/operation.ts';
import type { Input, Operation, Output, Route } from '../api/route.ts';
import { Unavailable, type Failure } from '../errors.ts';
import { chargeOf } from '../fair-use/charge.ts';
import { usersChangeSecondsMax } from '../limits.ts';
import type { Directory, Services } from '../ports.ts';
import { err, fail, ok, type Result } from '../result.ts';
import { retryStale } from '../retry.ts';
import { rehearsal } from '../table/rehearsal.ts';
import type { Key } from '../table/write.ts';
import { after, second } from '../time.ts';

/** A route that changes several users, each in a transaction of its own. */
type UsersRoute = Route & { access: readonly RequiredRight[]; body: NonNullable<Route['body']> };

interface UsersBody {
  userIds: string[];
  dryRun: boolean;
}

interface EachUser<R extends UsersRoute, Done> {
  /** Refuses a request that is impossible as a whole. */
  require: (request: MemberRequest<R>) => Promise<Result<void>>;
  /** The keys to read for a user in one request with the caller's rights, and the queries to run in parallel. */
  reads: (asked: Asked<R>, userId: string) => Key[];
  queries?: Declaration<R>['queries'];
  change: (services: Services, request: MemberRequest<R>, userId: string) => Promise<Result<Done, Failure | 'retry'>>;
  /** `done`: the result for each user, in the order of the request. */
  response: (done: readonly (readonly [userId: string, result: Result<Done>])[]) => Output<R>;
}

/**
 * The shell of an operation that changes several users. Each change is decided on fresh reads of the caller's rights and of the
 * user, and written in its own transaction, so that a failure does not affect the others. The changes run one after the other,
 * because changes of organization managers, or with a common successor, write a common item, and so that a dry run can identify the
 * last manager. The caller's own change comes last, because it can end the right to make the others. Each change takes two round
 * trips. Each account is looked up in the user directory once per request, and again after a conflicting write.
 */
export const eachUser =
  <R extends UsersRoute, Done>(
    route: R,
    { require, reads, queries, change, response }: EachUser<R, Done>,
  ): Operation<R> =>
  (services) =>
  async (caller, input) => {
    const charge = chargeOf(services, route, caller.personId, input);
    const prepared = await retryStale(services.clock, () =>
      prepareMember(route.access, {}, services, caller, input, charge),
    );
    if (!prepared.ok) return prepared;
    const { request } = prepared.value;
    const possible = await require(request);
    if (!possible.ok) return possible;

    const { userIds, dryRun } = input.body as Input<R>['body'] & UsersBody;
    const own: Services = { ...services, ...(dryRun && rehearsal(services)) };
    const remembering = lookingUpOnce(services.directory);
    const results = new Map<string, Result<Done>>();
    const isCaller = (userId: string) => userId === request.actor.userId;
    for (const userId of [...userIds.filter((each) => !isCaller(each)), ...userIds.filter(isCaller)]) {
      if (results.has(userId)) continue;
      const declaration: Declaration<R> = { reads: (asked) => reads(asked, userId), ...(queries && { queries }) };
      let directory = remembering;
      const attempt = async (): Promise<Result<Done, Failure | 'retry'>> => {
        const again = await prepareMember(route.access, declaration, own, caller, input);
        if (!again.ok) return again;
        const result = await change({ ...own, table: again.value.table, directory }, again.value.request, userId);
        // A new look-up, because the lost write may have recorded that an account can no longer sign in.
        directory = services.directory;
        return result;
      };
      const isLate = services.clock.now() > after(request.now, usersChangeSecondsMax * second);
      results.set(userId, isLate ? tooLate : await retryStale(services.clock, attempt).catch(failureOf));
    }
    return ok(response([...new Set(userIds)].map((userId) => [userId, results.get(userId) as Result<Done>] as const)));
  };

const tooLate = fail('unavailable', 'The request took too long. Repeat it: what is done stays as it is.', {
  retryAfter: 1,
});

const failureOf = (error: unknown): Result<never> => {
  if (error instanceof Unavailable) return err(error.failure);
  throw error;
};

/** A directory in which each account is looked up by person at most once. */
const lookingUpOnce = (directory: Directory): Directory => {
  const found = new Map<string, ReturnType<Directory['findByPersonId']>>();
  return {
    ...directory,
    findByPersonId: (personId) => {
      const account = found.get(personId) ?? directory.findByPersonId(personId);
      found.set(personId, account);
      return account;
    },
  };
};

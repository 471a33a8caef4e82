import { leaseClockReserveSeconds, leaseRenewalSeconds, leaseSeconds } from '../limits.ts';
import type { WorkServices } from '../ports.ts';
import { absent, anyOf, atMost, equal } from '../table/condition.ts';
import { keys } from '../table/keys.ts';
import { erase, guard, put, type Guard } from '../table/write.ts';
import { after, second } from '../time.ts';

/** The right to drain the due work, which only one run has at a time. */
export interface Lease {
  /**
   * Whether this run may begin more work and send emails. It decides by the run's own clock, without a request, so a run that was
   * paused for too long learns it at once, and stops a little before another run can take the lease.
   */
  isHeld(): boolean;
  /** Why the last renewal failed, if it did. */
  fault(): unknown;
  giveBack(): Promise<void>;
}

/** Takes the lease and renews it until it is given back. Undefined while another run has it. */
export const takeLease = async ({
  workTable,
  clock,
  runId,
}: Pick<WorkServices, 'workTable' | 'clock' | 'runId'>): Promise<Lease | undefined> => {
  const begun = clock.now();
  let until = after(begun, leaseSeconds * second);
  const extend = <F>(to: string, lease: Guard<F>) =>
    workTable.transact([put({ ...keys.workLease(), runId, until: to }, lease)]);
  const taken = await extend(until, guard(anyOf(absent('pk'), atMost('until', begun)), 'taken'));
  if (!taken.ok) return undefined;

  let fault: unknown;
  /** A renewal that fails is tried again by the next one. A run that was replaced never gets the lease back. */
  const renew = async (): Promise<void> => {
    const renewed = after(clock.now(), leaseSeconds * second);
    try {
      const { ok } = await extend(renewed, guard(equal('runId', runId), 'taken over'));
      fault = undefined;
      if (ok) until = renewed;
    } catch (error) {
      fault = error;
    }
  };
  const stop = clock.every(leaseRenewalSeconds * second, oneAtATime(renew));

  return {
    isHeld: () => clock.now() < after(until, -leaseClockReserveSeconds * second),
    fault: () => fault,
    giveBack: async () => {
      stop();
      await workTable.transact([erase(keys.workLease(), guard(equal('runId', runId), 'taken over'))]);
    },
  };
};

/** A slow renewal must not shorten the lease that a later one has already extended. */
const oneAtATime = (run: () => Promise<void>): (() => Promise<void>) => {
  let running: Promise<void> | undefined;
  return () => (running ??= run().finally(() => (running = undefined)));
};

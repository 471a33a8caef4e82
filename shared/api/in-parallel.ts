import { err, ok, type Result } from '../result.ts';
import type { Failure } from '../errors.ts';
import type { Pausing } from '../table/table.ts';

/**
 * How a task ended. `unknown`: it threw, so its write may or may not have happened. `not begun`: an earlier task did not succeed.
 */
export type End<Value> =
  | { kind: 'done'; value: Value }
  | { kind: 'refused'; error: Failure }
  | { kind: 'unknown'; error: unknown }
  | { kind: 'not begun' };

/**
 * Runs tasks in parallel, at most `width` at once, and returns how each has ended. After a task that does not succeed, no other
 * task begins; those that have begun end first, because a function must not leave writes running when it responds.
 *
 * The tasks may conflict with each other in the table. A task whose transaction is cancelled gives up its slot until it tries
 * again, and from then on at most half as many tasks run at once. So tasks that always conflict soon run one at a time, and each
 * of them wastes at most one attempt.
 */
export const inParallel = async <Task, Value>(
  tasks: readonly Task[],
  width: number,
  run: (task: Task, pausing: Pausing) => Promise<Result<Value>>,
): Promise<End<Value>[]> => {
  const slots = openSlots(width);
  let stopped = false;
  const pausing: Pausing = async (pause) => {
    slots.narrow();
    slots.leave();
    await pause();
    await slots.enter();
  };
  const runTask = async (task: Task): Promise<End<Value>> => {
    if (stopped) return { kind: 'not begun' };
    const end = await endOf(run(task, pausing));
    stopped ||= end.kind !== 'done';
    return end;
  };
  return Promise.all(
    tasks.map(async (task) => {
      await slots.enter();
      const end = await runTask(task);
      slots.leave();
      return end;
    }),
  );
};

const endOf = async <Value>(running: Promise<Result<Value>>): Promise<End<Value>> => {
  try {
    const result = await running;
    return result.ok ? { kind: 'done', value: result.value } : { kind: 'refused', error: result.error };
  } catch (error) {
    return { kind: 'unknown', error };
  }
};

const openSlots = (all: number) => {
  let width = all;
  let taken = 0;
  const waiting: (() => void)[] = [];
  const admit = (): void => {
    while (taken < width && waiting.length > 0) {
      taken += 1;
      waiting.shift()?.();
    }
  };
  return {
    enter: (): Promise<void> =>
      new Promise((resolve) => {
        waiting.push(resolve);
        admit();
      }),
    leave: (): void => {
      taken -= 1;
      admit();
    },
    narrow: (): void => {
      width = Math.max(1, Math.floor(Math.min(width, taken) / 2));
    },
  };
};

/** The values of tasks that have all succeeded, otherwise the first failure in the order of the tasks. Throws what that task threw. */
export const valuesOf = <Value>(ends: readonly End<Value>[]): Result<Value[]> => {
  for (const end of ends) {
    if (end.kind === 'unknown') throw end.error;
    if (end.kind === 'refused') return err(end.error);
  }
  return ok(ends.flatMap((end) => (end.kind === 'done' ? [end.value] : [])));
};

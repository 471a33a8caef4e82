import type { Clock } from '../../shared/ports.ts';

export interface SteppedClock extends Clock {
  /** Milliseconds since the clock was created. */
  elapsed(): number;
  /** Lets time pass. What is to happen at intervals happens meanwhile. */
  pass(duration: number): Promise<void>;
  /** The duration of each call of `wait`. */
  waits: number[];
}

/** A clock that only advances by `wait` and `pass`, so that no test really waits. */
export const steppedClock = (begin: number): SteppedClock => {
  let time = begin;
  const waits: number[] = [];
  const timers = new Set<{ next: number; interval: number; run: () => Promise<void> }>();

  const pass = async (duration: number): Promise<void> => {
    const end = time + duration;
    for (;;) {
      const [timer] = [...timers].filter(({ next }) => next <= end).toSorted((a, b) => a.next - b.next);
      if (!timer) break;
      time = Math.max(time, timer.next);
      timer.next += timer.interval;
      await timer.run();
    }
    time = Math.max(time, end);
  };

  return {
    waits,
    pass,
    now: () => new Date(time).toISOString(),
    elapsed: () => time - begin,
    wait: async (duration) => {
      waits.push(duration);
      await pass(duration);
    },
    every: (interval, run) => {
      const timer = { next: time + interval, interval, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  };
};

/** All limits below allow for a machine that is this many times slower than two idle cores. */
export const slowness = 4;

/** Timeouts in seconds that are more than sufficient on two idle cores. */
const whenIdle = {
  test: 30,
  hook: 30,
  /** A condition that a test polls. */
  poll: 10,
  /** A condition that a test awaits on a page. */
  page: 10,
  /** A program that a test runs. */
  program: 20,
  /** A test that runs several programs, such as `npm start`, the demo or another test run. */
  programs: 120,
  /** All random histories of an exhaustive run, including the time to shrink a failing one. */
  histories: 540,
  /** The time from the start of a DynamoDB engine until it listens. */
  engineStart: 20,
  /** The time that a DynamoDB engine has to stop before it is killed. */
  engineStop: 3,
  /** The time from a request until its email is in the inbox. */
  mail: 15,
} as const;

/**
 * Timeouts in milliseconds. They are generous because their only purpose is to end operations that hang: no test asserts how
 * long something takes.
 */
export const patience = Object.fromEntries(
  Object.entries(whenIdle).map(([name, seconds]) => [name, seconds * slowness * 1000]),
) as Record<keyof typeof whenIdle, number>;

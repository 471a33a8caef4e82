/** How many times slower than two idle cores a machine may be without anything here running out of time. */
export const slowness = 4;

/** Seconds that suffice with much to spare on two idle cores. */
const whenIdle = {
  test: 30,
  hook: 30,
  /** A condition that a test polls. */
  poll: 10,
  /** Whatever a test waits for in a page. */
  page: 10,
  /** A program that a test runs. */
  program: 20,
  /** A test that runs several programs: the starts of the application, its tour, a test run. */
  programs: 120,
  /** All random histories of an exhaustive run, and making a failing one shorter. */
  histories: 540,
  /** A DynamoDB engine, until it answers. */
  engineStart: 20,
  /** A DynamoDB engine, until it has ended. */
  engineStop: 3,
  /** A mail, from the request that causes it to the inbox. */
  mail: 15,
} as const;

/**
 * Milliseconds that things may take before they count as failed. These limits end what hangs and decide nothing else, so
 * they are generous: no test asserts how long something takes.
 */
export const patience = Object.fromEntries(
  Object.entries(whenIdle).map(([name, seconds]) => [name, seconds * slowness * 1000]),
) as Record<keyof typeof whenIdle, number>;

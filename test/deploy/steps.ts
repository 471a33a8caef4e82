/** What the run does, in words, as it does it; and how it is told that something is wrong. */
export class Wrong extends Error {}

export const wrong = (message: string): never => {
  throw new Wrong(message);
};

/** Ends the run when it does not hold. */
export const expect = (holds: boolean, what: string): void => {
  if (!holds) wrong(`Expected that ${what}.`);
};

// Whoever reads may stop reading: what was started is ended all the same.
process.stdout.on('error', () => undefined);

export const say = (text: string): void => void process.stdout.write(`${text}\n`);

let steps = 0;

/** Says what is done, does it, and says how many seconds it took. */
export const step = async <T>(text: string, run: () => Promise<T>): Promise<T> => {
  process.stdout.write(`${String((steps += 1)).padStart(2)}. ${text} … `);
  const begun = performance.now();
  const seconds = (): string => `${((performance.now() - begun) / 1000).toFixed(1)} s`;
  try {
    const result = await run();
    say(seconds());
    return result;
  } catch (error) {
    say(`WRONG after ${seconds()}`);
    throw error;
  }
};

/** How often each subject of the benchmark is called. */

export interface Schedule {
  /** Calls that are under way at the same time. */
  concurrency: number;
  /** A round gives each subject a turn, in random order. */
  rounds: number;
  warmUpRounds: number;
  /** Calls of a subject in one turn. */
  calls: number;
}

/** How a subject deviates from the schedule because its calls take long. */
export interface Share {
  /** It has a turn in each round whose number this divides. */
  everyRounds: number;
  /** The maximum number of calls in one of its turns. */
  callsMax: number;
}

export const schedules: readonly Schedule[] = [
  { concurrency: 1, rounds: 120, warmUpRounds: 20, calls: 1 },
  { concurrency: 16, rounds: 32, warmUpRounds: 1, calls: 16 },
];

export const wholeShare: Share = { everyRounds: 1, callsMax: Infinity };

/** The numbers of the rounds. Those of the warm-up are negative. */
export const roundsOf = ({ rounds, warmUpRounds }: Schedule): number[] =>
  Array.from({ length: warmUpRounds + rounds }, (_, index) => index - warmUpRounds);

export const hasTurn = (round: number, { everyRounds }: Share): boolean => round % everyRounds === 0;

export const callsInTurn = ({ calls }: Schedule, { callsMax }: Share): number => Math.min(calls, callsMax);

/** All calls of a subject in a run. Before the first round of a schedule, it has one more turn. */
export const callsOf = (share: Share, all: readonly Schedule[] = schedules): number =>
  all.reduce(
    (sum, schedule) =>
      sum + (1 + roundsOf(schedule).filter((round) => hasTurn(round, share)).length) * callsInTurn(schedule, share),
    0,
  );

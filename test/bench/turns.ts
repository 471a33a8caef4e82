/** Lets the operations, their raw calls and the peer take turns, and measures how long each call takes. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { shuffled } from './figures.ts';
import { record, redirect, replay, sameAnswers, type Answer, type Call } from './recorded-calls.ts';
import { callsInTurn, hasTurn, roundsOf, type Schedule } from './schedule.ts';
import type { Share } from './schedule.ts';

/** A subject with everything that its turns need. */
export interface Contest {
  name: string;
  share: Share;
  nextEvent(): APIGatewayProxyEventV2;
  /** Answers an event. Its calls are recorded. */
  answer(event: APIGatewayProxyEventV2): Promise<unknown>;
  /** A client that sends the calls again and runs no code of ours, and the tables that they were and are sent to. */
  raw: { client: DynamoDBDocumentClient; from: string; to: string };
  callPeer?: () => Promise<void>;
}

/** How long each call of a turn took, in milliseconds. */
export interface Turn {
  operation: number[];
  raw: number[];
  /** Empty if the peer has no such call. */
  peer: number[];
}

/** The turns of each contest. The turns of a round follow each other, so that only figures of the same time are compared. */
export const takeTurns = async (contests: readonly Contest[], schedule: Schedule): Promise<Map<Contest, Turn[]>> => {
  const turns = new Map(contests.map((contest): [Contest, Turn[]] => [contest, []]));
  // The raw calls of a turn are those of the operation's turn before. So either can come first.
  const recorded = new Map<Contest, Call[][]>();
  for (const contest of contests) recorded.set(contest, (await callOperation(contest, schedule)).recordings);
  for (const round of roundsOf(schedule))
    for (const contest of shuffled(contests)) {
      if (!hasTurn(round, contest.share)) continue;
      const before = recorded.get(contest) ?? [];
      const turn: Turn = { operation: [], raw: [], peer: [] };
      const parts = {
        operation: async () => {
          const { took, recordings } = await callOperation(contest, schedule);
          turn.operation = took;
          recorded.set(contest, recordings);
        },
        raw: async () => void (turn.raw = await sendAgain(contest, before, schedule)),
        peer: async () => {
          const { callPeer } = contest;
          if (callPeer)
            turn.peer = await timeEach(
              Array.from({ length: callsOf(contest, schedule) }, () => callPeer),
              schedule,
            );
        },
      };
      for (const part of shuffled(Object.values(parts))) await part();
      if (round >= 0) turns.get(contest)?.push(turn);
    }
  for (const contest of contests) await sendAgain(contest, recorded.get(contest) ?? [], schedule);
  return turns;
};

const callsOf = ({ share }: Contest, schedule: Schedule): number => callsInTurn(schedule, share);

const callOperation = async (contest: Contest, schedule: Schedule) => {
  const recordings: Call[][] = [];
  const events = Array.from({ length: callsOf(contest, schedule) }, () => contest.nextEvent());
  const runs = events.map((event, index) => async () => {
    recordings[index] = await record(async () => void (await contest.answer(event)));
  });
  const took = await timeEach(runs, schedule);
  return { took, recordings };
};

const sendAgain = async ({ name, raw }: Contest, recordings: readonly Call[][], schedule: Schedule) => {
  const prepared = recordings.map((calls) => redirect(calls, raw.from, raw.to));
  const runs = prepared.map((calls) => async () => {
    let answers: Answer[] = [];
    // The raw calls are recorded too, because recording takes time that the operation also spends.
    await record(async () => void (answers = await replay(raw.client, calls)));
    if (!sameAnswers(calls, answers)) throw new Error(`${name}: the raw calls did other work`);
  });
  return timeEach(runs, schedule);
};

/** Runs everything, so many at the same time. Returns how long each took, in milliseconds. */
const timeEach = async (runs: readonly (() => Promise<void>)[], { concurrency }: Schedule): Promise<number[]> => {
  const took: number[] = [];
  const queue = [...runs];
  const work = async (): Promise<void> => {
    for (let run = queue.shift(); run; run = queue.shift()) {
      const begun = performance.now();
      await run();
      took.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return took;
};

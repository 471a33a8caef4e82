import * as fc from 'fast-check';
import { beforeAll, expect, inject, test } from 'vitest';
import { patience } from '../../infra/local/patience.ts';
import { anyStep } from './any-step.ts';
import { beginnings, type Beginning } from './beginning.ts';
import { work } from './leaving.ts';
import { countsOf, expectPromises } from './promises.ts';
import type { Step } from './step.ts';
import { endWorld, openEngine, type Engine } from './world.ts';

/**
 * Random histories of two organizations on the real engine, held against plain maps after every step. A failure prints what
 * replays it: `HISTORIES_SEED=… HISTORIES_PATH=… npx vitest run --config test/vitest.config.ts test/model`. `HISTORIES`: how
 * many, 60 unless told.
 */
const { HISTORIES = '60', HISTORIES_SEED, HISTORIES_PATH } = process.env;

const second = 1_000;
const minute = 60 * second;

let engine: Engine;
let begin: () => Promise<Beginning>;

beforeAll(async () => {
  engine = await openEngine(inject('dynamoDbEndpoint'), inject('assembly'));
  begin = await beginnings(engine);
  return () => engine.client.destroy();
});

/** A step, and which of the two organizations it is asked of. */
type Turn = [step: Step, of: 0 | 1];

const anyHistory: fc.Arbitrary<Turn[]> = fc.array(fc.tuple(anyStep, fc.constantFrom<(0 | 1)[]>(0, 0, 0, 0, 0, 1)), {
  minLength: 1,
  maxLength: 20,
  size: 'max',
});

const live = async (history: readonly Turn[]): Promise<void> => {
  const { world, models, counts } = await begin();
  const others = [models[1], models[0]] as const;
  const told: string[] = [];
  try {
    for (const [turn, [step, of]] of history.entries()) {
      const [model, other] = [models[of], others[of]];
      world.advance(second);
      told.push(`organization ${of}: ${fc.stringify(step)}`);
      const { what, refusal, touched = [], makes } = await step.run({ world, model, other });
      told.splice(-1, 1, `organization ${of}: ${what}: ${refusal ?? 'done'}`);
      const users = refusal ? [] : touched;
      const now = countsOf(await expectPromises(world, model, other, { turn, users, settled: false }));
      if (!makes) expect(now, 'how much there is').toEqual(counts[of]);
      counts[of] = now;
    }
    told.push('the end');
    world.advance(2 * minute);
    await work(world, models);
    const closely = { turn: history.length, users: 'all', settled: true } as const;
    for (const of of [0, 1] as const) await expectPromises(world, models[of], others[of], closely);
  } catch (error) {
    if (error instanceof Error) error.message = `After\n  ${told.join('\n  ')}\n${error.message}`;
    throw error;
  } finally {
    await endWorld(engine, world);
  }
};

test(
  'whatever happens, everything has one owner who is there, nothing gets lost, and a restore brings back what nobody assigned since',
  async () => {
    const result = await fc.check(fc.asyncProperty(anyHistory, live), {
      numRuns: Number(HISTORIES),
      interruptAfterTimeLimit: patience.histories,
      markInterruptAsFailure: true,
      ...(HISTORIES_SEED !== undefined && { seed: Number(HISTORIES_SEED) }),
      ...(HISTORIES_PATH !== undefined && { path: HISTORIES_PATH }),
    });
    if (!result.failed) return;
    const { seed, counterexamplePath, numRuns, numShrinks } = result;
    const error = result.errorInstance instanceof Error ? result.errorInstance : new Error('It takes too long.');
    const replay = counterexamplePath === null ? '' : `HISTORIES_SEED=${seed} HISTORIES_PATH=${counterexamplePath} `;
    error.message = `${replay}(history ${numRuns}, shrunk ${numShrinks} times). ${error.message}`;
    throw error;
  },
  patience.histories + patience.test,
);

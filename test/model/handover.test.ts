import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { beforeAll, expect, inject, test } from 'vitest';
import { localAws } from '../../infra/local/table.ts';
import { Template } from '../../infra/local/template.ts';
import { beginnings, type Beginning } from './beginning.ts';
import { anyStep, type Step } from './commands.ts';
import type { Model } from './model.ts';
import { work } from './people.ts';
import { countsOf, expectPromises } from './promises.ts';
import { endWorld, type Engine } from './world.ts';

/**
 * Random histories of two organizations on the real engine, held against plain maps after every step. A failure prints what
 * replays it: `HISTORIES_SEED=… HISTORIES_PATH=… npx vitest run --config test/vitest.config.ts test/model`. `HISTORIES`: how
 * many, 300 unless told.
 */
const { HISTORIES = '300', HISTORIES_SEED, HISTORIES_PATH } = process.env;

/** Milliseconds. A failure takes as long again to be cut to its shortest. */
const patience = 600_000;

let engine: Engine;
let begin: () => Promise<Beginning>;

beforeAll(async () => {
  const endpoint = inject('dynamoDbEndpoint');
  const client = new DynamoDBClient({ endpoint, ...localAws });
  engine = { client, endpoint, template: await Template.read(inject('assembly')) };
  begin = await beginnings(engine);
  return () => client.destroy();
});

/** A step, and which of the two organizations it is asked of. */
type Turn = [step: Step, of: 0 | 1];

const anyHistory: fc.Arbitrary<Turn[]> = fc.array(fc.tuple(anyStep, fc.constantFrom<(0 | 1)[]>(0, 0, 0, 0, 0, 1)), {
  minLength: 1,
  maxLength: 22,
  size: 'max',
});

const second = 1_000;
const minute = 60 * second;

const live = async (history: readonly Turn[]): Promise<void> => {
  const { world, models } = await begin();
  const told: string[] = [];
  const counts = new Map<Model, ReturnType<typeof countsOf>>();
  try {
    for (const [turn, [step, of]] of history.entries()) {
      const [model, other] = of === 0 ? models : [models[1], models[0]];
      world.advance(second);
      told.push(`organization ${of}: ${fc.stringify(step)}`);
      const { what, refusal, touched = [], makes } = await step.run({ world, model, other });
      told.splice(-1, 1, `organization ${of}: ${what}: ${refusal ?? 'done'}`);
      const lists = await expectPromises(world, model, other, {
        turn,
        owners: refusal ? [] : touched,
        settled: false,
      });
      if (!makes) expect(countsOf(lists), 'what there is').toEqual(counts.get(model) ?? countsOf(lists));
      counts.set(model, countsOf(lists));
    }
    told.push('the end');
    world.advance(2 * minute);
    await work(world, models);
    const everybody = { turn: history.length, owners: 'all', settled: true } as const;
    await expectPromises(world, models[0], models[1], everybody);
    await expectPromises(world, models[1], models[0], everybody);
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
      ...(HISTORIES_SEED !== undefined && { seed: Number(HISTORIES_SEED) }),
      ...(HISTORIES_PATH !== undefined && { path: HISTORIES_PATH }),
    });
    if (!result.failed) return;
    const { errorInstance: error, seed, counterexamplePath, numShrinks } = result;
    if (!(error instanceof Error)) throw error;
    error.message = `HISTORIES_SEED=${seed} HISTORIES_PATH=${counterexamplePath}, shrunk ${numShrinks} times. ${error.message}`;
    throw error;
  },
  patience,
);

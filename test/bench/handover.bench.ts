/**
 * `npm run bench:handover`: taking over somebody's assets costs the same whatever their number. The cases take turns in random order,
 * and only figures of the same run are compared: machines differ, and are busy now and then. `DYNAMODB_ENGINE` chooses the
 * engine. Ends with 1 when a limit is broken.
 */
import { startDynamoDb, type EngineName } from '../../infra/local/dynamodb-engine.ts';
import { useScratchFolder } from '../../infra/local/scratch-folder.ts';
import { synthesizeLocal } from '../../infra/local/synthesize.ts';
import { removeUser } from '../../shared/handover/remove-user.ts';
import { restoreUser } from '../../shared/handover/restore-user.ts';
import { listResources } from '../../shared/resources/list-resources.ts';
import { callerOf } from '../model/asking.ts';
import { newWorld, openEngine, type Engine } from '../model/world.ts';
import { columns, median, shuffled } from './figures.ts';
import { seed, type Case } from './seed.ts';

/** Assets of who is removed. */
const sizes = [0, 1_000, 100_000];

/** Of each case, after as many as warm up. */
const rounds = 400;
const warmUp = 50;

/** Removals at any two sizes against each other. Source: issue 4, Proof. */
const removalLimit = 1.1;
/** A page after taking over against the same page before. */
const pageLimit = 1.2;

/** What one turn of a case took. Milliseconds. */
interface Turn {
  removal: number;
  pageBefore: number;
  pageAfter: number;
}

/** The turns of all cases, in the order of `sizes`. */
type Round = Turn[];

/** Milliseconds. */
const timed = async (run: () => Promise<{ ok: boolean }>): Promise<number> => {
  const begun = performance.now();
  const { ok } = await run();
  if (!ok) throw new Error('What is measured was refused');
  return performance.now() - begun;
};

const measure = async (engine: Engine): Promise<Round[]> => {
  const world = await newWorld(engine);
  const { organizationId, managerPersonId, cases } = await seed(engine, world, sizes);
  const services = world.servicesFor(organizationId);
  const actor = callerOf(managerPersonId);
  const params = { organizationId };

  const remove = ({ leaverId: userId, successorId }: Case) =>
    removeUser(services)(actor, {
      params: { ...params, userId },
      query: { successorId, pendingInvites: 'keep' },
      body: undefined,
    });
  const restore = ({ leaverId: userId }: Case) =>
    restoreUser(services)(actor, { params: { ...params, userId }, query: {}, body: undefined });
  const firstPage = ({ successorId: ownerId }: Case) =>
    listResources(services)(actor, { params, query: { ownerId, subPools: false, limit: 50 }, body: undefined });

  const takeTurn = async (each: Case): Promise<Turn> => {
    const pageBefore = await timed(() => firstPage(each));
    const removal = await timed(() => remove(each));
    const pageAfter = await timed(() => firstPage(each));
    await timed(() => restore(each));
    return { removal, pageBefore, pageAfter };
  };
  const measured: Round[] = [];
  for (let round = -warmUp; round < rounds; round += 1) {
    const turns = new Map<Case, Turn>();
    for (const each of shuffled(cases)) turns.set(each, await takeTurn(each));
    if (round >= 0) measured.push(cases.flatMap((each) => turns.get(each) ?? []));
  }
  return measured;
};

/**
 * Prints what was measured; whether it keeps to the limits. Ratios are medians of those within a round, so that a machine that
 * is busy for a while does not tell.
 */
const report = (engineName: EngineName, measured: readonly Round[]): boolean => {
  const rows = sizes.map((size, index) => {
    const of = (figure: (turn: Turn, round: Round) => number): number =>
      median(measured.flatMap((round) => (round[index] ? [figure(round[index], round)] : [])));
    return {
      size,
      removal: of(({ removal }) => removal),
      removalRatio: of(({ removal }, [none]) => removal / (none?.removal ?? Number.NaN)),
      pageBefore: of(({ pageBefore }) => pageBefore),
      pageAfter: of(({ pageAfter }) => pageAfter),
      pageRatio: of(({ pageBefore, pageAfter }) => pageAfter / pageBefore),
    };
  });
  const removalRatios = rows.map(({ removalRatio }) => removalRatio);
  const spread = Math.max(...removalRatios) / Math.min(...removalRatios);
  const sound = spread <= removalLimit && rows.every(({ pageRatio }) => pageRatio <= pageLimit);
  const milliseconds = (figure: number): string => `${figure.toFixed(2)} ms`;
  const table = columns([
    ['assets', 'removal', `against ${sizes[0]} assets`, 'page before', 'page after', 'after against before'],
    ...rows.map((row) => [
      row.size.toLocaleString('en'),
      milliseconds(row.removal),
      row.removalRatio.toFixed(3),
      milliseconds(row.pageBefore),
      milliseconds(row.pageAfter),
      row.pageRatio.toFixed(3),
    ]),
  ]);
  process.stdout.write(
    `Medians of ${rounds} rounds, each in random order, on ${engineName}, operations called directly: a removal, and before and
after it the first 50 resources of the successor, who has 1,000 of their own.

${table}

Removals lie within ${spread.toFixed(3)} of each other (at most ${removalLimit}), pages at most ${pageLimit} of what they took before: ${sound ? 'kept' : 'BROKEN'}.
`,
  );
  return sound;
};

const wanted = process.env.DYNAMODB_ENGINE as EngineName | undefined;
const directory = useScratchFolder();
const dynamoDb = await startDynamoDb(wanted && { engine: wanted });
try {
  const engine = await openEngine(dynamoDb.endpoint, await synthesizeLocal(directory));
  const sound = report(dynamoDb.name, await measure(engine));
  engine.client.destroy();
  process.exitCode = sound ? 0 : 1;
} finally {
  await dynamoDb.stop();
}

/**
 * `npm run bench`: taking over somebody's assets costs the same whatever their number. The cases take turns in random order,
 * and only figures of the same run are compared: machines differ, and are busy now and then. `DYNAMODB_ENGINE` chooses the
 * engine. Ends with 1 when a limit is broken.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDynamoDb, type EngineName } from '../../infra/local/dynamodb-engine.ts';
import { freePort } from '../../infra/local/network.ts';
import { synthesizeLocal } from '../../infra/local/synthesize.ts';
import { localAws } from '../../infra/local/table.ts';
import { Template } from '../../infra/local/template.ts';
import { removeUser } from '../../shared/handover/remove-user.ts';
import { restoreUser } from '../../shared/handover/restore-user.ts';
import { listResources } from '../../shared/resources/list-resources.ts';
import { newWorld, readerOf, type Engine } from '../model/world.ts';
import { columns, median, shuffled } from './figures.ts';
import { seed, type Case } from './seed.ts';

/** Assets of who is removed. */
const sizes = [0, 1_000, 100_000];

/** Of each case, after as many as warm up. */
const rounds = 200;
const warmUp = 30;

/** The longest median against the shortest. Source: issue 4, Proof. */
const commitLimit = 1.1;
/** A page after taking over against the same page before. */
const pageLimit = 1.2;

interface Figures {
  commit: number[];
  pageBefore: number[];
  pageAfter: number[];
}

/** Milliseconds. */
const timed = async (run: () => Promise<{ ok: boolean }>): Promise<number> => {
  const begun = performance.now();
  const { ok } = await run();
  if (!ok) throw new Error('What is measured was refused');
  return performance.now() - begun;
};

const measure = async (engine: Engine): Promise<Map<Case, Figures>> => {
  const world = await newWorld(engine);
  const { organizationId, managerPersonId, cases } = await seed(engine, world, sizes);
  const services = world.servicesFor(organizationId);
  const actor = await readerOf(world, organizationId, managerPersonId);
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

  const figures = new Map(cases.map((each): [Case, Figures] => [each, { commit: [], pageBefore: [], pageAfter: [] }]));
  for (let round = -warmUp; round < rounds; round += 1)
    for (const each of shuffled(cases)) {
      const pageBefore = await timed(() => firstPage(each));
      const commit = await timed(() => remove(each));
      const pageAfter = await timed(() => firstPage(each));
      await restore(each);
      if (round < 0) continue;
      figures.get(each)?.pageBefore.push(pageBefore);
      figures.get(each)?.commit.push(commit);
      figures.get(each)?.pageAfter.push(pageAfter);
    }
  return figures;
};

/** Prints what was measured. Whether it keeps to the limits. */
const report = (engineName: EngineName, figures: Map<Case, Figures>): boolean => {
  const rows = [...figures].map(([{ size }, each]) => ({
    size,
    commit: median(each.commit),
    before: median(each.pageBefore),
    after: median(each.pageAfter),
  }));
  const shortest = Math.min(...rows.map(({ commit }) => commit));
  const sound = rows.every(
    ({ commit, before, after }) => commit <= commitLimit * shortest && after <= pageLimit * before,
  );
  const table = columns([
    ['assets of the leaver', 'removal', 'against the shortest', 'page before', 'page after', 'after against before'],
    ...rows.map(({ size, commit, before, after }) => [
      size.toLocaleString('en'),
      `${commit.toFixed(2)} ms`,
      `${(commit / shortest).toFixed(3)} (at most ${commitLimit})`,
      `${before.toFixed(2)} ms`,
      `${after.toFixed(2)} ms`,
      `${(after / before).toFixed(3)} (at most ${pageLimit})`,
    ]),
  ]);
  process.stdout.write(
    `Medians of ${rounds} rounds in random order on ${engineName}, operations called directly: the removal of a user, and the
first 50 resources of the successor, who has 1,000 of their own, before and after.

${table}

${sound ? 'Every limit is kept.' : 'A limit is broken.'}
`,
  );
  return sound;
};

const wanted = process.env.DYNAMODB_ENGINE as EngineName | undefined;
const directory = await mkdtemp(path.join(tmpdir(), 'roster-bench-'));
const dynamoDb = await startDynamoDb({ port: await freePort(), ...(wanted && { engine: wanted }) });
const client = new DynamoDBClient({ endpoint: dynamoDb.endpoint, ...localAws });
try {
  const template = await Template.read(await synthesizeLocal(directory));
  const sound = report(dynamoDb.name, await measure({ client, endpoint: dynamoDb.endpoint, template }));
  process.exitCode = sound ? 0 : 1;
} finally {
  client.destroy();
  await dynamoDb.stop();
  await rm(directory, { recursive: true });
}

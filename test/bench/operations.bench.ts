/**
 * `npm run bench`: how long the operations take, compared with the same requests to DynamoDB without our code, and with a
 * peer. All of them take turns in one run, because machines differ and are busy at times. Ends with 1 if a limit is broken.
 *
 * Measures the HTTP pipeline of the functions in this process, with API Gateway's events, the SDK and a real engine.
 * `--only <text>` measures the subjects whose names contain the text. `--record` writes the result that the README shows.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startDynamoDb } from '../../infra/local/dynamodb-engine.ts';
import { useScratchFolder } from '../../infra/local/scratch-folder.ts';
import { synthesizeLocal } from '../../infra/local/synthesize.ts';
import { localAws } from '../../infra/local/table.ts';
import { openEngine, type Engine } from '../model/world.ts';
import { columns } from './figures.ts';
import { startPeer, type Peer } from './peer/better-auth.ts';
import { eventOf, withoutLog } from './pipeline.ts';
import { brokenLimits, figuresOf, tableOf, type Result, type Row } from './report.ts';
import { callsOf, schedules } from './schedule.ts';
import { openSites } from './sites.ts';
import { subjects, type Subject } from './subjects.ts';
import { takeTurns, type Contest } from './turns.ts';

const root = path.resolve(import.meta.dirname, '../..');

const measure = async (engine: Engine, peer: Peer, chosen: readonly Subject[]): Promise<Row[]> => {
  const sites = await openSites(engine);
  const prepared = new Map<Contest, { row: Row; peerTimes: number }>();
  for (const subject of chosen) {
    const { name, changes, share, peerMembers } = subject;
    const site = changes ? sites.changing : sites.reading;
    const calls = callsOf(share);
    process.env.TABLE_NAME = site.tableName;
    const { next, peer: peerCall } = await subject.prepare(site, calls);
    const organization = peerMembers && (await peer.organization(peerMembers === 'each call' ? calls : peerMembers));
    const contest: Contest = {
      name,
      share,
      nextEvent: () => eventOf(next()),
      answer: site.pipeline,
      raw: { client: sites.bare, from: site.tableName, to: changes ? sites.twin : site.tableName },
      ...(peerCall && organization && { callPeer: () => peerCall.call(organization) }),
    };
    const readUnits = changes ? undefined : await site.readUnitsOf((pipeline) => pipeline(contest.nextEvent()));
    const row: Row = { name, figures: {}, ...(readUnits !== undefined && { readUnits }) };
    prepared.set(contest, { row, peerTimes: peerCall?.times ?? 1 });
    console.error(`Prepared: ${name}`);
  }
  await sites.fillTwin();
  for (const schedule of schedules) {
    const turns = await takeTurns([...prepared.keys()], schedule);
    for (const [contest, { row, peerTimes }] of prepared)
      row.figures[schedule.concurrency] = figuresOf(turns.get(contest) ?? [], peerTimes);
    console.error(`Measured: ${schedule.concurrency} at a time`);
  }
  sites.close();
  return [...prepared.values()].map(({ row }) => row);
};

const { values: options } = parseArgs({ options: { only: { type: 'string' }, record: { type: 'boolean' } } });
if (options.only !== undefined && options.record) throw new Error('A record has all rows: leave out --only.');
const chosen = subjects.filter(({ name }) => name.includes(options.only ?? ''));
const directory = useScratchFolder();
const dynamoDb = await startDynamoDb();
try {
  Object.assign(process.env, {
    AWS_REGION: localAws.region,
    AWS_ACCESS_KEY_ID: localAws.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: localAws.credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb.endpoint,
  });
  const engine = await openEngine(dynamoDb.endpoint, await synthesizeLocal(directory));
  const peer = await startPeer(path.join(root, '.local/bench-peer'));
  const result: Result = {
    machine: `${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} cores, Node ${process.versions.node}, ${dynamoDb.name} in memory`,
    date: new Date().toISOString().slice(0, 10),
    peer: peer.name,
    rows: await withoutLog(() => measure(engine, peer, chosen)),
  };
  engine.client.destroy();
  const broken = brokenLimits(result);
  console.log(`${columns(tableOf(result))}\n\n${result.machine}; ${result.peer} on SQLite in memory.`);
  console.log(broken.length === 0 ? 'All limits are kept.' : ['BROKEN:', ...broken].join('\n'));
  if (options.record)
    writeFileSync(path.join(import.meta.dirname, 'result.json'), `${JSON.stringify(result, undefined, 2)}\n`);
  process.exitCode = broken.length === 0 ? 0 : 1;
} finally {
  await dynamoDb.stop();
}

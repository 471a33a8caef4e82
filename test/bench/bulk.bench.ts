/** Bulk requests against the same requests to the table without the application. Ends with 1 when the limit is broken. */
import { startDynamoDb } from '../../infra/local/dynamodb-engine.ts';
import { useScratchFolder } from '../../infra/local/scratch-folder.ts';
import { synthesizeLocal } from '../../infra/local/synthesize.ts';
import { openEngine } from '../model/world.ts';
import { bulkLimit, measureBulk } from './bulk.ts';
import { columns } from './figures.ts';

const rounds = 12;

const directory = useScratchFolder();
const dynamoDb = await startDynamoDb();
try {
  const engine = await openEngine(dynamoDb.endpoint, await synthesizeLocal(directory));
  const rows = await measureBulk(engine, rounds);
  engine.client.destroy();
  const sound = rows.every(({ ratio }) => ratio <= bulkLimit);
  const table = columns([
    ['', 'call', 'raw requests', 'call against raw'],
    ...rows.map(({ operation, call, raw, ratio }) => [
      operation,
      `${call.toFixed(1)} ms`,
      `${raw.toFixed(1)} ms`,
      ratio.toFixed(3),
    ]),
  ]);
  process.stdout.write(
    `Medians of ${rounds} rounds on ${dynamoDb.name}, operations called directly.\n\n${table}\n\nAt most ${bulkLimit} times the raw requests: ${sound ? 'kept' : 'BROKEN'}.\n`,
  );
  process.exitCode = sound ? 0 : 1;
} finally {
  await dynamoDb.stop();
}

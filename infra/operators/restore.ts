/** `npm run restore`: makes a stage's table what a restored one is. The runbook is in infra/README.md. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { copyBack } from './copy-back.ts';
import { readArguments } from './program.ts';

const usage = `npm run restore -- --restored <restored table> --into <the stage's table>

Everything in --into that --restored does not have is deleted. Stop the functions first: infra/README.md says how.`;

try {
  const { words, options } = readArguments(['restored', 'into']);
  const { restored, into } = options;
  if (!restored || !into || restored === into || words.length > 0) {
    console.error(usage);
    process.exit(2);
  }
  const { written, erased } = await copyBack(new DynamoDBClient({}), restored, into);
  console.log(`${into} is as ${restored}: ${written} items were written, ${erased} newer ones deleted.`);
} catch (error) {
  console.error(error instanceof Error ? `${error.name}: ${error.message}` : error);
  process.exitCode = 1;
}

import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The context in cdk.json, which only the CDK CLI reads by itself. Apps that are created without the CLI pass it on, so that they behave the same. */
export const cdkContext = (
  JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../cdk.json'), 'utf8')) as {
    context: Record<string, unknown>;
  }
).context;

import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The context that cdk.json gives to the CDK's program. An app that is made without that program behaves the same with it. */
export const cdkContext = (
  JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../cdk.json'), 'utf8')) as {
    context: Record<string, unknown>;
  }
).context;

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { cdkContext } from '../../infra/cdk-context.ts';

/** Flags that are not as CDK recommends, each with the reason. */
const otherwise: Record<string, { value: unknown; reason: string }> = {
  '@aws-cdk/core:defaultCrossStackReferences': {
    value: 'strong',
    reason:
      'Weak references put Fn::GetStackOutput into other functions, and leave a stack as it is when what it refers to was replaced.',
  },
};

/**
 * A flag that is set later replaces or renames resources, so all of them are set before anybody has data. An update of
 * aws-cdk-lib that recommends another flag fails here: decide then whether it may still be set.
 */
test('cdk.json sets every feature flag as aws-cdk-lib recommends it, except those with a stated reason', () => {
  const file = createRequire(import.meta.url).resolve('aws-cdk-lib/recommended-feature-flags.json');
  const recommended = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  expect(Object.keys(recommended).length).toBeGreaterThan(50);
  const set = Object.fromEntries(Object.entries(cdkContext).filter(([name]) => name.startsWith('@aws-cdk')));
  const exceptions = Object.fromEntries(Object.entries(otherwise).map(([name, { value }]) => [name, value]));
  expect(set).toEqual({ ...recommended, ...exceptions });
});

import { stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, inject, test } from 'vitest';
import { functionEntries } from '../../infra/constructs/bundle.ts';

/** Kilobytes, minified. */
const budget = 540;

test.each(Object.keys(functionEntries))('the bundle of %s keeps within its budget', async (name) => {
  const { size } = await stat(path.join(path.dirname(inject('assembly')), 'bundles', name, 'index.mjs'));
  expect(size / 1000).toBeLessThan(budget);
});

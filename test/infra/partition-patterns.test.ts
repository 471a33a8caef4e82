import { expect, test } from 'vitest';
import { indexPatterns, tablePartitions } from '../../infra/partition-patterns.ts';
import { keys, partitions } from '../../shared/table/keys.ts';

type Build = (...ids: string[]) => string;

const samples = ['org_1', 'res_2', 'x', 'y'];

const like = (pattern: string): RegExp => new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 's');

const matching = (patterns: Record<string, string>, pk: string): string[] =>
  Object.entries(patterns).flatMap(([name, pattern]) => (like(pattern).test(pk) ? [name] : []));

const anIndex: Record<string, string>[] = Object.values(indexPatterns);

test.each(Object.entries(keys) as [string, (...ids: string[]) => { pk: string }][])(
  'a key of the kind %s lies in one partition that functions can be given, and in no other',
  (_, build) => {
    expect(matching(tablePartitions, build(...samples).pk)).toHaveLength(1);
  },
);

test.each(Object.entries(partitions) as [string, string | Build][])(
  'the partition %s is one that functions can be given, of the table or of an index',
  (_, build) => {
    const pk = typeof build === 'string' ? build : build(...samples);
    const found = [tablePartitions, ...anIndex].map((patterns) => matching(patterns, pk));
    expect(found.flat().length).toBeGreaterThan(0);
    for (const names of found) expect(names.length).toBeLessThan(2);
  },
);

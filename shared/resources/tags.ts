import * as z from 'zod';
import { plainText } from '../api/schemas.ts';

/** AWS's own bounds. Source: AWS general reference, tag naming limits and requirements. */
const maximumTags = 50;
const longestKey = 128;
const longestValue = 256;

/** Bytes of all tags of a resource together: a page of 100 resources has to fit an answer of Lambda, 6 MB, where each quote in them is four. */
const maximumBytes = 28_000;

const value = plainText(longestValue).or(z.literal(''));

/** Tags of a resource: at most 50. */
export const tags = z
  .record(plainText(longestKey), value)
  .check(({ value: given, issues }) => {
    const too = (message: string) =>
      issues.push({ code: 'custom', input: given, params: { code: 'too_big' }, message });
    if (Object.keys(given).length > maximumTags) too(`At most ${maximumTags} tags.`);
    if (new TextEncoder().encode(JSON.stringify(given)).length > maximumBytes) too(`At most ${maximumBytes} bytes.`);
  })
  .meta({ description: 'At most 50; keys of up to 128, values of up to 256 characters.' });

type Tags = Record<string, string>;

/** Names of the tags that differ; the order of tags is none, the table does not keep it. */
export const changedTags = (before: Tags, after: Tags): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => before[name] !== after[name]);

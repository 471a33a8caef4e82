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

/** The same tags, in any order: the table does not keep theirs. */
export const sameTags = (a: Record<string, string>, b: Record<string, string>): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([name, text]) => b[name] === text);

import * as z from 'zod';
import { plainText } from '../api/schemas.ts';
import { tagKeyLettersMax, tagValueLettersMax, tagsBytesMax, tagsMax } from '../limits.ts';

const value = plainText(tagValueLettersMax, 0);

export const tags = z
  .record(plainText(tagKeyLettersMax), value)
  .check(({ value: given, issues }) => {
    const too = (message: string) =>
      issues.push({ code: 'custom', input: given, params: { code: 'too_big' }, message });
    if (Object.keys(given).length > tagsMax) too(`At most ${tagsMax} tags.`);
    if (new TextEncoder().encode(JSON.stringify(given)).length > tagsBytesMax) too(`At most ${tagsBytesMax} bytes.`);
  })
  .meta({
    description: `The tags, at most ${tagsMax}. Keys have up to ${tagKeyLettersMax} characters and values up to ${tagValueLettersMax}. Control characters are refused.`,
  });

type Tags = Record<string, string>;

/** Returns the names of the tags that differ. The order of tags does not matter because DynamoDB does not preserve it. */
export const changedTags = (before: Tags, after: Tags): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => before[name] !== after[name]);

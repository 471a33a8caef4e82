import { objectOf, textShape } from '../parts/draft-shape.ts';
import { resourcesTexts as texts } from './texts.ts';

/** A tag that a person is still typing. */
export interface TagDraft {
  key: string;
  value: string;
}

export const tagDraftShape = objectOf<TagDraft>({ key: textShape, value: textShape });

export const toDrafts = (tags: Record<string, string>): TagDraft[] =>
  Object.entries(tags)
    .map(([key, value]) => ({ key, value }))
    .toSorted((a, b) => a.key.localeCompare(b.key));

export const toTags = (drafts: TagDraft[]): Record<string, string> =>
  Object.fromEntries(drafts.map(({ key, value }) => [key.trim(), value.trim()]));

/** The error text for the key of each draft, or undefined if the key is valid. */
export const wrongKeys = (drafts: TagDraft[]): (string | undefined)[] => {
  const keys = drafts.map(({ key }) => key.trim());
  return keys.map((key, index) => {
    if (key === '') return texts.giveKey;
    return keys.indexOf(key) < index ? texts.keyTwice : undefined;
  });
};

import { ok, type Result } from '../result.ts';

/** A part of a bulk request: the items that one transaction writes. */
export interface Part<Item> {
  items: readonly Item[];
  /** The position of the first item in the request. */
  start: number;
  /** Distinguishes the remembered response of this part from those of the other parts. The first part has no name. */
  name: string | undefined;
}

/** A part, with its remembered outcomes if an earlier request with the same `Idempotency-Key` has written it. */
export interface FoundPart<Item> extends Part<Item> {
  remembered?: readonly unknown[] | undefined;
}

export interface Division<Item> {
  /** The prefix of the names of the parts: `addresses`. */
  name: string;
  /**
   * The number of items at the start of the list that one transaction can write, at least 1. It must depend on the request alone,
   * so that a repeated request has the same parts, whichever of them were written the first time.
   */
  lengthOf: (items: readonly Item[]) => number;
}

/**
 * Divides a request into parts and finds those that are remembered, in one request to the table. A part is named after the
 * position of its first item. Earlier versions of Roster used the same names, but wrote one part after the other and halved a
 * part that did not fit a transaction. So the first part with another length than expected shows such a request: the next part
 * then begins where that one ended.
 */
export const findParts = async <Item>(
  items: readonly Item[],
  division: Division<Item>,
  find: (part: Part<Item>) => Promise<Result<readonly unknown[] | undefined>>,
): Promise<Result<FoundPart<Item>[]>> => {
  const parts: FoundPart<Item>[] = [];
  let start = 0;
  while (start < items.length) {
    for (const part of await findEach(divide(items, start, division), find)) {
      if (!part.ok) return part;
      const { start: from, items: planned, remembered } = part.value;
      const length = remembered?.length ?? planned.length;
      start = from + length;
      parts.push({ ...part.value, items: items.slice(from, start) });
      if (length !== planned.length) break;
    }
  }
  return ok(parts);
};

const divide = <Item>(items: readonly Item[], from: number, { name, lengthOf }: Division<Item>): Part<Item>[] => {
  const parts: Part<Item>[] = [];
  for (let start = from; start < items.length; start += parts.at(-1)?.items.length ?? 1) {
    const rest = items.slice(start);
    parts.push({ items: rest.slice(0, lengthOf(rest)), start, name: start === 0 ? undefined : `${name}-${start}` });
  }
  return parts;
};

const findEach = <Item>(
  parts: readonly Part<Item>[],
  find: (part: Part<Item>) => Promise<Result<readonly unknown[] | undefined>>,
): Promise<Result<FoundPart<Item>>[]> =>
  Promise.all(
    parts.map(async (part) => {
      const remembered = await find(part);
      return remembered.ok ? ok({ ...part, remembered: remembered.value }) : remembered;
    }),
  );

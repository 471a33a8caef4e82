import { ok, type Result } from '../result.ts';

/** A part of a bulk request: what one transaction writes. */
export interface Part<Item, Outcome> {
  items: readonly Item[];
  /** Names the part among those of a request that is remembered; absent: the first part. */
  name: string | undefined;
  /** Items of the request before this part, and their outcomes. */
  before: readonly Item[];
  earlier: readonly Outcome[];
}

/** A part does not fit one transaction: fewer items do. */
export const tooLarge = 'too large';

/**
 * Runs a bulk request part by part and joins the outcomes, one for each item. A part that a repeated request finds remembered
 * may hold fewer items than one of today: the next part begins where its outcomes end.
 */
export const inParts = async <Item, Outcome>(
  items: readonly Item[],
  { size, name }: { size: number; name: string },
  run: (part: Part<Item, Outcome>) => Promise<Result<Outcome[] | typeof tooLarge>>,
): Promise<Result<Outcome[]>> => {
  const outcomes: Outcome[] = [];
  let length = size;
  while (outcomes.length < items.length) {
    const start = outcomes.length;
    const result = await run({
      items: items.slice(start, start + length),
      name: start === 0 ? undefined : `${name}-${start}`,
      before: items.slice(0, start),
      earlier: [...outcomes],
    });
    if (!result.ok) return result;
    if (result.value === tooLarge) length = Math.ceil(length / 2);
    else {
      outcomes.push(...result.value);
      length = size;
    }
  }
  return ok(outcomes);
};

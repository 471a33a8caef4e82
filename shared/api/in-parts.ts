import { ok, type Result } from '../result.ts';

/** A part of a bulk request: the items that one transaction writes. */
export interface Part<Item, Outcome> {
  items: readonly Item[];
  /** Distinguishes the remembered response of this part from those of the other parts. The first part has no name. */
  name: string | undefined;
  /** The items of all earlier parts. */
  before: readonly Item[];
  /** The outcomes of all earlier parts. */
  earlier: readonly Outcome[];
}

/** Returned for a part that does not fit one transaction. `inParts` then tries a part with half as many items. */
export const tooLarge = 'too large';

/**
 * Runs a bulk request part by part and joins the outcomes, one per item. A remembered part may have fewer items than `size`,
 * for example because it was halved, so the next part starts after the last outcome.
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

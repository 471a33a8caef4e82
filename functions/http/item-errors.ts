import type { Route } from '../../shared/api/route.ts';
import type { FieldError } from '../../shared/errors.ts';
import { itemErrorsMax } from '../../shared/limits.ts';
import { shownErrors } from './response.ts';

/** The errors of a request that contains a list of items. */
export interface SortedErrors {
  /** Errors that refuse the whole request. */
  request: FieldError[];
  /** Errors that refuse a single item, by the position of the item. Their pointers begin at the item. */
  items: ReadonlyMap<number, FieldError[]>;
}

/**
 * Separates errors that refuse the whole request from errors that refuse only one item of the list with this name. Without a list,
 * every error refuses the request.
 */
export const sortErrors = (list: string | undefined, errors: readonly FieldError[]): SortedErrors => {
  const positions = errors.map(({ pointer }) => (list === undefined ? undefined : positionIn(list, pointer)));
  const items = new Map<number, FieldError[]>();
  errors.forEach((error, index) => {
    const found = positions[index];
    if (found) items.set(found.position, [...(items.get(found.position) ?? []), { ...error, pointer: found.rest }]);
  });
  return { request: errors.filter((_, index) => !positions[index]), items };
};

/** Merges the results of the operation, which did not receive the refused items, with their errors, in the order of the request. */
export const withRefusedItems = (
  { eachItem }: Route,
  value: unknown,
  refused: SortedErrors['items'] = new Map(),
): unknown => {
  if (!eachItem || refused.size === 0) return value;
  const accepted = [...(value as { results: unknown[] }).results];
  const results = Array.from({ length: accepted.length + refused.size }, (_, position) => {
    const errors = refused.get(position);
    return errors ? refusedItem(eachItem.outcome, errors) : accepted.shift();
  });
  return { ...(value as object), results };
};

const refusedItem = (outcome: string, errors: readonly FieldError[]) => ({
  outcome,
  code: 'invalid_request',
  errors: shownErrors(errors, itemErrorsMax),
});

const positionIn = (list: string, pointer: string): { position: number; rest: string } | undefined => {
  const [, name, position = '', ...rest] = pointer.split('/');
  if (name !== list || !/^[0-9]+$/.test(position)) return undefined;
  return { position: Number(position), rest: rest.map((part) => `/${part}`).join('') };
};

import { sameValue } from '../same-value.ts';
import type { Condition } from './condition.ts';

export interface Key {
  pk: string;
  sk: string;
}

/** A text that identifies a key: for maps and sets, never stored. */
export const keyId = ({ pk, sk }: Key): string => JSON.stringify([pk, sk]);

export type Item = Key & Record<string, unknown>;

/** A condition of a write, and the failure in which the write ends if the condition does not hold. */
export interface Guard<F> {
  when: Condition;
  otherwise: F;
}

export interface Changes {
  set?: Record<string, unknown>;
  remove?: string[];
  add?: Record<string, number>;
  append?: Record<string, unknown[]>;
}

export type Effect =
  { kind: 'none' } | { kind: 'put'; item: Item } | { kind: 'update'; changes: Changes } | { kind: 'delete' };

/** The write of one item in a transaction. `F`: the failures in which it may end. */
export interface Write<F = string> {
  key: Key;
  effect: Effect;
  guards: Guard<F>[];
}

const keyOf = ({ pk, sk }: Key): Key => ({ pk, sk });

export const guard = <const F>(when: Condition, otherwise: F): Guard<F> => ({ when, otherwise });

export const put = <F = never>(item: Item, ...guards: Guard<F>[]): Write<F> => ({
  key: keyOf(item),
  effect: { kind: 'put', item },
  guards,
});

export const update = <F = never>(
  key: Key,
  changes: Changes,
  ...guards: Guard<F>[]
): Write<F> & { effect: { kind: 'update' } } => ({
  key: keyOf(key),
  effect: { kind: 'update', changes },
  guards,
});

/**
 * Updates an item from `before` to `after`: sets the attributes that differ and removes those that `after` lacks. Attributes in
 * neither stay in the table, so the data of a newer version that runs at the same time survives.
 */
export const revise = <F = never>(before: Item, after: Item, ...guards: Guard<F>[]): Write<F> => {
  const { pk: _pk, sk: _sk, ...attributes } = after;
  const set = Object.fromEntries(
    Object.entries(attributes).filter(([name, value]) => value !== undefined && !sameValue(value, before[name])),
  );
  const remove = Object.keys(before).filter((name) => before[name] !== undefined && after[name] === undefined);
  return update(before, { set, remove }, ...guards);
};

export const erase = <F = never>(key: Key, ...guards: Guard<F>[]): Write<F> => ({
  key: keyOf(key),
  effect: { kind: 'delete' },
  guards,
});

export const check = <F>(key: Key, ...guards: Guard<F>[]): Write<F> => ({
  key: keyOf(key),
  effect: { kind: 'none' },
  guards,
});

/**
 * Merges checks and changes of the same item into one write with all guards, because DynamoDB accepts only one operation per
 * item in a transaction. Throws on two puts or deletes of one item, which are a mistake in the operation.
 */
export const mergeWrites = <F>(writes: Write<F>[]): Write<F>[] => {
  const merged = new Map<string, Write<F>>();
  for (const write of writes) {
    const id = keyId(write.key);
    const before = merged.get(id);
    merged.set(
      id,
      before
        ? { key: write.key, effect: mergeEffects(before, write), guards: [...before.guards, ...write.guards] }
        : write,
    );
  }
  return [...merged.values()];
};

const mergeEffects = <F>(a: Write<F>, b: Write<F>): Effect => {
  if (a.effect.kind === 'none') return b.effect;
  if (b.effect.kind === 'none') return a.effect;
  if (a.effect.kind === 'update' && b.effect.kind === 'update')
    return { kind: 'update', changes: mergeChanges(a.effect.changes, b.effect.changes) };
  throw new Error(`Two writes of one item in a transaction: ${a.key.pk} ${a.key.sk}`);
};

const mergeChanges = (a: Changes, b: Changes): Changes => ({
  set: { ...a.set, ...b.set },
  remove: [...(a.remove ?? []), ...(b.remove ?? [])],
  add: sum(a.add ?? {}, b.add ?? {}),
  append: joined(a.append ?? {}, b.append ?? {}),
});

const joined = (a: Record<string, unknown[]>, b: Record<string, unknown[]>): Record<string, unknown[]> => {
  const all = { ...a };
  for (const [name, values] of Object.entries(b)) all[name] = [...(all[name] ?? []), ...values];
  return all;
};

const sum = (a: Record<string, number>, b: Record<string, number>): Record<string, number> => {
  const total = { ...a };
  for (const [name, value] of Object.entries(b)) total[name] = (total[name] ?? 0) + value;
  return total;
};

import { compareUtf8 } from '../text.ts';

/**
 * A condition of a write on the stored item. It is data, so that adapters can compile it, `holds` evaluate it, and tests remove it.
 */
export type Condition =
  | { op: 'absent' | 'present'; attribute: string }
  | { op: '=' | '<' | '<=' | '>' | '>='; attribute: string; value: string | number | boolean }
  | { op: 'contains'; attribute: string; value: string }
  | { op: 'and' | 'or'; conditions: Condition[] };

export const absent = (attribute: string): Condition => ({ op: 'absent', attribute });
export const present = (attribute: string): Condition => ({ op: 'present', attribute });
export const equal = (attribute: string, value: string | number | boolean): Condition => ({
  op: '=',
  attribute,
  value,
});
export const below = (attribute: string, value: string | number): Condition => ({ op: '<', attribute, value });
export const atMost = (attribute: string, value: string | number): Condition => ({ op: '<=', attribute, value });
export const above = (attribute: string, value: string | number): Condition => ({ op: '>', attribute, value });
export const contains = (attribute: string, value: string): Condition => ({ op: 'contains', attribute, value });
export const allOf = (...conditions: Condition[]): Condition => ({ op: 'and', conditions });
export const anyOf = (...conditions: Condition[]): Condition => ({ op: 'or', conditions });

/** Whether an item, or its absence, meets the condition, as DynamoDB decides it. */
export const holds = (condition: Condition, item: Record<string, unknown> | undefined): boolean => {
  switch (condition.op) {
    case 'and':
      return condition.conditions.every((each) => holds(each, item));
    case 'or':
      return condition.conditions.some((each) => holds(each, item));
    case 'absent':
      return item?.[condition.attribute] === undefined;
    case 'present':
      return item?.[condition.attribute] !== undefined;
    case 'contains': {
      const value = item?.[condition.attribute];
      return (Array.isArray(value) || typeof value === 'string') && value.includes(condition.value);
    }
    default:
      return compare(condition.op, item?.[condition.attribute], condition.value);
  }
};

const compare = (op: '=' | '<' | '<=' | '>' | '>=', left: unknown, right: string | number | boolean): boolean => {
  if (typeof left !== typeof right) return false;
  const difference = typeof left === 'string' ? compareUtf8(left, String(right)) : Number(left) - Number(right);
  return {
    '=': difference === 0,
    '<': difference < 0,
    '<=': difference <= 0,
    '>': difference > 0,
    '>=': difference >= 0,
  }[op];
};

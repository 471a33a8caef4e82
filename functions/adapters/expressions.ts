import type { Condition } from '../../shared/table/condition.ts';
import type { Changes } from '../../shared/table/write.ts';
import { asMaps } from './as-maps.ts';

/** Collects the names and values that DynamoDB expressions refer to. */
export class Placeholders {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, unknown> = {};

  name(attribute: string): string {
    const placeholder = `#${attribute}`;
    this.names[placeholder] = attribute;
    return placeholder;
  }

  value(value: unknown): string {
    const placeholder = `:v${Object.keys(this.values).length}`;
    this.values[placeholder] = asMaps(value);
    return placeholder;
  }

  /** The parameters of a request. Empty ones are left out, because DynamoDB refuses them. */
  parameters(): {
    ExpressionAttributeNames?: Record<string, string>;
    ExpressionAttributeValues?: Record<string, unknown>;
  } {
    return {
      ...(Object.keys(this.names).length > 0 && { ExpressionAttributeNames: this.names }),
      ...(Object.keys(this.values).length > 0 && { ExpressionAttributeValues: this.values }),
    };
  }
}

export const conditionExpression = (condition: Condition, placeholders: Placeholders): string => {
  switch (condition.op) {
    case 'and':
    case 'or':
      return condition.conditions
        .map((part) => `(${conditionExpression(part, placeholders)})`)
        .join(condition.op === 'and' ? ' AND ' : ' OR ');
    case 'absent':
      return `attribute_not_exists(${placeholders.name(condition.attribute)})`;
    case 'present':
      return `attribute_exists(${placeholders.name(condition.attribute)})`;
    case 'contains':
      return `contains(${placeholders.name(condition.attribute)}, ${placeholders.value(condition.value)})`;
    default:
      return `${placeholders.name(condition.attribute)} ${condition.op} ${placeholders.value(condition.value)}`;
  }
};

export const updateExpression = (
  { set = {}, remove = [], add = {}, append = {} }: Changes,
  placeholders: Placeholders,
): string => {
  const assigned = new Set(Object.keys(set));
  const sets = [
    ...Object.entries(set).map(([name, value]) => `${placeholders.name(name)} = ${placeholders.value(value)}`),
    ...Object.entries(append).map(
      ([name, values]) =>
        `${placeholders.name(name)} = list_append(${placeholders.name(name)}, ${placeholders.value(values)})`,
    ),
  ];
  const removes = [...new Set(remove)].filter((name) => !assigned.has(name)).map((name) => placeholders.name(name));
  const adds = Object.entries(add).map(([name, value]) => `${placeholders.name(name)} ${placeholders.value(value)}`);
  return [
    sets.length > 0 && `SET ${sets.join(', ')}`,
    removes.length > 0 && `REMOVE ${removes.join(', ')}`,
    adds.length > 0 && `ADD ${adds.join(', ')}`,
  ]
    .filter(Boolean)
    .join(' ');
};

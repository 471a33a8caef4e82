import type * as z from 'zod';

type Issue = z.core.$ZodRawIssue;

/**
 * Describes a validation error in a sentence for the caller. Replaces the messages of Zod, which name its own types and repeat the
 * input. A message that a schema sets itself takes precedence. `schema.safeParse(value, { error: issueText })`.
 */
export const issueText = (issue: Issue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'This is required.'
        : `This must be ${typeNames[issue.expected] ?? 'another type'}.`;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return oneOf(issue.options as z.core.util.Primitive[] | undefined);
    case 'too_small':
      return `This must ${bound(issue, 'at least', issue.minimum)}.`;
    case 'too_big':
      return `This must ${bound(issue, 'at most', issue.maximum)}.`;
    case 'invalid_format':
      return formats[issue.format] ?? 'This does not have the required form.';
    case 'not_multiple_of':
      return `This must be a multiple of ${issue.divisor}.`;
    case 'unrecognized_keys':
      return 'There is no such field.';
    case 'invalid_key':
      return `This is not a valid key. ${issue.issues.map(({ message }) => message).join(' ')}`;
    case 'invalid_element':
      return `This contains an element that is not valid. ${issue.issues.map(({ message }) => message).join(' ')}`;
    default:
      return 'This is not valid.';
  }
};

/** Names of types by their names in Zod. JSON cannot express the types that are missing here. */
const typeNames: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'an array',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

const formats: Record<string, string> = {
  date: 'This must be a date in the form 2026-01-31.',
  datetime: 'This must be an instant in UTC in the form 2026-01-31T12:00:00.000Z.',
};

const oneOf = (values: readonly z.core.util.Primitive[] = []): string => {
  const [first, ...others] = values.map(String);
  if (first === undefined) return 'This has none of the forms that are allowed here.';
  return others.length === 0 ? `This must be ${first}.` : `This must be one of: ${[first, ...others].join(', ')}.`;
};

/** The violated bound as a phrase: `have at most 5 characters`, `be at least 1`. */
const bound = (
  { origin, inclusive = true, exact = false }: { origin: string; inclusive?: boolean; exact?: boolean },
  atLeastOrMost: 'at least' | 'at most',
  limit: number | bigint,
): string => {
  const amount = exact ? `exactly ${limit}` : `${atLeastOrMost} ${limit}`;
  const unit = units[origin];
  if (unit !== undefined) return `have ${amount} ${unit}${Number(limit) === 1 ? '' : 's'}`;
  return inclusive ? `be ${amount}` : `be ${atLeastOrMost === 'at least' ? 'more' : 'less'} than ${limit}`;
};

const units: Record<string, string> = { string: 'character', array: 'item', set: 'item', map: 'item' };

/** A call in the form that IAM authorizes. */
export interface AwsCall {
  /** `dynamodb:GetItem` */
  action: string;
  /** An ARN. */
  resource: string;
  /** Condition keys that the service provides for the call: `dynamodb:LeadingKeys`, `ses:FromAddress`. */
  context: Record<string, string[]>;
}

export type OneOrMore = string | string[];

/** A statement of a policy document, with the fields that our roles use. */
export interface Statement {
  Effect: 'Allow' | 'Deny';
  Action: OneOrMore;
  Resource: OneOrMore;
  Condition?: Record<string, Record<string, OneOrMore>>;
}

export interface Verdict {
  allowed: boolean;
  /** The grants that allow the call: see `grantsOf`. */
  grants: string[];
}

/** Decides as IAM does: a call is refused if no statement allows it, or if any statement denies it. */
export const roleOf = (statements: readonly Statement[]) => {
  const rules = statements.map(ruleOf);
  return (call: AwsCall): Verdict => {
    const matching = rules.filter((rule) => rule.matches(call));
    const allowed = matching.length > 0 && matching.every(({ effect }) => effect === 'Allow');
    return { allowed, grants: allowed ? matching.flatMap((rule) => rule.grantsFor(call)) : [] };
  };
};

/** The single permissions of a role: `dynamodb:GetItem <table's ARN> *#invites`. */
export const grantsOf = (statements: readonly Statement[]): string[] =>
  statements.filter(({ Effect }) => Effect === 'Allow').flatMap((statement) => ruleOf(statement).grants);

const ruleOf = (statement: Statement) => {
  const { Effect, Action, Resource, Condition = {}, ...others } = statement;
  // Throws for unsupported elements, because ignoring one could allow too much.
  const strange = Object.keys(others).find((name) => name !== 'Sid');
  if (strange !== undefined) throw new Error(`A statement with "${strange}" is more than this can decide on`);
  const actions = list(Action).map(likeness);
  const resources = list(Resource).map(likeness);
  const conditions = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, patterns]) => conditionOf(operator, key, list(patterns).map(likeness))),
  );
  const combined = (action: string[], resource: string[], values: string[]): string[] =>
    action.flatMap((a) => resource.flatMap((r) => values.map((value) => [a, r, value].join(' ').trim())));
  const texts = (patterns: Likeness[]): string[] => patterns.map(({ pattern }) => pattern);
  return {
    effect: Effect,
    matches: ({ action, resource, context }: AwsCall): boolean =>
      actions.some(({ test }) => test(action)) &&
      resources.some(({ test }) => test(resource)) &&
      conditions.every((condition) => condition.holds(context)),
    grants: combined(
      texts(actions),
      texts(resources),
      conditions.length > 0 ? conditions.flatMap(({ patterns }) => texts(patterns)) : [''],
    ),
    grantsFor: ({ action, resource, context }: AwsCall): string[] =>
      combined(
        texts(actions.filter(({ test }) => test(action))),
        texts(resources.filter(({ test }) => test(resource))),
        conditions.length > 0 ? conditions.flatMap((condition) => texts(condition.met(context))) : [''],
      ),
  };
};

const conditionOf = (operator: string, key: string, patterns: Likeness[]) => {
  // StringEquals is for keys with one value and has no wildcards. It does not hold for a call without the key.
  if (operator === 'StringEquals') {
    const met = ({ [key]: values = [] }: AwsCall['context']): Likeness[] =>
      patterns.filter(({ pattern }) => values.length === 1 && values[0] === pattern);
    return { patterns, holds: (context: AwsCall['context']): boolean => met(context).length > 0, met };
  }
  const [quantifier, comparison] = operator.split(':');
  if (comparison !== 'StringLike' || (quantifier !== 'ForAllValues' && quantifier !== 'ForAnyValue'))
    throw new Error(`The condition operator "${operator}" is more than this can decide on`);
  const isLike = (value: string): boolean => patterns.some(({ test }) => test(value));
  return {
    patterns,
    /** For a call without the key, `ForAllValues` holds and `ForAnyValue` does not. */
    holds: ({ [key]: values = [] }: AwsCall['context']): boolean =>
      quantifier === 'ForAllValues' ? values.every(isLike) : values.some(isLike),
    met: ({ [key]: values = [] }: AwsCall['context']): Likeness[] =>
      patterns.filter(({ test }) => values.some((value) => test(value))),
  };
};

interface Likeness {
  pattern: string;
  test(text: string): boolean;
}

/** A matcher for a pattern in which `*` is any text and `?` any character. */
const likeness = (pattern: string): Likeness => {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 's');
  return { pattern, test: (text) => expression.test(text) };
};

const list = (value: OneOrMore): string[] => (typeof value === 'string' ? [value] : value);

/** A call, as IAM decides on it. */
export interface AwsCall {
  /** `dynamodb:GetItem` */
  action: string;
  /** An ARN. */
  resource: string;
  /** Condition keys that the service provides for the call: `dynamodb:LeadingKeys`, `ses:FromAddress`. */
  context: Record<string, string[]>;
}

export type OneOrMore = string | string[];

/** A statement of a policy document, of those that our roles are made of. */
export interface Statement {
  Effect: 'Allow' | 'Deny';
  Action: OneOrMore;
  Resource: OneOrMore;
  Condition?: Record<string, Record<string, OneOrMore>>;
}

export interface Verdict {
  allowed: boolean;
  /** What of the role made it so: see `grantsOf`. */
  grants: string[];
}

/** Decides as IAM does: what no statement allows is refused, and what one denies is refused whatever others allow. */
export const roleOf = (statements: readonly Statement[]) => {
  const rules = statements.map(ruleOf);
  return (call: AwsCall): Verdict => {
    const matching = rules.filter((rule) => rule.matches(call));
    const allowed = matching.length > 0 && matching.every(({ effect }) => effect === 'Allow');
    return { allowed, grants: allowed ? matching.flatMap((rule) => rule.grantsFor(call)) : [] };
  };
};

/** Everything that a role allows, one by one: `dynamodb:GetItem <table's ARN> *#invites`. */
export const grantsOf = (statements: readonly Statement[]): string[] =>
  statements.filter(({ Effect }) => Effect === 'Allow').flatMap((statement) => ruleOf(statement).grants);

const ruleOf = (statement: Statement) => {
  const { Effect, Action, Resource, Condition = {}, ...others } = statement;
  // Whatever is not understood here must not pass for understood.
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
  // StringEquals, for keys with one value, knows no wildcards. A call that lacks the key does not meet it.
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
    /** Of a key that the call does not tell, all of no values are like anything, and none is. */
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

/** `*` is any text, `?` any character. */
const likeness = (pattern: string): Likeness => {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 's');
  return { pattern, test: (text) => expression.test(text) };
};

const list = (value: OneOrMore): string[] => (typeof value === 'string' ? [value] : value);

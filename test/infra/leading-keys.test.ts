/**
 * How IAM fills `dynamodb:LeadingKeys` for the parts of a transaction is not documented. Four interpretations are possible. This
 * test evaluates every transaction whose items the role allows under each of them, so that nothing depends on which one is true.
 *
 * - Documented: "Permissions for Put, Update, Delete, and Get actions are governed by the permissions used for the underlying
 *   PutItem, UpdateItem, DeleteItem, and GetItem operations" (DynamoDB Developer Guide, "Using IAM with DynamoDB transactions").
 * - Documented: `ConditionCheckItem`, an action that exists in transactions only, has the condition key `dynamodb:LeadingKeys`
 *   (Service Authorization Reference, "Actions defined by Amazon DynamoDB"). So transactions have leading keys.
 * - Documented: `ForAllValues` holds when the key is absent, and `ForAnyValue` does not (IAM User Guide, "Set operators for
 *   multivalued context keys").
 * - Field report: a production policy (layervai/nhp, statement DynamoDBSessionControlTerminalCloseDelete) limits `DeleteItem` with
 *   `ForAllValues` to two partitions, while its transactions also update, put and check items in other partitions. They would be
 *   refused if IAM evaluated each action with the keys of the whole request.
 */
import fc from 'fast-check';
import { describe, expect, inject, test } from 'vitest';
import { rightsOf } from '../../infra/local/rights.ts';
import { roleOf, type AwsCall, type Statement } from '../../infra/local/role.ts';
import { Template } from '../../infra/local/template.ts';
import { tablePartitions } from '../../infra/partition-patterns.ts';
import { permissions, type TableAction } from '../../infra/permissions.ts';

type Partition = keyof typeof tablePartitions;

/** One item of a request: what is done with it, and in which partition. */
type Part = [action: TableAction | 'BatchGetItem', partition: Partition];

const template = await Template.read(inject('assembly'));
const [table] = template.ofType('AWS::DynamoDB::GlobalTable');
const resource = `${table?.id.split('/')[1]}.Arn`;
const statementsOf = rightsOf(template);

const roles = Object.entries(permissions).flatMap(([name, { table: actions }]) => {
  const id = template
    .idsOf('AWS::Lambda::Function')
    .map((each) => each.split('/')[1] ?? '')
    // A logical id ends with a hash of eight characters.
    .find((each) => each.slice(0, -8) === name);
  return actions && id ? [{ name, actions, statements: statementsOf(id).statements }] : [];
});

const keyIn = (partition: Partition): string => tablePartitions[partition].replaceAll('*', 'id_1');

const evaluation = (action: string, partitions: Partition[]): AwsCall => ({
  action: `dynamodb:${action}`,
  resource,
  context: partitions.length > 0 ? { 'dynamodb:LeadingKeys': partitions.map(keyIn) } : {},
});

const actionsIn = (parts: Part[]) => Map.groupBy(parts, ([action]) => action);

/** What IAM evaluates for a request of several items. The request is allowed if every evaluation allows it. */
const interpretations = {
  'each item with its own key': (parts: Part[]) => parts.map(([action, partition]) => evaluation(action, [partition])),
  'each action with the keys of its own items': (parts: Part[]) =>
    [...actionsIn(parts)].map(([action, items]) =>
      evaluation(
        action,
        items.map(([, partition]) => partition),
      ),
    ),
  'each action with the keys of the whole request': (parts: Part[]) =>
    [...actionsIn(parts).keys()].map((action) =>
      evaluation(
        action,
        parts.map(([, partition]) => partition),
      ),
    ),
  'each action without keys': (parts: Part[]) => [...actionsIn(parts).keys()].map((action) => evaluation(action, [])),
};

type Interpretation = keyof typeof interpretations;

const isAllowed = (statements: Statement[], parts: Part[], interpretation: Interpretation): boolean => {
  const judge = roleOf(statements);
  return interpretations[interpretation](parts).every((call) => judge(call).allowed);
};

/** Requests of all sizes that the table of permissions allows item by item. */
const requests = (actions: NonNullable<(typeof roles)[number]['actions']>, of: TableAction[]): fc.Arbitrary<Part[]> =>
  fc.array(
    fc.constantFrom(...of.flatMap((action) => (actions[action] ?? []).map((partition): Part => [action, partition]))),
    { minLength: 1, maxLength: 100 },
  );

const inTransactions: TableAction[] = ['ConditionCheckItem', 'PutItem', 'UpdateItem', 'DeleteItem'];

const plausible: Interpretation[] = [
  'each item with its own key',
  'each action with the keys of its own items',
  'each action without keys',
];

describe.each(roles)('the role of $name', ({ actions, statements }) => {
  test.each(plausible)('allows its transactions and batches if IAM evaluates %s', (interpretation) => {
    for (const kinds of [inTransactions, ['BatchGetItem' as const]]) {
      if (!kinds.some((action) => actions[action])) continue;
      fc.assert(fc.property(requests(actions, kinds), (parts) => isAllowed(statements, parts, interpretation)));
    }
  });
});

test('every function that uses the table is tested', () => {
  expect(roles.map(({ name }) => name)).toEqual(
    Object.entries(permissions).flatMap(([name, { table: actions }]) => (actions ? [name] : [])),
  );
});

test('a transaction would be refused if IAM evaluated each action with the keys of the whole request, which the field report excludes', () => {
  const users = roles.find(({ name }) => name === 'users');
  const parts: Part[] = [
    ['UpdateItem', 'user'],
    ['PutItem', 'audit'],
  ];
  expect(
    (Object.keys(interpretations) as Interpretation[]).filter(
      (interpretation) => !isAllowed(users?.statements ?? [], parts, interpretation),
    ),
  ).toEqual(['each action with the keys of the whole request']);
});

// Without keys, neither Allow nor Deny can tell partitions apart. The documents exclude this for transactions.
const everything: Statement = { Effect: 'Allow', Action: '*', Resource: '*' };

describe.each(roles)('if the role of $name allowed everything,', ({ statements }) => {
  const judged = (parts: Part[], interpretation: Interpretation) =>
    isAllowed([...statements, everything], parts, interpretation);

  test.each<Interpretation>([
    'each item with its own key',
    'each action with the keys of its own items',
    'each action with the keys of the whole request',
  ])('no transaction could change or delete an audit event if IAM evaluates %s', (interpretation) => {
    for (const action of ['UpdateItem', 'DeleteItem'] as const) {
      const change: Part = [action, 'audit'];
      expect(judged([change], interpretation)).toBe(false);
      expect(judged([change, [action, 'user'], ['PutItem', 'audit']], interpretation)).toBe(false);
    }
  });

  test.each(plausible)(
    'a transaction could still write an audit event with its changes if IAM evaluates %s',
    (interpretation) => {
      expect(
        judged(
          [
            ['UpdateItem', 'user'],
            ['DeleteItem', 'users'],
            ['PutItem', 'audit'],
          ],
          interpretation,
        ),
      ).toBe(true);
    },
  );
});

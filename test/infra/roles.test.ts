import { describe, expect, inject, test } from 'vitest';
import { roleOf, type Statement } from '../../infra/local/role.ts';
import { rightsOf } from '../../infra/local/rights.ts';
import { Template as Assembly } from '../../infra/local/template.ts';
import { findStage } from '../../infra/stages.ts';
import { permissions } from '../../infra/permissions.ts';
import { all as allOf, templatesOf } from '../support/templates.ts';

/** Characters of all inline policies of a role: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const mostPolicy = 10_240;

/** What Lambda does in a function's name: it reads the table's stream. */
const ofStream = /^dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams)$/;

interface Policy extends Record<string, unknown> {
  PolicyName: string;
  PolicyDocument: { Statement: Statement[] };
}

const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

describe.each(['local', 'dev'] as const)('the roles of the functions of stage %s', (stage) => {
  const all = (type: string) => allOf(templatesOf(stage).api, type).map(({ Properties }) => Properties);
  const policies = all('AWS::IAM::Policy') as Policy[];
  const statements = policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
  const allowed = statements.filter(({ Effect }) => Effect === 'Allow');
  const onTable = allowed.filter(({ Action }) =>
    list(Action).some((action) => action.startsWith('dynamodb:') && !ofStream.test(action)),
  );

  test('are one each', () => {
    const roles = all('AWS::Lambda::Function').map(({ Role }) => JSON.stringify(Role));
    expect(new Set(roles).size).toBe(roles.length);
  });

  test('are policies of our own, and none of AWS’s', () => {
    const names = Object.keys(permissions).filter((name) => name !== 'console' && name !== 'tokenClaims');
    expect(policies).toHaveLength(names.length);
    for (const name of names)
      expect(policies.filter(({ PolicyName }) => PolicyName.startsWith(`${name}OwnRole`))).toHaveLength(1);
    for (const { ManagedPolicyArns, Policies } of all('AWS::IAM::Role')) {
      expect(ManagedPolicyArns).toBeUndefined();
      expect(Policies).toBeUndefined();
    }
  });

  test('name every action, and none that could go through the whole table', () => {
    const actions = allowed.flatMap(({ Action }) => list(Action));
    expect(actions.filter((action) => /\*|Scan|PartiQL/.test(action))).toEqual([]);
  });

  test('name every resource, but for traces and the rate of mails, which belong to none', () => {
    const everywhere = allowed.filter(({ Resource }) => list<unknown>(Resource).includes('*'));
    const actions = everywhere.flatMap(({ Action }) => list(Action));
    expect([...new Set(actions)].toSorted()).toEqual([
      'ses:GetAccount',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
    for (const { Resource } of onTable) expect(JSON.stringify(Resource)).not.toContain('*');
  });

  test('send mails from the sender of the stage only, to recipients that may be identities of the account', () => {
    const sending = allowed.filter(({ Action }) => list(Action).includes('ses:SendEmail'));
    expect(sending).toHaveLength(2);
    const [toIdentities, withSet] = sending;
    expect(JSON.stringify(toIdentities?.Resource)).toMatch(/:ses:.*:identity\/\*"/);
    expect(toIdentities?.Condition).toEqual({
      StringEquals: { 'ses:FromAddress': /<(.*)>/.exec(findStage(stage).mailSender)?.[1] },
    });
    expect(JSON.stringify(withSet?.Resource)).toMatch(/:configuration-set\/(?!\*)/);
    for (const { Action } of sending) expect(Action).toBe('ses:SendEmail');
  });

  test('name the partitions of all that they let be done to the table', () => {
    expect(onTable.length).toBeGreaterThan(50);
    for (const { Condition } of onTable) {
      expect(Object.keys(Condition ?? {})).toEqual(['ForAllValues:StringLike']);
      const patterns = list(Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? []);
      expect(patterns.length).toBeGreaterThan(0);
      for (const pattern of patterns) expect(pattern).toMatch(/[a-z]/);
    }
  });

  test('are short enough for IAM', () => {
    for (const { PolicyDocument } of policies) expect(JSON.stringify(PolicyDocument).length).toBeLessThan(mostPolicy);
  });
});

describe('what was written to the audit log', async () => {
  const template = await Assembly.read(inject('assembly'));
  const [tableArn = ''] = template.ofType('AWS::DynamoDB::GlobalTable').map(({ id }) => `${id.split('/')[1]}.Arn`);
  const rights = rightsOf(template);
  const roles = template
    .idsOf('AWS::Lambda::Function')
    .map((id) => id.split('/')[1] ?? '')
    .map((id) => ({ name: id.slice(0, -8), statements: rights(id).statements }));
  const asked = (action: string, partition: string) => ({
    action: `dynamodb:${action}`,
    resource: tableArn,
    context: { 'dynamodb:LeadingKeys': [partition] },
  });
  const ofTable = roles.filter(({ statements }) =>
    statements.some(({ Action }) => /dynamodb:/.test(list(Action).join())),
  );
  const everything: Statement = { Effect: 'Allow', Action: '*', Resource: '*' };

  test.each(['UpdateItem', 'DeleteItem', 'BatchWriteItem', 'PartiQLUpdate', 'PartiQLDelete'])(
    'is safe from %s of every function, even should its role come to allow everything',
    (action) => {
      for (const { name, statements } of ofTable) {
        const judge = roleOf([...statements, everything]);
        expect([name, judge(asked(action, 'org_1#audit')).allowed]).toEqual([name, false]);
        expect([name, judge(asked(action, 'org_1#users')).allowed]).toEqual([name, true]);
        // The names in the log are not part of it: they can be erased.
        expect([name, judge(asked(action, 'org_1#audit-labels')).allowed]).toEqual([name, true]);
      }
    },
  );

  test.each(['org_1#audit', 'org_1#audit-labels'])(
    '(%s) is read by one function only, and written by those that change something',
    (partition) => {
      const allowedTo = (action: string) =>
        roles
          .filter(({ statements }) => roleOf(statements)(asked(action, partition)).allowed)
          .map(({ name }) => name)
          .toSorted();
      expect([allowedTo('GetItem'), allowedTo('BatchGetItem'), allowedTo('Query')]).toEqual([
        [],
        ['organizations'],
        ['organizations'],
      ]);
      const silent = new Set(['console', 'permissions', 'platform', 'tokenClaims']);
      expect(allowedTo('PutItem')).toEqual(
        roles
          .map(({ name }) => name)
          .filter((name) => !silent.has(name))
          .toSorted(),
      );
    },
  );
});

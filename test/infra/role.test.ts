import { describe, expect, test } from 'vitest';
import { grantsOf, roleOf, type AwsCall, type Statement } from '../../infra/local/role.ts';

const table = 'arn:aws:dynamodb:eu-west-1:000000000000:table/people';

const call = (action: string, leadingKeys?: string[], resource = table): AwsCall => ({
  action,
  resource,
  context: leadingKeys ? { 'dynamodb:LeadingKeys': leadingKeys } : {},
});

const onKeys = (...patterns: string[]) => ({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns } });

const allow = (Action: string | string[], Condition?: Statement['Condition']): Statement => ({
  Effect: 'Allow',
  Action,
  Resource: table,
  ...(Condition && { Condition }),
});

const isAllowed = (statements: Statement[], asked: AwsCall): boolean => roleOf(statements)(asked).allowed;

describe('a role', () => {
  test('without statements allows nothing', () => {
    expect(isAllowed([], call('dynamodb:GetItem'))).toBe(false);
  });

  test('allows the actions of a statement, on its resources', () => {
    const role = [allow(['dynamodb:GetItem', 'dynamodb:Query'])];
    expect(isAllowed(role, call('dynamodb:Query'))).toBe(true);
    expect(isAllowed(role, call('dynamodb:PutItem'))).toBe(false);
    expect(isAllowed(role, call('dynamodb:Query', undefined, `${table}/index/gsi1`))).toBe(false);
  });

  test('allows what an asterisk or a question mark stands for, and takes all else by the letter', () => {
    const like = (pattern: string, key: string) =>
      isAllowed([allow('dynamodb:GetItem', onKeys(pattern))], call('dynamodb:GetItem', [key]));
    expect(like('*#audit', 'org_1#audit')).toBe(true);
    expect(like('*#audit', 'org_1#audit#actor')).toBe(false);
    expect(like('*#role#*', 'org_1#role#member')).toBe(true);
    expect(like('org_?#audit', 'org_1#audit')).toBe(true);
    expect(like('org_?#audit', 'org_12#audit')).toBe(false);
    expect(like('org.1', 'org_1')).toBe(false);
    expect(like('*#audit', 'org_1\n#audit')).toBe(true);
  });

  test('allows a call on many keys where each is like one of the patterns', () => {
    const role = [allow('dynamodb:BatchGetItem', onKeys('*#users', '*#pools'))];
    expect(isAllowed(role, call('dynamodb:BatchGetItem', ['a#users', 'a#pools']))).toBe(true);
    expect(isAllowed(role, call('dynamodb:BatchGetItem', ['a#users', 'a#audit']))).toBe(false);
  });

  test('allows a call that tells no keys, as IAM does: all of none are alike', () => {
    expect(isAllowed([allow('dynamodb:Scan', onKeys('*#users'))], call('dynamodb:Scan'))).toBe(true);
  });

  test('refuses what a statement denies, whatever others allow', () => {
    const denied: Statement = {
      ...allow('dynamodb:UpdateItem'),
      Effect: 'Deny',
      Condition: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['*#audit'] } },
    };
    const role = [denied, allow('dynamodb:*')];
    expect(isAllowed(role, call('dynamodb:UpdateItem', ['a#users']))).toBe(true);
    expect(isAllowed(role, call('dynamodb:UpdateItem', ['a#users', 'a#audit']))).toBe(false);
    expect(isAllowed(role, call('dynamodb:UpdateItem'))).toBe(true);
  });

  test('says what of it a call used, of all that it grants', () => {
    const role = [allow(['dynamodb:GetItem', 'dynamodb:PutItem'], onKeys('*#users', '*#pools'))];
    expect(roleOf(role)(call('dynamodb:GetItem', ['a#users'])).grants).toEqual([`dynamodb:GetItem ${table} *#users`]);
    expect(grantsOf(role)).toEqual([
      `dynamodb:GetItem ${table} *#users`,
      `dynamodb:GetItem ${table} *#pools`,
      `dynamodb:PutItem ${table} *#users`,
      `dynamodb:PutItem ${table} *#pools`,
    ]);
  });

  test('with StringEquals allows calls whose only value of the key is one of the texts, without wildcards', () => {
    const role = [
      allow('ses:SendEmail', { StringEquals: { 'ses:FromAddress': ['roster@example.com', '*@acme.com'] } }),
    ];
    const from = (...addresses: string[]): AwsCall => ({
      ...call('ses:SendEmail'),
      context: addresses.length > 0 ? { 'ses:FromAddress': addresses } : {},
    });
    expect(isAllowed(role, from('roster@example.com'))).toBe(true);
    expect(isAllowed(role, from('ada@acme.com'))).toBe(false);
    expect(isAllowed(role, from())).toBe(false);
    expect(isAllowed(role, from('roster@example.com', 'ada@acme.com'))).toBe(false);
    expect(roleOf(role)(from('roster@example.com')).grants).toEqual([`ses:SendEmail ${table} roster@example.com`]);
  });

  test.each<[string, object]>([
    ['an element', { NotAction: 'dynamodb:Scan' }],
    ['an operator', { Condition: { StringNotEquals: { 'dynamodb:LeadingKeys': 'a' } } }],
    ['a quantifier', { Condition: { 'ForSomeValues:StringLike': { 'dynamodb:LeadingKeys': 'a' } } }],
  ])('with %s that is not understood is no role', (_, strange) => {
    expect(() => roleOf([{ ...allow('dynamodb:GetItem'), ...strange }])).toThrow('more than this can decide on');
  });
});

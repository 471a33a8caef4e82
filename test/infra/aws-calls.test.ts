import { expect, test } from 'vitest';
import { awsCalls } from '../../infra/local/aws-calls.ts';

const names = { hashKeys: { table: 'pk', gsi1: 'gsi1pk' }, identities: [] as string[] };

const ofTable = (operation: string, input: object) =>
  awsCalls({ method: 'POST', path: '/', target: `DynamoDB_20120810.${operation}`, body: JSON.stringify(input) }, names);

const ofMail = (from: string, identities: string[] = [], to = 'ada@acme.com') =>
  awsCalls(
    {
      method: 'POST',
      path: '/v2/email/outbound-emails',
      target: '',
      body: JSON.stringify({
        FromEmailAddress: from,
        Destination: { ToAddresses: [to] },
        ConfigurationSetName: 'mails',
      }),
    },
    { ...names, identities },
  );

const TableName = 'people';
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'x' } });
const call = (action: string, keys: string[] | undefined, index = '') => ({
  action,
  resource: `arn:aws:dynamodb:eu-west-1:000000000000:table/people${index}`,
  context: keys ? { 'dynamodb:LeadingKeys': keys } : {},
});

test('a transaction is its parts, each with its own key', () => {
  expect(
    ofTable('TransactWriteItems', {
      TransactItems: [
        { Put: { TableName, Item: key('a') } },
        { Update: { TableName, Key: key('b') } },
        { Delete: { TableName, Key: key('c') } },
        { ConditionCheck: { TableName, Key: key('d') } },
      ],
    }),
  ).toEqual([
    call('dynamodb:PutItem', ['a']),
    call('dynamodb:UpdateItem', ['b']),
    call('dynamodb:DeleteItem', ['c']),
    call('dynamodb:ConditionCheckItem', ['d']),
  ]);
  expect(ofTable('TransactGetItems', { TransactItems: [{ Get: { TableName, Key: key('a') } }] })).toEqual([
    call('dynamodb:GetItem', ['a']),
  ]);
});

test('a read of many keys is one call with all of them', () => {
  expect(ofTable('BatchGetItem', { RequestItems: { people: { Keys: [key('a'), key('b'), key('a')] } } })).toEqual([
    call('dynamodb:BatchGetItem', ['a', 'b']),
  ]);
});

test('a query is told by its partition, of the table or of an index', () => {
  const query = {
    TableName,
    KeyConditionExpression: '#pk = :v0 AND #sk BETWEEN :v1 AND :v2',
    ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
    ExpressionAttributeValues: { ':v0': { S: 'a' }, ':v1': { S: 'b' }, ':v2': { S: 'c' } },
  };
  expect(ofTable('Query', query)).toEqual([call('dynamodb:Query', ['a'])]);
  expect(
    ofTable('Query', { ...query, IndexName: 'gsi1', ExpressionAttributeNames: { '#pk': 'gsi1pk', '#sk': 'gsi1sk' } }),
  ).toEqual([call('dynamodb:Query', ['a'], '/index/gsi1')]);
});

test('what names no key is told without one', () => {
  expect(ofTable('Scan', { TableName })).toEqual([call('dynamodb:Scan', undefined)]);
});

const resources = (calls: { resource: string }[]) => calls.map(({ resource }) => resource.split(':').at(-1));

test('a mail requires its sender’s identity, the address or else the domain, and the configuration set', () => {
  expect(resources(ofMail('Roster <roster@example.com>'))).toEqual(['identity/example.com', 'configuration-set/mails']);
  expect(resources(ofMail('roster@example.com', ['roster@example.com']))).toEqual([
    'identity/roster@example.com',
    'configuration-set/mails',
  ]);
});

/**
 * SES denies a mail "on resource identity/<recipient>" if the recipient is an identity of the account, as in the sandbox.
 * Sources: https://github.com/aws/aws-sdk-js/issues/3641, https://github.com/cloudposse/terraform-aws-ses/issues/40.
 */
test('a mail requires the identity of its recipient too, if the account has verified it', () => {
  const from = 'Roster <roster@example.com>';
  const identitiesFor = (verified: string[], to: string) =>
    resources(ofMail(from, verified, to)).filter((resource) => resource?.startsWith('identity/'));
  expect(identitiesFor(['example.com'], 'ada@acme.com')).toEqual(['identity/example.com']);
  expect(identitiesFor(['example.com', 'ada@acme.com'], 'ada@acme.com')).toEqual([
    'identity/example.com',
    'identity/ada@acme.com',
  ]);
  expect(identitiesFor(['example.com', 'acme.com'], 'ada@acme.com')).toEqual([
    'identity/example.com',
    'identity/acme.com',
  ]);
});

test('every call of a mail says which address it comes from, without the name', () => {
  expect(ofMail('Roster <roster@example.com>').map(({ context }) => context)).toEqual([
    { 'ses:FromAddress': ['roster@example.com'] },
    { 'ses:FromAddress': ['roster@example.com'] },
  ]);
});

test('the user directory is told by its pool', () => {
  const target = 'AWSCognitoIdentityProviderService.AdminGetUser';
  expect(awsCalls({ method: 'POST', path: '/', target, body: '{"UserPoolId":"people"}' }, names)).toEqual([
    {
      action: 'cognito-idp:AdminGetUser',
      resource: 'arn:aws:cognito-idp:eu-west-1:000000000000:userpool/people',
      context: {},
    },
  ]);
});

test('a request that nobody thought of is a call that no role allows', () => {
  expect(awsCalls({ method: 'PUT', path: '/bucket/file', target: '', body: '' }, names)).toEqual([
    { action: 'unknown:PUT /bucket/file ', resource: '*', context: {} },
  ]);
});

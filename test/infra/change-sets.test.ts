import { expect, test } from 'vitest';
import { lossesIn, type ResourceChange } from '../deploy/change-sets.ts';

const table = { LogicalResourceId: 'Table', ResourceType: 'AWS::DynamoDB::GlobalTable' };
const handler = { LogicalResourceId: 'users', ResourceType: 'AWS::Lambda::Function' };

test.each<[string, ResourceChange, string[]]>([
  ['adds a table', { ...table, Action: 'Add' }, []],
  ['changes a table in place', { ...table, Action: 'Modify', Replacement: 'False' }, []],
  [
    'replaces a table',
    { ...table, Action: 'Modify', Replacement: 'True' },
    ['Modify AWS::DynamoDB::GlobalTable Table'],
  ],
  [
    'may replace a table',
    { ...table, Action: 'Modify', Replacement: 'Conditional' },
    ['Modify AWS::DynamoDB::GlobalTable Table'],
  ],
  ['removes a table', { ...table, Action: 'Remove' }, ['Remove AWS::DynamoDB::GlobalTable Table']],
  ['replaces a function', { ...handler, Action: 'Modify', Replacement: 'True' }, []],
])('an upgrade that %s', (_, change, losses) => {
  expect(lossesIn([change])).toEqual(losses);
});

import type { Rights } from './guard-calls.ts';
import type { Statement } from './role.ts';
import type { Template } from './template.ts';

interface Index {
  IndexName: string;
  KeySchema: KeySchema;
}

type KeySchema = { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[];

interface Policy {
  PolicyDocument: { Statement: Statement[] };
  Roles?: string[];
}

/** What the role of each function allows, by the function's logical id. Managed policies are AWS's own: logs. */
export const rightsOf = (template: Template): ((functionId: string) => Rights) => {
  const { KeySchema, GlobalSecondaryIndexes } = template.single('AWS::DynamoDB::GlobalTable').properties as unknown as {
    KeySchema: KeySchema;
    GlobalSecondaryIndexes: Index[];
  };
  const hashOf = (schema: KeySchema): string => schema.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
  const names = {
    hashKeys: {
      table: hashOf(KeySchema),
      ...Object.fromEntries(GlobalSecondaryIndexes.map((index) => [index.IndexName, hashOf(index.KeySchema)])),
    },
    identities: template.ofType('AWS::SES::EmailIdentity').map(({ properties }) => String(properties.EmailIdentity)),
  };
  const policies = template.ofType('AWS::IAM::Policy').map(({ properties }) => properties as unknown as Policy);
  const roles = new Map(
    template.ofType('AWS::Lambda::Function').map(({ id, properties }) => [
      id.split('/')[1] ?? '',
      // `<role>.Arn`, as nothing here has a place for it.
      String(properties.Role).split('.')[0] ?? '',
    ]),
  );
  return (functionId) => ({
    ...names,
    statements: policies
      .filter(({ Roles = [] }) => Roles.includes(roles.get(functionId) ?? ''))
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
  });
};

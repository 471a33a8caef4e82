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

/**
 * The permissions of each function's role, by the logical id of the function. Managed policies are ignored: they only allow
 * logging.
 */
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
      // The role has no local ARN, so the property is still the text `<role>.Arn`.
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

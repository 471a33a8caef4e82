import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { indexPatterns, tablePartitions } from '../partition-patterns.ts';
import type { Permissions } from '../permissions.ts';

/** The resources that functions get permissions for. */
export interface Granted {
  table: TableV2;
  userPool: UserPool;
  mail: {
    /** The only sender address that is allowed. */
    sender: string;
    /** The ARN of the configuration set that mails are sent with. */
    configurationSet: string;
  };
}

/** Gives a function's role exactly what the table of permissions says. */
export const grantPermissions = (handler: Function, permissions: Permissions, granted: Granted): void => {
  for (const statement of statementsOf(permissions, granted)) handler.addToRolePolicy(statement);
};

const statementsOf = (
  { table = {}, indexes = {}, userPool = [], mail = [] }: Permissions,
  granted: Granted,
): PolicyStatement[] => {
  const { tableArn } = granted.table;
  const byPartitions = Map.groupBy(Object.entries(table), ([, partitions]) => partitions.toSorted().join());
  const onTable = [...byPartitions.values()].map((alike) =>
    allow(
      alike.map(([action]) => `dynamodb:${action}`),
      [tableArn],
      (alike[0]?.[1] ?? []).map((name) => tablePartitions[name]),
    ),
  );
  const onIndexes = Object.entries(indexes).map(([index, names]) => {
    const patterns: Record<string, string> = indexPatterns[index as keyof typeof indexPatterns];
    return allow(
      ['dynamodb:Query'],
      [`${tableArn}/index/${index}`],
      names.flatMap((name) => patterns[name] ?? []),
    );
  });
  const onUserPool = userPool.map((action) => `cognito-idp:${action}`);
  return [
    ...onTable,
    ...onIndexes,
    ...(onTable.length > 0 ? [auditStays(tableArn)] : []),
    ...(onUserPool.length > 0 ? [allow(onUserPool, [granted.userPool.userPoolArn])] : []),
    ...mail.flatMap((action) => mailStatements[action](granted)),
  ];
};

const mailStatements: Record<NonNullable<Permissions['mail']>[number], (granted: Granted) => PolicyStatement[]> = {
  // The account's sending rate belongs to no resource.
  GetAccount: () => [allow(['ses:GetAccount'], ['*'])],
  /**
   * SES demands the permission for the sender's identity and also for that of a recipient who is a verified identity of the
   * account, which in the sandbox every recipient is. All identities are allowed for this reason, but one sender only. Sources:
   * https://github.com/aws/aws-sdk-js/issues/3641 and https://github.com/cloudposse/terraform-aws-ses/issues/40 (denied "on
   * resource identity/<recipient>"); https://docs.aws.amazon.com/ses/latest/dg/sending-authorization-policy-examples.html,
   * "Conditions specific to sending authorization" (`ses:FromAddress`).
   */
  SendEmail: ({ table, mail: { sender, configurationSet } }) => [
    new PolicyStatement({
      actions: ['ses:SendEmail'],
      resources: [table.stack.formatArn({ service: 'ses', resource: 'identity', resourceName: '*' })],
      conditions: { StringEquals: { 'ses:FromAddress': sender } },
    }),
    allow(['ses:SendEmail'], [configurationSet]),
  ],
};

/** Scan and PartiQL must never be granted here, because `ForAllValues` also holds for a request that names no key. */
const allow = (actions: string[], resources: string[], leadingKeys?: string[]): PolicyStatement =>
  new PolicyStatement({
    actions,
    resources,
    ...(leadingKeys && { conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': leadingKeys } } }),
  });

/**
 * Denies changing and deleting audit events, whatever else the role allows. IAM knows neither the conditions of a write nor the
 * existing items, so it cannot prevent a PutItem with the id of an existing event. Ids are therefore never used twice.
 */
const auditStays = (tableArn: string): PolicyStatement =>
  new PolicyStatement({
    effect: Effect.DENY,
    actions: ['UpdateItem', 'DeleteItem', 'BatchWriteItem', 'PartiQLUpdate', 'PartiQLDelete'].map(
      (action) => `dynamodb:${action}`,
    ),
    resources: [tableArn],
    conditions: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': [tablePartitions.audit] } },
  });

import { Billing, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { tableSchema } from '../../shared/table/schema.ts';
import { NodeFunction } from '../constructs/node-function.ts';
import { People } from '../constructs/people.ts';
import { schemaProps } from '../constructs/schema-props.ts';
import { permissions } from '../permissions.ts';
import type { Stage } from '../stages.ts';

interface DataStackProps extends StackProps {
  stage: Stage;
  bundles: string;
}

/** The resources that must outlive a deployment: the table and the accounts of people. */
export class DataStack extends Stack {
  readonly table: TableV2;
  readonly userPool: UserPool;
  /** Where people sign in and machines get tokens, without a slash at the end. */
  readonly signInUrl: string;

  constructor(scope: Construct, id: string, { stage, bundles, ...props }: DataStackProps) {
    super(scope, id, { ...props, terminationProtection: stage.keepsData });
    // No replicas in other regions, because transactions are atomic only within one region.
    this.table = new TableV2(this, 'Table', {
      ...schemaProps(tableSchema),
      billing: Billing.onDemand(),
      dynamoStream: StreamViewType.NEW_IMAGE,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: stage.keepsData,
      removalPolicy: stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const people = new People(this, 'People', { stage });
    this.userPool = people.userPool;
    // This function is in this stack, unlike the others, because the user pool depends on it.
    const tokenClaims = new NodeFunction(this, 'tokenClaims', {
      stage,
      bundles,
      entry: 'tokenClaims',
      environment: {},
    });
    people.addToAccessTokens(tokenClaims);
    // A policy of its own and not of the role, because the pool depends on the function, which depends on the role and its policy.
    new Policy(this, 'tokenClaimsOwnRoleAccounts', {
      roles: tokenClaims.role ? [tokenClaims.role] : [],
      statements: [
        new PolicyStatement({
          actions: (permissions.tokenClaims.userPool ?? []).map((action) => `cognito-idp:${action}`),
          resources: [this.userPool.userPoolArn],
        }),
      ],
    });
    this.signInUrl = people.signInUrl;
    new CfnOutput(this, 'TableName', { value: this.table.tableName });
    new CfnOutput(this, 'UserPoolId', { value: this.userPool.userPoolId });
    new CfnOutput(this, 'TokenUrl', { value: `${this.signInUrl}/oauth2/token` });
  }
}

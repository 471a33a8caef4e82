import { AttributeType, Billing, ProjectionType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import {
  AccountRecovery,
  ManagedLoginVersion,
  StringAttribute,
  UserPool,
  VerificationEmailStyle,
} from 'aws-cdk-lib/aws-cognito';
import { CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { passwordPolicy } from '../../shared/users/password-policy.ts';
import type { Stage } from '../stages.ts';

const string = (name: string) => ({ name, type: AttributeType.STRING });

/** What must outlive a deployment: the table and the people's accounts. */
export class DataStack extends Stack {
  readonly table: TableV2;
  readonly userPool: UserPool;
  /** Where people sign in and machines get tokens, without a slash at the end. */
  readonly signInUrl: string;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const removalPolicy = stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    this.table = new TableV2(this, 'Table', {
      partitionKey: string('pk'),
      sortKey: string('sk'),
      billing: Billing.onDemand(),
      dynamoStream: StreamViewType.NEW_IMAGE,
      timeToLiveAttribute: 'ttl',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: stage.keepsData,
      removalPolicy,
      globalSecondaryIndexes: [
        ...['gsi1', 'gsi2', 'gsi3'].map((indexName) => ({
          indexName,
          partitionKey: string(`${indexName}pk`),
          sortKey: string(`${indexName}sk`),
          projectionType: ProjectionType.KEYS_ONLY,
        })),
        {
          indexName: 'held',
          partitionKey: string('heldPk'),
          sortKey: string('pk'),
          projectionType: ProjectionType.INCLUDE,
          nonKeyAttributes: ['poolId', 'monthlyCost'],
        },
        {
          indexName: 'due',
          partitionKey: string('duePk'),
          sortKey: string('dueAt'),
          projectionType: ProjectionType.KEYS_ONLY,
        },
      ],
    });
    this.userPool = new UserPool(this, 'People', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      standardAttributes: { email: { required: true, mutable: true }, fullname: { mutable: true } },
      // Tells the accounts that this application made from all others.
      customAttributes: { mark: new StringAttribute({ mutable: false, maxLen: 64 }) },
      keepOriginal: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      userVerification: { emailStyle: VerificationEmailStyle.CODE },
      passwordPolicy: {
        minLength: passwordPolicy.minimumLength,
        requireLowercase: passwordPolicy.lowercase,
        requireUppercase: passwordPolicy.uppercase,
        requireDigits: passwordPolicy.digits,
        requireSymbols: false,
      },
      deletionProtection: stage.keepsData,
      removalPolicy,
    });
    const domain = this.userPool.addDomain('SignIn', {
      // Shared by all accounts of a region.
      cognitoDomain: { domainPrefix: `roster-${stage.name}-${this.account}` },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    this.signInUrl = domain.baseUrl();
    new CfnOutput(this, 'TokenUrl', { value: `${this.signInUrl}/oauth2/token` });
  }
}

import {
  AccountRecovery,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  StandardThreatProtectionMode,
  LambdaVersion,
  StringAttribute,
  UserPool,
  UserPoolEmail,
  UserPoolOperation,
  VerificationEmailStyle,
} from 'aws-cdk-lib/aws-cognito';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { passwordPolicy } from '../../shared/users/password-policy.ts';
import { senderOf } from '../mail-sender.ts';
import type { Stage } from '../stages.ts';

const watch: Record<Stage['threatProtection'], StandardThreatProtectionMode> = {
  off: StandardThreatProtectionMode.NO_ENFORCEMENT,
  audit: StandardThreatProtectionMode.AUDIT_ONLY,
  enforced: StandardThreatProtectionMode.FULL_FUNCTION,
};

/** The people's accounts, and the pages where they sign in. */
export class People extends Construct {
  readonly userPool: UserPool;
  /** Without a slash at the end. */
  readonly signInUrl: string;

  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    const protectedFromThreats = stage.threatProtection !== 'off';
    this.userPool = new UserPool(this, 'Accounts', {
      // People can join only through an invite.
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      signInPolicy: { allowedFirstAuthFactors: { password: true, emailOtp: true } },
      // Cognito makes required attributes writable for every app client and refuses a client that lists others only. The address
      // is the user name, so every account has one, and no client may write it. Therefore it must not be required. An existing pool
      // cannot be changed in this respect.
      standardAttributes: { email: { required: false, mutable: true }, fullname: { mutable: true } },
      // Distinguishes accounts that this application created from all others.
      customAttributes: { mark: new StringAttribute({ mutable: false, maxLen: 64 }) },
      // A new address replaces the old one only after the person has verified it with a code from an email.
      keepOriginal: { email: true },
      autoVerify: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      userVerification: { emailStyle: VerificationEmailStyle.CODE },
      passwordPolicy: {
        minLength: passwordPolicy.minimumLength,
        requireLowercase: passwordPolicy.lowercase,
        requireUppercase: passwordPolicy.uppercase,
        requireDigits: passwordPolicy.digits,
        requireSymbols: false,
      },
      mfa: stage.mfa === 'optional' ? Mfa.OPTIONAL : Mfa.OFF,
      mfaSecondFactor: { sms: false, otp: true },
      featurePlan: protectedFromThreats ? FeaturePlan.PLUS : FeaturePlan.ESSENTIALS,
      ...(protectedFromThreats && { standardThreatProtectionMode: watch[stage.threatProtection] }),
      email: accountMails(stage),
      deletionProtection: stage.keepsData,
      removalPolicy: stage.keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    Validations.of(this.userPool).acknowledge(
      {
        id: 'AwsSolutions-COG1',
        reason: `${passwordPolicy.minimumLength} characters of three kinds: NIST SP 800-63B asks for length, and against more kinds.`,
      },
      {
        id: 'AwsSolutions-COG2',
        reason:
          'People may add an authenticator app where the stage offers it; to require one is for the organization that runs it.',
      },
      {
        id: 'AwsSolutions-COG8',
        reason: 'The Plus plan is paid by the person and month: a stage takes it with the setting threatProtection.',
      },
    );
    const domain = this.userPool.addDomain('SignIn', {
      // The prefix must be unique among all accounts of a region.
      cognitoDomain: { domainPrefix: `roster-${stage.name}-${Stack.of(this).account}` },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    this.signInUrl = domain.baseUrl();
  }

  /**
   * Lets a function add claims to access tokens. "In user pools with the Essentials or Plus feature plan, you can generate the
   * version two or V2_0 trigger event with access token customization." Version 2 is for people; tokens of machines stay as they are.
   * Source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
   */
  addToAccessTokens(handler: Function): void {
    this.userPool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, handler, LambdaVersion.V2_0);
  }
}

const accountMails = ({ accountMails: sentBy, mailSender, mailDomain }: Stage): UserPoolEmail => {
  if (sentBy !== 'ses' || !mailDomain) return UserPoolEmail.withCognito();
  const { name, address } = senderOf(mailSender);
  return UserPoolEmail.withSES({ fromName: name, fromEmail: address, sesVerifiedDomain: mailDomain.name });
};

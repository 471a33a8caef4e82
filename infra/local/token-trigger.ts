import type { TokenGenerator } from 'cognito-local/lib/services/tokenGenerator.js';
import type { Invocation } from './function-instance.ts';
import { claimsOf, signToken } from './sign-token.ts';
import type { Resource } from './template.ts';

/** Invokes the function with this logical id. */
export type Invoke = (functionId: string, event: object) => Promise<Invocation>;

interface PoolProperties {
  LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: string; LambdaVersion: string } };
}

interface Claims {
  response: {
    claimsAndScopeOverrideDetails: { accessTokenGeneration?: { claimsToAddOrOverride?: Record<string, string> } };
  };
}

// cognito-local types attributes by the AWS SDK of version 2, which package.json leaves out.
const attributesOf = ({ Attributes }: { Attributes: { Name: string; Value?: string }[] }) => Attributes;

/**
 * Issues tokens with the claims that the pool’s trigger adds to access tokens. cognito-local runs triggers of version 1 only, which
 * change nothing but the ID token. `auth_time` is the time of the sign-in on the clock of the functions, also after a refresh, for
 * which cognito-local states the time of the refresh.
 */
export const withTokenTrigger = (
  generator: TokenGenerator,
  pool: Resource,
  invoke: Invoke,
  now: () => number,
): TokenGenerator => {
  const signedInAt = new Map<string, number>();
  const { LambdaConfig } = pool.properties as unknown as PoolProperties;
  const { LambdaArn, LambdaVersion } = LambdaConfig.PreTokenGenerationConfig;
  if (LambdaVersion !== 'V2_0') throw new Error(`A token trigger of version ${LambdaVersion} is not run here`);
  return {
    generate: async (ctx, user, groups, client, metadata, source) => {
      if (source === 'Authentication') signedInAt.set(user.Username, Math.floor(now() / 1000));
      const authTime = signedInAt.get(user.Username);
      const tokens = await generator.generate(ctx, user, groups, client, metadata, source);
      const invoked = await invoke(LambdaArn.split(':').at(-1) ?? '', {
        version: '2',
        triggerSource: `TokenGeneration_${source}`,
        userPoolId: client.UserPoolId,
        userName: user.Username,
        callerContext: { awsSdkVersion: 'local', clientId: client.ClientId },
        request: {
          userAttributes: Object.fromEntries(attributesOf(user).map(({ Name, Value }) => [Name, Value])),
          groupConfiguration: { groupsToOverride: groups },
        },
        response: { claimsAndScopeOverrideDetails: null },
      });
      if (!invoked.ok) throw new Error('The trigger before the generation of tokens failed');
      const { claimsAndScopeOverrideDetails: details } = (invoked.value as Claims).response;
      const added = details.accessTokenGeneration?.claimsToAddOrOverride ?? {};
      const times = authTime === undefined ? {} : { auth_time: authTime };
      return { ...tokens, AccessToken: signToken({ ...claimsOf(tokens.AccessToken), ...times, ...added }) };
    },
  };
};

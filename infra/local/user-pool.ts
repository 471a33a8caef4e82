import {
  InvalidParameterError,
  InvalidPasswordError,
  NotAuthorizedError,
  UserNotFoundError,
} from 'cognito-local/lib/errors.js';
import { AuthorizationCodeStore } from 'cognito-local/lib/oauth2/authorizationCodeStore.js';
import { attachOAuth2Routes } from 'cognito-local/lib/oauth2/routes.js';
import { Router } from 'cognito-local/lib/server/Router.js';
import { createServer } from 'cognito-local/lib/server/server.js';
import { CognitoServiceFactoryImpl } from 'cognito-local/lib/services/cognitoService.js';
import type { Context } from 'cognito-local/lib/services/context.js';
import { DateClock, LambdaService, MessagesService, TriggersService } from 'cognito-local/lib/services/index.js';
import type { Services } from 'cognito-local/lib/services/index.js';
import { otp } from 'cognito-local/lib/services/otp.js';
import { JwtTokenGenerator } from 'cognito-local/lib/services/tokenGenerator.js';
import { UserPoolServiceFactoryImpl } from 'cognito-local/lib/services/userPoolService.js';
import { pino } from 'pino';
import { arn } from './arn.ts';
import { placeAppClients, type AppClients } from './app-clients.ts';
import { jsonStores } from './json-store.ts';
import { mendTokens, revokeToken } from './console-tokens.ts';
import { grantMachineTokens } from './machine-tokens.ts';
import type { HeldPort } from './network.ts';
import { withTokenTrigger, type Invoke } from './token-trigger.ts';
import { signInPage } from './sign-in-page.ts';
import type { Template } from './template.ts';

/** The address of the user pool, and its app clients. */
export interface UserPoolEndpoints extends AppClients {
  /** `http://localhost:<port>` */
  endpoint: string;
  tokenEndpoint: string;
  userPoolId: string;
}

export interface LocalUserPool {
  endpoints: UserPoolEndpoints;
  stop(): void;
}

const userPoolId = 'local_people';
const tokenPath = '/oauth2/token';

type PasswordPolicy = Record<'RequireLowercase' | 'RequireUppercase' | 'RequireNumbers' | 'RequireSymbols', boolean> & {
  MinimumLength: number;
};

/**
 * Starts the template's user pool and app clients on cognito-local. `directory`: the directory for its data. `invoke`: runs the
 * function that adds claims to tokens. `now`: the clock of the functions, in milliseconds.
 */
export const startUserPool = async (
  template: Template,
  port: HeldPort,
  directory: string,
  invoke: Invoke,
  now: () => number,
): Promise<LocalUserPool> => {
  const { endpoint } = port;
  const logger = pino({ level: 'silent' });
  const ctx: Context = { logger };
  const clock = new DateClock();
  const stores = jsonStores(directory);
  await stores.create(ctx, 'clients', { Clients: {} });
  const cognito = await new CognitoServiceFactoryImpl(
    directory,
    stores,
    new UserPoolServiceFactoryImpl(clock, stores),
  ).create(ctx, { UsernameAttributes: ['email'] });
  const triggers = new TriggersService(clock, cognito, new LambdaService({}, undefined), undefined as never);
  const config = {
    UserPoolDefaults: {},
    TokenConfig: { IssuerDomain: endpoint },
    ServerConfig: { port: port.number, hostname: 'localhost', development: false, https: false },
  };
  const services = {
    clock,
    cognito,
    config,
    otp,
    triggers,
    // Discards the emails with codes, because nobody needs them locally.
    messages: new MessagesService(triggers, { deliver: async () => undefined }),
    tokenGenerator: withTokenTrigger(
      new JwtTokenGenerator(clock, triggers, config.TokenConfig),
      template.single('AWS::Cognito::UserPool'),
      invoke,
      now,
    ),
  } as unknown as Services;

  const policy = await placeUserPool(template, services, ctx, endpoint);
  const clients = await placeAppClients(template, services, ctx, userPoolId);
  // Without `services`, the server adds no route for `/oauth2/token`, so that ours handles it first.
  const { application } = createServer(mendedRouter(services, policy), logger, config.ServerConfig);
  application.post(
    tokenPath,
    grantMachineTokens({
      issuer: `${endpoint}/${userPoolId}`,
      findClient: (clientId) => cognito.getAppClient(ctx, clientId),
    }),
  );
  const codes = new AuthorizationCodeStore();
  const pool = await cognito.getUserPool(ctx, userPoolId);
  const pages = signInPage({
    codes,
    userPoolId,
    findClient: (clientId) => cognito.getAppClient(ctx, clientId),
    findUser: (username) => pool.getUserByUsername(ctx, username),
  });
  application.get('/oauth2/authorize', pages.show);
  application.post('/oauth2/authorize', pages.submit);
  application.get('/logout', pages.signOut);
  application.post(tokenPath, mendTokens);
  application.post(
    '/oauth2/revoke',
    revokeToken(async (refreshToken) => {
      const user = await pool.getUserByRefreshToken(ctx, refreshToken);
      if (user)
        await pool.saveUser(ctx, {
          ...user,
          RefreshTokens: user.RefreshTokens.filter((each) => each !== refreshToken),
        });
    }),
  );
  attachOAuth2Routes(application, services, codes);
  const stop = port.serve(application);
  return {
    endpoints: { endpoint, tokenEndpoint: `${endpoint}${tokenPath}`, userPoolId, ...clients },
    stop,
  };
};

/** Creates the template's pool unless it exists. */
const placeUserPool = async (
  template: Template,
  { cognito }: Services,
  ctx: Context,
  endpoint: string,
): Promise<PasswordPolicy> => {
  const pool = template.single('AWS::Cognito::UserPool');
  const { PasswordPolicy } = pool.properties.Policies as { PasswordPolicy: PasswordPolicy };
  template.place(pool.id, {
    ref: userPoolId,
    attributes: { ProviderURL: `${endpoint}/${userPoolId}`, Arn: arn('cognito-idp', `userpool/${userPoolId}`) },
  });
  const domain = template.single('AWS::Cognito::UserPoolDomain');
  const prefix = String(domain.properties.Domain);
  template.place(domain.id, { ref: prefix });
  template.rename(`https://${prefix}.auth.eu-west-1.amazoncognito.com`, endpoint);
  const pools = await cognito.listUserPools(ctx);
  if (!pools.some(({ Id }) => Id === userPoolId))
    await cognito.createUserPool(ctx, {
      Id: userPoolId,
      Policies: { PasswordPolicy },
      UsernameAttributes: pool.properties.UsernameAttributes as string[],
      AutoVerifiedAttributes: pool.properties.AutoVerifiedAttributes as string[],
      MfaConfiguration: 'OFF',
    });
  return PasswordPolicy;
};

type Request = Record<string, unknown> & {
  ClientId?: string;
  Username?: string;
  AuthParameters?: Record<string, string>;
};

/** The router of cognito-local, extended with missing features and corrected where it differs from Cognito. */
const mendedRouter = (services: Services, policy: PasswordPolicy): ReturnType<typeof Router> => {
  const router = Router(services);
  const findUser = async (ctx: Context, username: string) => {
    const pool = await services.cognito.getUserPool(ctx, userPoolId);
    return { pool, user: await pool.getUserByUsername(ctx, username) };
  };
  const mended: Record<string, (ctx: Context, request: Request) => Promise<unknown>> = {
    AdminUserGlobalSignOut: async (ctx, { Username = '' }) => {
      const { pool, user } = await findUser(ctx, Username);
      if (!user) throw new UserNotFoundError('User does not exist.');
      await pool.saveUser(ctx, { ...user, RefreshTokens: [] });
      return {};
    },
    AdminSetUserPassword: async (ctx, request) => {
      if (!meets(policy, String(request.Password))) throw new InvalidPasswordError();
      return router('AdminSetUserPassword')(ctx, request);
    },
    DescribeUserPoolClient: async (ctx, request) => {
      if (!/^[\w+-]{1,128}$/.test(request.ClientId ?? '')) throw new InvalidParameterError();
      return router('DescribeUserPoolClient')(ctx, request);
    },
    InitiateAuth: async (ctx, request) => {
      const username = request.AuthParameters?.USERNAME;
      const { user } = username === undefined ? {} : await findUser(ctx, username);
      if (user?.Enabled === false) throw new NotAuthorizedError();
      try {
        return await router('InitiateAuth')(ctx, request);
      } catch (error) {
        throw error instanceof InvalidPasswordError ? new NotAuthorizedError() : error;
      }
    },
  };
  return (target) => {
    const handle = mended[target] ?? router(target);
    return (ctx, request) => handle(ctx, withoutCase(request as Request));
  };
};

/** Names are case-insensitive in the template's pool. */
const withoutCase = (request: Request): Request => ({
  ...request,
  ...(request.Username !== undefined && { Username: request.Username.toLowerCase() }),
  ...(request.AuthParameters?.USERNAME !== undefined && {
    AuthParameters: { ...request.AuthParameters, USERNAME: request.AuthParameters.USERNAME.toLowerCase() },
  }),
});

const meets = (policy: PasswordPolicy, password: string): boolean =>
  password.length >= policy.MinimumLength &&
  (!policy.RequireLowercase || /[a-z]/.test(password)) &&
  (!policy.RequireUppercase || /[A-Z]/.test(password)) &&
  (!policy.RequireNumbers || /[0-9]/.test(password)) &&
  (!policy.RequireSymbols || /[^A-Za-z0-9]/.test(password));

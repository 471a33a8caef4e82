import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import * as z from 'zod';
import { getHealth } from '../../shared/platform/get-health.ts';
import { getOpenApi } from '../../shared/platform/get-open-api.ts';
import { platformRoutes } from '../../shared/platform/platform-routes.ts';
import { errorCatalogueHeaders, getErrorCatalogue } from './error-catalogue.ts';
import { answerUnrouted, unroutedKey } from './unrouted.ts';
import { lambda } from './lambda.ts';

const { SIGN_IN_URL: signInUrl } = z.object({ SIGN_IN_URL: z.url() }).parse(process.env);

const platform = lambda(
  platformRoutes,
  { getHealth, getOpenApi: getOpenApi(signInUrl), getErrorCatalogue },
  { headers: { getErrorCatalogue: errorCatalogueHeaders } },
);

export const handler = async (event: APIGatewayProxyEventV2, context: Context) =>
  event.routeKey === unroutedKey ? answerUnrouted(event) : platform(event, context);

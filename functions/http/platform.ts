import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { getHealth } from '../../shared/platform/get-health.ts';
import { getOpenApi } from '../../shared/platform/get-open-api.ts';
import { platformRoutes } from '../../shared/platform/platform-routes.ts';
import { docsHeaders, getDocs } from './docs-page.ts';
import { answerUnrouted, unroutedKey } from './unrouted.ts';
import { lambda } from './lambda.ts';

const platform = lambda(platformRoutes, { getHealth, getOpenApi, getDocs }, { headers: { getDocs: docsHeaders } });

export const handler = async (event: APIGatewayProxyEventV2, context: Context) =>
  event.routeKey === unroutedKey ? answerUnrouted(event) : platform(event, context);

import * as z from 'zod';
import { route } from '../api/route.ts';
import { none } from '../api/schemas.ts';
import { errorCataloguePath } from './error-catalogue.ts';

export const platformRoutes = {
  getHealth: route({
    method: 'GET',
    path: '/health',
    access: 'public',
    params: none,
    query: none,
    body: undefined,
    status: 200,
    response: z.object({ status: z.literal('ok') }),
    errors: [],
  }),
  getOpenApi: route({
    method: 'GET',
    path: '/openapi.json',
    access: 'public',
    params: none,
    query: none,
    body: undefined,
    status: 200,
    response: z.looseObject({ openapi: z.string() }),
    errors: [],
  }),
  getErrorCatalogue: route({
    method: 'GET',
    path: errorCataloguePath,
    access: 'public',
    params: none,
    query: none,
    body: undefined,
    status: 200,
    response: z.string(),
    media: 'text/html',
    errors: [],
  }),
};

import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Response } from './incoming.ts';

/** The response as it is sent: without its body if the request's method is HEAD. */
export const withoutBody = ({ requestContext }: APIGatewayProxyEventV2, response: Response): Response => {
  if (requestContext.http.method !== 'HEAD') return response;
  const { body: _body, isBase64Encoded: _encoded, ...head } = response;
  return head;
};

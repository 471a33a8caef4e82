import { timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { originHeader } from '../../shared/api/origin-header.ts';

type Asked = Pick<APIGatewayProxyEventV2, 'headers' | 'requestContext'>;

/**
 * The IP address that a request comes from. With CloudFront in front of the API (`originSecrets`), the address that CloudFront saw,
 * or undefined if the request bypassed CloudFront.
 */
export const sourceOf = (
  { headers, requestContext }: Asked,
  originSecrets: string[] | undefined,
): string | undefined => {
  const { sourceIp } = requestContext.http;
  if (originSecrets === undefined) return sourceIp;
  const given = headers[originHeader] ?? '';
  if (!originSecrets.some((secret) => same(given, secret))) return undefined;
  // Each hop appends the address of its client. The last is CloudFront's, appended by API Gateway; the one before is CloudFront's
  // client.
  const hops = (headers['x-forwarded-for'] ?? '').split(',').map((hop) => hop.trim());
  return hops.findLast((hop) => hop !== '' && hop !== sourceIp) ?? sourceIp;
};

const same = (given: string, expected: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
};

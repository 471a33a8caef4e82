import { timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { originHeader } from '../../shared/api/origin-header.ts';

type Asked = Pick<APIGatewayProxyEventV2, 'headers' | 'requestContext'>;

/**
 * The address that a request comes from. Where CloudFront stands in front (`originSecrets`), what CloudFront saw; undefined when
 * the request went round it.
 */
export const sourceOf = (
  { headers, requestContext }: Asked,
  originSecrets: string[] | undefined,
): string | undefined => {
  const { sourceIp } = requestContext.http;
  if (originSecrets === undefined) return sourceIp;
  const given = headers[originHeader] ?? '';
  if (!originSecrets.some((secret) => same(given, secret))) return undefined;
  // Each hop adds whom it heard: before CloudFront's own address, which API Gateway adds, stands whom CloudFront heard.
  const hops = (headers['x-forwarded-for'] ?? '').split(',').map((hop) => hop.trim());
  return hops.findLast((hop) => hop !== '' && hop !== sourceIp) ?? sourceIp;
};

const same = (given: string, expected: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
};

import { originHeader } from '../../shared/api/origin-header.ts';
import type { Deployment } from './cdk.ts';
import { localFetch } from './local-fetch.ts';
import type { Emulator } from './ministack.ts';
import { expect, wrong } from './steps.ts';

interface Origin {
  DomainName: string;
  CustomHeaders: { Items?: { HeaderName: string; HeaderValue: string }[] };
}

interface Distribution {
  Aliases: { Items?: string[] };
  Origins: { Items: Origin[] };
  WebACLId: string;
}

/** Requires that CloudFront, which is in another region than the API, reaches the API, and that nobody else does. */
export const checkEdge = async (emulator: Emulator, { outputs }: Deployment): Promise<void> => {
  const { Url = '', ApiEndpoint = '', ApiHost = '' } = outputs['Roster-prod-Api'] ?? {};
  const [answer] = await emulator.call(['cloudfront', 'ListDistributions']);
  const { Items } = (answer?.DistributionList ?? {}) as { Items?: Distribution[] };
  const [distribution] = Items ?? [];
  const [origin] = distribution?.Origins.Items ?? [];
  const secret = origin?.CustomHeaders.Items?.find(({ HeaderName }) => HeaderName.toLowerCase() === originHeader);
  expect(`https://${distribution?.Aliases.Items?.join()}` === Url, `CloudFront has the address ${Url}`);
  expect(distribution?.WebACLId.includes(':us-east-1:') === true, 'CloudFront has a firewall in its own region');
  // In the emulator the API answers at another host, which begins with the same id.
  const [apiId] = new URL(ApiEndpoint).host.split('.');
  expect(origin?.DomainName === ApiHost && ApiHost.startsWith(`${apiId}.`), `CloudFront asks the API ${apiId}`);
  const headers = { [originHeader]: secret?.HeaderValue ?? wrong('CloudFront sends no secret.') };
  const healthOf = async (sent: Record<string, string>) =>
    (await localFetch(`${ApiEndpoint}/health`, { headers: sent })).status;
  const [proven, unproven] = [await healthOf(headers), await healthOf({})];
  expect(proven === 200, `the API answers CloudFront, but it answers ${proven}`);
  expect(unproven === 404, `the API answers nobody else, but it answers ${unproven}`);
};

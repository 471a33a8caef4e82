import { Certificate, CertificateValidation, type ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { AaaaRecord, ARecord, HostedZone, RecordTarget, type IHostedZone } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Dashboard, GraphWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnOutput, Duration, Fn, Stack, Validations, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { originHeader } from '../../shared/api/origin-header.ts';
import { EdgeAlarms } from '../constructs/edge-alarms.ts';
import { Firewall } from '../constructs/firewall.ts';
import { originSecretAtTheEdge } from '../constructs/origin-secret.ts';
import type { Stage } from '../stages.ts';

interface EdgeStackProps extends StackProps {
  stage: Stage;
  web: NonNullable<Stage['web']>;
  /** The stack of the API, in the stage's own region. */
  api: Stack;
}

/** The path of the files that CloudFront caches. */
const assets = '/console/assets/';

/**
 * The errors that CloudFront caches for 10 seconds by default. For most of them it ignores `Cache-Control`. Source:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
 */
const cachedErrors = [404, 414, 500, 501, 502, 503, 504];

/** The address of API and console in front of API Gateway. In us-east-1, which is where CloudFront looks for certificates and firewalls. */
export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, { stage, web, api, ...props }: EdgeStackProps) {
    super(scope, id, props);
    this.addStackDependency(api);
    const zone =
      web.hostedZone &&
      HostedZone.fromHostedZoneAttributes(this, 'Zone', {
        hostedZoneId: web.hostedZone.id,
        zoneName: web.hostedZone.name,
      });
    const behind = {
      // A separate output, because AWS does not document that this function may be nested in others.
      origin: new HttpOrigin(Fn.getStackOutput(api.stackName, 'ApiHost', stage.region), {
        protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
        originSslProtocols: [OriginSslPolicy.TLS_V1_2],
        customHeaders: { [originHeader]: originSecretAtTheEdge(stage, web.originSecret).unsafeUnwrap() },
      }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    };
    const distribution = new Distribution(this, 'Distribution', {
      comment: `Roster ${stage.name}`,
      domainNames: [web.domain],
      certificate: this.certificateFor(web, zone),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: HttpVersion.HTTP2_AND_3,
      // Otherwise CloudFront would return an error to all clients for 10 seconds, although the API may have recovered.
      errorResponses: cachedErrors.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      ...(web.firewall && { webAclId: this.firewallFor(stage, web) }),
      defaultBehavior: {
        ...behind,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        // API Gateway responds only to requests for its own host name.
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      },
      additionalBehaviors: {
        // The name of a file contains a hash of its content.
        [`${assets}*`]: { ...behind, cachePolicy: CachePolicy.CACHING_OPTIMIZED },
      },
    });
    Validations.of(distribution).acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'People are invited from anywhere.' },
      {
        id: 'AwsSolutions-CFR3',
        reason: 'API Gateway logs every request that comes through, without addresses of pages.',
      },
    );
    new EdgeAlarms(this, 'Alarms', { stage, distribution });
    if (zone) {
      const target = RecordTarget.fromAlias(new CloudFrontTarget(distribution));
      new ARecord(this, 'Address', { zone, recordName: `${web.domain}.`, target });
      new AaaaRecord(this, 'AddressV6', { zone, recordName: `${web.domain}.`, target });
    } else new CfnOutput(this, 'DnsRecord', { value: `${web.domain} CNAME ${distribution.distributionDomainName}` });
  }

  /** Returns its ARN. Its metrics exist in this region only, so a dashboard of this stack shows them. */
  private firewallFor(stage: Stage, web: EdgeStackProps['web']): string {
    const { arn, blockedRequests } = new Firewall(this, 'Firewall', { stage, web, cachedPath: assets });
    const blocked = new GraphWidget({ title: 'Requests that the firewall blocked', left: blockedRequests, width: 24 });
    new Dashboard(this, 'Dashboard', { dashboardName: `Roster-${stage.name}-edge`, widgets: [[blocked]] });
    return arn;
  }

  private certificateFor(
    { domain, certificateArn }: EdgeStackProps['web'],
    zone: IHostedZone | undefined,
  ): ICertificate {
    return certificateArn === undefined
      ? new Certificate(this, 'Certificate', { domainName: domain, validation: CertificateValidation.fromDns(zone) })
      : Certificate.fromCertificateArn(this, 'Certificate', certificateArn);
  }
}

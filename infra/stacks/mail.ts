import { EventBus } from 'aws-cdk-lib/aws-events';
import { CnameRecord, HostedZone, MxRecord, TxtRecord } from 'aws-cdk-lib/aws-route53';
import {
  ConfigurationSet,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { senderOf } from '../mail-sender.ts';
import type { Stage } from '../stages.ts';

interface MailStackProps extends StackProps {
  stage: Stage;
}

/** The sender of the emails, how SES sends them, and which events it reports about them. */
export class MailStack extends Stack {
  readonly configurationSet: ConfigurationSet;

  constructor(scope: Construct, id: string, { stage, ...props }: MailStackProps) {
    super(scope, id, props);
    this.configurationSet = new ConfigurationSet(this, 'Mails', {
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    this.configurationSet.addEventDestination('Events', {
      // SES supports only the default bus.
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      // Not OPEN and CLICK, because SES adds trackers to emails if these events are selected.
      events: [
        EmailSendingEvent.SEND,
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.RENDERING_FAILURE,
        EmailSendingEvent.DELIVERY_DELAY,
      ],
    });
    if (stage.mailDomain) this.addDomain(stage.mailDomain);
    else this.addAddress(stage.mailSender);
  }

  /** Adds a single address as the sender. SES sends it a verification link, which somebody must open. */
  private addAddress(sender: string): void {
    this.keepExport(new EmailIdentity(this, 'Sender', { identity: Identity.email(senderOf(sender).address) }));
  }

  /**
   * No stack of this version imports the name of the identity, but the stack Api of versions up to November 2026 does. This stack is
   * updated before that one, and CloudFormation refuses to remove an export that is in use.
   */
  private keepExport(identity: EmailIdentity): void {
    this.exportValue(identity.emailIdentityName);
  }

  /**
   * Adds a domain as the sender. Creates its DNS records in the hosted zone, or lists them in outputs if there is no hosted zone.
   */
  private addDomain({ name, hostedZone, dmarc }: NonNullable<Stage['mailDomain']>): void {
    const mailFrom = `bounces.${name}`;
    const identity = new EmailIdentity(this, 'Domain', { identity: Identity.domain(name), mailFromDomain: mailFrom });
    this.keepExport(identity);
    const returned = `feedback-smtp.${this.region}.amazonses.com`;
    const senders = 'v=spf1 include:amazonses.com -all';
    // Gmail and Yahoo require a DMARC record of senders. Source: https://support.google.com/a/answer/81126, "DMARC".
    const unproven = dmarc === 'existing' ? undefined : { name: `_dmarc.${name}`, value: `v=DMARC1; p=${dmarc}` };
    if (hostedZone) {
      const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', {
        hostedZoneId: hostedZone.id,
        zoneName: hostedZone.name,
      });
      for (const [index, { name: recordName, value }] of identity.dkimRecords.entries())
        new CnameRecord(this, `Dkim${index + 1}`, { zone, recordName: `${recordName}.`, domainName: value });
      new MxRecord(this, 'MailFrom', {
        zone,
        recordName: `${mailFrom}.`,
        values: [{ hostName: returned, priority: 10 }],
      });
      new TxtRecord(this, 'MailFromSenders', { zone, recordName: `${mailFrom}.`, values: [senders] });
      if (unproven) new TxtRecord(this, 'Dmarc', { zone, recordName: `${unproven.name}.`, values: [unproven.value] });
    } else {
      const records = [
        ...identity.dkimRecords.map(({ name: record, value }) => `${record} CNAME ${value}`),
        `${mailFrom} MX 10 ${returned}`,
        `${mailFrom} TXT "${senders}"`,
        ...(unproven ? [`${unproven.name} TXT "${unproven.value}"`] : []),
      ];
      for (const [index, value] of records.entries()) new CfnOutput(this, `DnsRecord${index + 1}`, { value });
    }
  }
}

import type { SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import type { EventBus } from './event-bus.ts';
import { localAccount, mailEvent, type MailEvent, type MailRecord } from './mail-event.ts';
import { sent } from './mail-outcomes.ts';
import { fateOf } from './mailbox-simulator.ts';
import type { Template } from './template.ts';

export interface MailEvents {
  /** Called for each email that SES accepted. Puts the event types that its configuration set selects on the bus. */
  taken(messageId: string, mail: SendEmailCommandInput): void;
  /** Replaces each event by those that `change` returns, which can be none or several. The returned function ends this. */
  intercept(change: (event: MailEvent) => MailEvent[]): () => void;
}

/** `now`: milliseconds since 1970. */
export const createMailEvents = (template: Template, bus: EventBus, now: () => number): MailEvents => {
  const published = readDestinations(template);
  const unchanged = (event: MailEvent): MailEvent[] => [event];
  let change = unchanged;
  return {
    taken: (messageId, mail) => {
      const types = published.get(mail.ConfigurationSetName ?? '');
      if (!types) return;
      const record = recordOf(messageId, mail, new Date(now()).toISOString());
      const outcomes = [sent(), ...record.destination.flatMap((address) => fateOf(address, record))];
      const wanted = outcomes.filter(({ eventType }) => types.has(nameInTemplate(eventType)));
      bus.put(wanted.map((outcome) => mailEvent(record, outcome)).flatMap((event) => change(event)));
    },
    intercept: (changed) => {
      change = changed;
      return () => {
        change = unchanged;
      };
    },
  };
};

/** The name of an event type in the template: `renderingFailure` for `Rendering Failure`. */
const nameInTemplate = (eventType: string): string =>
  `${eventType.charAt(0).toLowerCase()}${eventType.slice(1).replace(' ', '')}`;

/** The event types that are sent to EventBridge, by configuration set. */
const readDestinations = (template: Template): Map<string, Set<string>> =>
  new Map(
    template
      .ofType('AWS::SES::ConfigurationSetEventDestination')
      .map(({ properties }) => ({
        configurationSet: String(properties.ConfigurationSetName),
        destination: properties.EventDestination as { EventBridgeDestination?: object; MatchingEventTypes: string[] },
      }))
      .filter(({ destination }) => destination.EventBridgeDestination)
      .map(({ configurationSet, destination }) => [configurationSet, new Set(destination.MatchingEventTypes)]),
  );

const recordOf = (messageId: string, mail: SendEmailCommandInput, timestamp: string): MailRecord => {
  const { FromEmailAddress: from = '', Destination: { ToAddresses: to = [] } = {} } = mail;
  const subject = mail.Content?.Simple?.Subject?.Data ?? '';
  const domain = from.replace('>', '').split('@').at(-1) ?? '';
  return {
    timestamp,
    source: from,
    sourceArn: `arn:aws:ses:${localAccount.region}:${localAccount.id}:identity/${domain}`,
    sendingAccountId: localAccount.id,
    messageId,
    destination: to,
    headersTruncated: false,
    headers: [
      { name: 'From', value: from },
      { name: 'To', value: to.join(', ') },
      { name: 'Subject', value: subject },
      { name: 'MIME-Version', value: '1.0' },
    ],
    commonHeaders: { from: [from], to, messageId, subject },
    tags: {
      'ses:configuration-set': [mail.ConfigurationSetName ?? ''],
      'ses:source-ip': ['127.0.0.1'],
      'ses:from-domain': [domain],
      'ses:caller-identity': ['local'],
      ...Object.fromEntries((mail.EmailTags ?? []).map(({ Name, Value }) => [Name ?? '', [Value ?? '']])),
    },
  };
};

import { Fragment, type ReactNode } from 'react';
import { entryOf } from '../../../../shared/open-enum.ts';
import { UserLink } from '../parts/user-link.tsx';
import type { AuditEvent } from './audit-event.ts';
import { DetailValue } from './detail-value.tsx';
import { nameIn } from './event-details.ts';
import { sentences } from './sentences.ts';
import { auditTexts as texts } from './texts.ts';
import { ThingName } from './thing-name.tsx';

interface SentenceProps {
  event: AuditEvent;
  /** Of what is gone: see `namesIn`. */
  names: ReadonlyMap<string, string>;
}

/** Who did what to whom, in plain English, with links to people. */
export const Sentence = ({ event, names }: SentenceProps) =>
  (entryOf(sentences, event.action) ?? texts.unknownEvent)
    .split(/\{(\w+)\}/)
    .map((part, index) => <Fragment key={index}>{index % 2 === 0 ? part : fill(part, event, names)}</Fragment>);

const fill = (placeholder: string, event: AuditEvent, names: SentenceProps['names']): ReactNode => {
  const { actor, targets, details, action } = event;
  const [target = '', second = ''] = targets;
  switch (placeholder) {
    case 'actor':
      if (!actor) return texts.nobody;
      return actor.id.startsWith('usr_') ? <UserLink {...actor} /> : actor.name;
    case 'target':
      return nameIn(event) ?? names.get(target) ?? <ThingName id={target} />;
    case 'action':
      return action;
    case 'second':
      return <ThingName id={second} />;
    case 'targets':
      if (targets.length === 1) return <ThingName id={target} />;
      return texts.many(targets.length, action === 'invites_created' ? texts.people : texts.resources);
    default:
      return <DetailValue value={details?.[placeholder]} />;
  }
};

import { Fragment, type ReactNode } from 'react';
import { entryOf } from '../../../../shared/open-enum.ts';
import { UserLink } from '../parts/user-link.tsx';
import type { AuditEvent } from './audit-event.ts';
import { DetailValue } from './detail-value.tsx';
import { sentences } from './sentences.ts';
import { auditTexts as texts } from './texts.ts';
import { ThingName } from './thing-name.tsx';

/** Who did what to whom, in plain English, with links to people. */
export const Sentence = ({ event }: { event: AuditEvent }) =>
  (entryOf(sentences, event.action) ?? texts.unknownEvent)
    .split(/\{(\w+)\}/)
    .map((part, index) => <Fragment key={index}>{index % 2 === 0 ? part : fill(part, event)}</Fragment>);

const fill = (placeholder: string, event: AuditEvent): ReactNode => {
  const { actor, targets, names, details, action } = event;
  const [target = '', second = ''] = targets;
  switch (placeholder) {
    case 'actor':
      if (!actor) return texts.nobody;
      return actor.id.startsWith('usr_') ? <UserLink {...actor} /> : actor.name;
    case 'target':
      return <ThingName id={target} names={names} />;
    case 'action':
      return action;
    case 'second':
      return <ThingName id={second} names={names} />;
    case 'targets':
      if (targets.length === 1) return <ThingName id={target} names={names} />;
      return texts.many(targets.length, action === 'invites_created' ? texts.people : texts.resources);
    default:
      return <DetailValue value={details?.[placeholder]} names={names} />;
  }
};

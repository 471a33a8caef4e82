import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { InviteResult } from './invite-draft.ts';

export type Outcome = InviteResult['outcome'];

const types: Record<Outcome, StatusIndicatorProps.Type> = {
  created: 'success',
  invalid_email: 'error',
  over_quota: 'error',
  suppressed: 'warning',
  already_member: 'info',
  already_invited: 'info',
  duplicate: 'stopped',
};

/** Beforehand the good comes first, afterwards what is left to do. */
export const outcomesAhead = Object.keys(types) as Outcome[];
export const outcomesAfterwards = [...outcomesAhead.slice(1), ...outcomesAhead.slice(0, 1)];

/** What an address came to, in the words of `texts`. */
export const OutcomeIndicator = ({ outcome, texts }: { outcome: Outcome; texts: Record<Outcome, string> }) => (
  <StatusIndicator type={types[outcome]}>{texts[outcome]}</StatusIndicator>
);

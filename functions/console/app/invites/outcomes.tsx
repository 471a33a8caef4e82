import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { entryOf, type OpenEnum, type UnknownValue } from '../../../../shared/open-enum.ts';
import type { InviteResult } from './invite-draft.ts';

export type Outcome = Exclude<InviteResult['outcome'], UnknownValue>;

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

/** The outcomes in this order, and after them those of the results that are not known here. */
export const withUnknown = (order: readonly Outcome[], results: readonly InviteResult[]): OpenEnum<Outcome>[] => [
  ...new Set([...order, ...results.map(({ outcome }) => outcome)]),
];

/** What an address came to, in the words of `texts`. */
interface OutcomeIndicatorProps {
  outcome: OpenEnum<Outcome>;
  texts: Record<Outcome, string>;
}

export const OutcomeIndicator = ({ outcome, texts }: OutcomeIndicatorProps) => (
  <StatusIndicator type={entryOf(types, outcome) ?? 'info'}>{entryOf(texts, outcome) ?? outcome}</StatusIndicator>
);

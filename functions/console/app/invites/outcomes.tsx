import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { entryOf, type OpenEnum, type UnknownValue } from '../../../../shared/open-enum.ts';
import type { InviteResult } from './invite-draft.ts';

export type Outcome = Exclude<InviteResult['outcome'], UnknownValue>;

const types: Record<Outcome, StatusIndicatorProps.Type> = {
  created: 'success',
  invalid_email: 'error',
  over_quota: 'error',
  domain_not_allowed: 'warning',
  suppressed: 'warning',
  blocked: 'warning',
  already_member: 'info',
  already_invited: 'info',
  duplicate: 'stopped',
};

/** The forecast lists successes first. The results list them last, after the outcomes that need attention. */
export const outcomesAhead = Object.keys(types) as Outcome[];
export const outcomesAfterwards = [...outcomesAhead.slice(1), ...outcomesAhead.slice(0, 1)];

/** The outcomes in the given order, followed by outcomes in the results that only a newer version of Roster knows. */
export const withUnknown = (order: readonly Outcome[], results: readonly InviteResult[]): OpenEnum<Outcome>[] => [
  ...new Set([...order, ...results.map(({ outcome }) => outcome)]),
];

interface OutcomeIndicatorProps {
  outcome: OpenEnum<Outcome>;
  /** The labels by outcome. */
  texts: Record<Outcome, string>;
}

export const OutcomeIndicator = ({ outcome, texts }: OutcomeIndicatorProps) => (
  <StatusIndicator type={entryOf(types, outcome) ?? 'info'}>{entryOf(texts, outcome) ?? outcome}</StatusIndicator>
);

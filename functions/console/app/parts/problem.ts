import type { ErrorCode } from '../../../../shared/errors.ts';
import { OutcomeUnknown, ProblemError } from '../data/problem-error.ts';
import { problemTexts, shellTexts } from '../shell/texts.ts';
import { formatDistance } from './format.ts';
import { partTexts } from './texts.ts';

/** Describes the error in a sentence for the screen. */
export const inWords = (error: unknown): string => {
  if (error instanceof OutcomeUnknown) return `${causeInWords(error.cause)} ${shellTexts.unconfirmed}`;
  if (!(error instanceof ProblemError)) return navigator.onLine ? shellTexts.noAnswer : shellTexts.offlineNow;
  const { code, detail, title } = error.problem;
  const again = error.retryAfter === undefined ? undefined : partTexts.tryAgainIn(formatDistance(error.retryAfter));
  if (isBusy(error))
    return [
      shellTexts.busy,
      error.problem.status === 429 && shellTexts.nothingChanged,
      again ?? shellTexts.tryAgainSoon,
    ]
      .filter(Boolean)
      .join(' ');
  const own = problemTexts[code as ErrorCode];
  return own ?? [detail ?? title, again].filter(Boolean).join(' ');
};

/** Why a change was not confirmed. */
const causeInWords = (cause: unknown): string => {
  if (!(cause instanceof ProblemError)) return shellTexts.connectionLost;
  return isBusy(cause) ? shellTexts.busy : shellTexts.broke;
};

/** Whether the service is too busy: a 503 without another reason, or a 429 of API Gateway, which has no detail unlike our own. */
const isBusy = ({ problem: { code, status, detail } }: ProblemError): boolean =>
  (status === 503 && code === 'unavailable') || (status === 429 && detail === undefined);

/** The reference that a person can give to support. Only server errors (5xx) have one. */
export const referenceOf = (error: unknown): string | undefined => {
  const failure = error instanceof OutcomeUnknown ? error.cause : error;
  return failure instanceof ProblemError && failure.problem.status >= 500
    ? shellTexts.reference(failure.problem.requestId)
    : undefined;
};

/**
 * Assigns the errors of a refusal to the fields of a form: `at('/name')` is the error text of that field, and `rest` is the
 * text that belongs to no field. Pass every pointer of the form, longest first. `fields` gives the pointer for error codes
 * whose responses name no field.
 */
export const placeProblem = (error: unknown, pointers: string[], fields: Partial<Record<ErrorCode, string>> = {}) => {
  const errors = error instanceof ProblemError ? errorsOf(error, fields) : [];
  const placed = errors.map(({ pointer, detail }) => ({
    at: pointers.find((each) => pointer === each || pointer.startsWith(`${each}/`)),
    detail,
  }));
  const shown = placed.filter(({ at }) => at !== undefined);
  const elsewhere = placed.filter(({ at }) => at === undefined).map(({ detail }) => detail);
  return {
    at: (pointer: string): string | undefined =>
      shown
        .filter(({ at }) => at === pointer)
        .map(({ detail }) => detail)
        .join(' ') || undefined,
    rest: !error || (shown.length > 0 && elsewhere.length === 0) ? undefined : elsewhere.join(' ') || inWords(error),
  };
};

const errorsOf = (error: ProblemError, fields: Partial<Record<ErrorCode, string>>) => {
  const pointer = fields[error.problem.code as ErrorCode];
  return error.problem.errors ?? (pointer === undefined ? [] : [{ pointer, detail: inWords(error) }]);
};

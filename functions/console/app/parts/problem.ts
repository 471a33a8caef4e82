import type { ErrorCode } from '../../../../shared/errors.ts';
import { ProblemError } from '../data/problem-error.ts';
import { problemTexts, shellTexts } from '../shell/texts.ts';
import { formatDistance } from './format.ts';
import { partTexts } from './texts.ts';

/** What went wrong, as a sentence for people. */
export const inWords = (error: unknown): string => {
  if (!(error instanceof ProblemError)) return shellTexts.noAnswer;
  const { code, detail, title } = error.problem;
  const own = problemTexts[code as ErrorCode];
  if (own !== undefined || error.retryAfter === undefined) return own ?? detail ?? title;
  return `${detail ?? title} ${partTexts.tryAgainIn(formatDistance(error.retryAfter))}`;
};

/** For a fault of ours: the reference to give to support. */
export const referenceOf = (error: unknown): string | undefined =>
  error instanceof ProblemError && error.problem.status >= 500
    ? shellTexts.reference(error.problem.requestId)
    : undefined;

/**
 * A refusal, put where it belongs on a form: `at('/name')` is the error text of that field, `rest` what no field of the form
 * shows. Name every pointer that the form has, longest first. `fields`: where a refusal belongs that names no field.
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

import type { Problem } from '../../../../shared/api/send-request.ts';

/** A refusal by the API. Reads and changes throw it, and TanStack Query passes it to the components. */
export class ProblemError extends Error {
  readonly problem: Problem;
  /** Seconds until the request may succeed, if the API states them. */
  readonly retryAfter: number | undefined;

  constructor(problem: Problem, retryAfter?: number) {
    super(problem.title);
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/**
 * Nobody can say whether a change took effect: it was sent, and the connection was lost or the service failed before it confirmed
 * the change. `cause` is the failure.
 */
export class OutcomeUnknown extends Error {
  constructor(cause: unknown) {
    super('The outcome of the change is unknown', { cause });
  }
}

export const codeOf = (error: unknown): string | undefined =>
  error instanceof ProblemError ? error.problem.code : undefined;

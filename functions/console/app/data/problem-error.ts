import type { Problem } from '../../../../shared/api/client.ts';

/** The API refused: what a read or a change throws, for TanStack Query to hand on. */
export class ProblemError extends Error {
  readonly problem: Problem;
  /** Seconds until it may succeed, where that is known. */
  readonly retryAfter: number | undefined;

  constructor(problem: Problem, retryAfter?: number) {
    super(problem.title);
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

export const codeOf = (error: unknown): string | undefined =>
  error instanceof ProblemError ? error.problem.code : undefined;

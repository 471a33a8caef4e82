import type { Problem } from '../../../../shared/api/client.ts';

/** The API refused: what a read or a change throws, for TanStack Query to hand on. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.title);
    this.problem = problem;
  }
}

export const codeOf = (error: unknown): string | undefined =>
  error instanceof ProblemError ? error.problem.code : undefined;

import { LocalStackError } from '../../infra/local/local-error.ts';

/** Runs a step of a set-up. If it fails, the error names the step and, for an error of the local stack, a remedy. */
export const step = async <T>(name: string, run: () => Promise<T>): Promise<T> => {
  try {
    return await run();
  } catch (error) {
    throw new Error(`${name} failed. ${reasonOf(error)}`, { cause: error });
  }
};

const reasonOf = (error: unknown): string => {
  if (error instanceof LocalStackError) return `${error.message}\n${error.remedy}`;
  return error instanceof Error ? error.message : String(error);
};

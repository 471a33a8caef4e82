import type { Problem } from '../../shared/api/send-request.ts';
import { browserPatienceSeconds } from '../../shared/limits.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { second } from '../../shared/time.ts';

/** The problem of a failed request. The code is `unreachable` without a response, and `unknown` if the response has no code. */
export type Refusal = Pick<Problem, 'code' | 'detail' | 'errors'>;

export const post = async <T = void>(path: string, body: object): Promise<Result<T, Refusal>> => {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(browserPatienceSeconds * second),
    });
    if (response.status === 204) return ok(undefined as T);
    const answer: unknown = await response.json();
    return response.ok ? ok(answer as T) : err({ ...(answer as Problem), code: codeOf(response.status, answer) });
  } catch {
    return err({ code: 'unreachable' });
  }
};

/** Responses of API Gateway itself have no code, so their code is derived from the status. */
const codeOf = (status: number, answer: unknown): string => {
  const { code } = answer as Partial<Problem>;
  if (code !== undefined) return code;
  if (status === 429) return 'too_many_requests';
  return status >= 500 ? 'unavailable' : 'unknown';
};

import { QueryClient } from '@tanstack/react-query';
import { ProblemError } from './problem-error.ts';

/** Whether a retry may succeed: there was no response, or the service is overloaded. */
const passing = (error: Error): boolean => !(error instanceof ProblemError) || error.problem.status === 503;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Requests are sent even when the browser is offline, so that they fail and the screen shows it, instead of waiting.
      networkMode: 'always',
      // Short enough that a person who returns to a page sees the changes of others, and long enough for one page to share requests.
      staleTime: 1_000,
      retry: (failures, error) => failures < 2 && passing(error),
      retryDelay: (failures) => 300 * 2 ** failures,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

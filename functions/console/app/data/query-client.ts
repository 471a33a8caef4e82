import { QueryClient } from '@tanstack/react-query';
import { ProblemError } from './problem-error.ts';

/** Worth another try by itself: nobody answered, or a service that is overloaded. */
const passing = (error: Error): boolean => !(error instanceof ProblemError) || error.problem.status === 503;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Also offline: a screen says so instead of waiting.
      networkMode: 'always',
      // Who comes back to a page sees what others did meanwhile; a page that asks the same twice asks once.
      staleTime: 1_000,
      retry: (failures, error) => failures < 2 && passing(error),
      retryDelay: (failures) => 300 * 2 ** failures,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

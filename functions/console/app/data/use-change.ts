import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CallOptions } from '../../../../shared/api/client.ts';
import type { RouteName } from '../../../../shared/api/routes.ts';
import { useFlash } from '../shell/flash.tsx';
import { callApi, type CallOf, type ValueOf } from './client.ts';

interface ChangeOptions<N extends RouteName> {
  /** Routes whose answers are no longer true afterwards. The audit log, which every change is in, need not be named. */
  changes: RouteName[];
  /** What the flash on top says when it is done. */
  done?: (value: ValueOf<N>) => string;
}

/**
 * A change: `const rename = useChange('updatePool', { changes: ['listPools'], done: ({ name }) => texts.renamed(name) })`,
 * then `await rename.mutateAsync({ call: { params, body }, options: { ifMatch } })` or `rename.mutate(…)`. A refusal is in
 * `rename.error`, for `useProblem` to show; the form that asked stays as it is.
 */
export const useChange = <N extends RouteName>(name: N, { changes, done }: ChangeOptions<N>) => {
  const queries = useQueryClient();
  const flash = useFlash();
  return useMutation({
    mutationFn: ({ call, options }: { call: CallOf<N>; options?: CallOptions }) => callApi(name, call, options),
    onSuccess: async (value) => {
      if (done) flash.success(done(value));
      await Promise.all(
        [...changes, 'listAuditEvents'].map((route) => queries.invalidateQueries({ queryKey: [route] })),
      );
    },
  });
};

import { useMutation } from '@tanstack/react-query';
import type { CallOptions } from '../../../../shared/api/send-request.ts';
import { takesIdempotencyKey } from '../../../../shared/api/route.ts';
import { routes, type RouteName } from '../../../../shared/api/routes.ts';
import { useRef } from 'react';
import { useFlash } from '../shell/flash.tsx';
import { callApi, type CallOf, type ValueOf } from './client.ts';
import { useRefresh } from './use-refresh.ts';

interface ChangeOptions<N extends RouteName> {
  /** Routes whose responses the change makes outdated. The audit log is always one of them, and need not be listed. */
  changes: RouteName[];
  /** The text of the notice that reports success. */
  done?: (value: ValueOf<N>) => string;
}

/**
 * A change: `const rename = useChange('updatePool', { changes: ['listPools'], done: ({ name }) => texts.renamed(name) })`,
 * then `await rename.mutateAsync({ call: { params, body }, options: { ifMatch } })` or `rename.mutate(…)`. A refusal is in
 * `rename.error`, for `placeProblem`, and the form keeps its input. A create that is sent again because its response was lost has
 * the same idempotency key, so it takes effect once.
 */
export const useChange = <N extends RouteName>(name: N, { changes, done }: ChangeOptions<N>) => {
  const refresh = useRefresh();
  const flash = useFlash();
  const sent = useRef<{ text: string; key: string }>(undefined);
  const keyOf = (call: CallOf<N>): string => {
    const text = JSON.stringify(call);
    if (sent.current?.text !== text) sent.current = { text, key: crypto.randomUUID() };
    return sent.current.key;
  };
  return useMutation({
    mutationFn: ({ call, options }: { call: CallOf<N>; options?: CallOptions }) =>
      callApi(name, call, takesIdempotencyKey(routes[name]) ? { ...options, idempotencyKey: keyOf(call) } : options),
    onSuccess: async (value) => {
      sent.current = undefined;
      if (done) flash.success(done(value));
      await refresh(changes);
    },
  });
};

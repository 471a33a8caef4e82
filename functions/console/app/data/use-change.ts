import { useMutation } from '@tanstack/react-query';
import type { CallOptions } from '../../../../shared/api/send-request.ts';
import { takesIdempotencyKey } from '../../../../shared/api/route.ts';
import { routes, type RouteName } from '../../../../shared/api/routes.ts';
import { useRef } from 'react';
import { useFlash } from '../shell/flash.tsx';
import { callApi, type CallOf, type ValueOf } from './client.ts';
import { useRefresh } from './use-refresh.ts';

interface ChangeOptions<N extends RouteName> {
  /** Routes whose answers are no longer true afterwards. The audit log, which every change is in, need not be named. */
  changes: RouteName[];
  /** What the flash on top says when it is done. */
  done?: (value: ValueOf<N>) => string;
}

/**
 * A change: `const rename = useChange('updatePool', { changes: ['listPools'], done: ({ name }) => texts.renamed(name) })`,
 * then `await rename.mutateAsync({ call: { params, body }, options: { ifMatch } })` or `rename.mutate(…)`. A refusal is in
 * `rename.error`, for `placeProblem` to show; the form that asked stays as it is. A create that is sent again, because its
 * answer was lost, happens once.
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

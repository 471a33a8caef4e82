import { useEffect, useRef } from 'react';
import type { RouteName } from '../../../../shared/api/routes.ts';
import { useRefresh } from '../data/use-refresh.ts';
import { sendBulk, type BulkRequest, type BulkResult } from './bulk.ts';

/** Bulk work that stops when the person leaves the page. Afterwards the responses of the routes in `changes` are read again. */
export const useBulk = <T>(changes: readonly RouteName[]) => {
  const refresh = useRefresh();
  const running = useRef(new Set<AbortController>());
  const stop = () => {
    for (const controller of running.current) controller.abort();
  };
  useEffect(() => stop, []);

  return {
    stop,
    /** `stopped` is true if `stop` was called or the person left the page. */
    send: async (
      items: readonly T[],
      request: BulkRequest<T>,
      onProgress: (count: number) => void,
    ): Promise<BulkResult<T> & { stopped: boolean }> => {
      const controller = new AbortController();
      running.current.add(controller);
      const result = await sendBulk(items, request, { signal: controller.signal, onProgress });
      running.current.delete(controller);
      await refresh(changes);
      return { ...result, stopped: controller.signal.aborted };
    },
  };
};

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '../data/client.ts';
import { codeOf } from '../data/problem-error.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { useFlash } from '../shell/flash.tsx';
import { resourceChanges, type Resource } from './resource.ts';

export interface Failure {
  resource: Resource;
  error: unknown;
}

/** Asks for one resource. */
export type Act = (
  call: { params: { organizationId: string; resourceId: string } },
  options: { ifMatch: string },
) => Promise<unknown>;

/** Does the same to resources, one after the other. What failed is kept with its reason, and alone asked for on another try. */
export const useEach = (resources: Resource[]) => {
  const { params } = useOrganization();
  const queries = useQueryClient();
  const flash = useFlash();
  const [left, setLeft] = useState(resources);
  const [failures, setFailures] = useState<Failure[]>([]);
  const [done, setDone] = useState<number>();

  return {
    left,
    failures,
    /** How many of those asked for are through; undefined: nothing is under way. */
    done,
    /** Whether all succeeded. `say`: the message of success for so many. */
    run: async (act: Act, say: (count: number) => string): Promise<boolean> => {
      const failed: Failure[] = [];
      for (const [index, resource] of left.entries()) {
        setDone(index);
        try {
          await act({ params: { ...params, resourceId: resource.id } }, { ifMatch: `"${resource.version}"` });
        } catch (error) {
          failed.push({ resource, error });
        }
      }
      await Promise.all(resourceChanges.map((route) => queries.invalidateQueries({ queryKey: [route] })));
      if (failed.length < left.length) flash.success(say(left.length - failed.length));
      setDone(undefined);
      setFailures(failed);
      setLeft(failed.map(({ resource }) => resource));
      return failed.length === 0;
    },
    /** After a 412: those that were changed meanwhile, as they are now. */
    reload: async () => {
      const fresh = await Promise.all(
        failures
          .filter(({ error }) => codeOf(error) === 'stale_version')
          .map(({ resource: { id } }) => callApi('getResource', { params: { ...params, resourceId: id } })),
      );
      setLeft(left.map((each) => fresh.find(({ id }) => id === each.id) ?? each));
      setFailures(failures.filter(({ error }) => codeOf(error) !== 'stale_version'));
    },
  };
};

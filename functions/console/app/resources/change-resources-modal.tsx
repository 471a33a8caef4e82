import type { ReactNode } from 'react';
import { callApi } from '../data/client.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { BulkModal } from '../parts/bulk-modal.tsx';
import { eachItem } from '../parts/bulk.ts';
import { resourceChanges, type Resource } from './resource.ts';
import { resourcesTexts as texts } from './texts.ts';

/** Sends the request about one resource. */
export type ChangeOne = (
  call: { params: { organizationId: string; resourceId: string } },
  options: { ifMatch: string },
) => Promise<unknown>;

interface ChangeResourcesModalProps {
  resources: Resource[];
  /** “Move” */
  action: string;
  /** Undefined: something is still to be chosen, and `children` say so once it was `tried`. */
  change: ChangeOne | undefined;
  done: (count: number) => string;
  /** With the resources that are done. */
  onClose: (done: Resource[]) => void;
  children: (tried: boolean) => ReactNode;
}

/** One action on one resource or more. */
export const ChangeResourcesModal = (props: ChangeResourcesModalProps) => {
  const { resources, action, change, done, onClose, children } = props;
  const { params } = useOrganization();
  const callFor = ({ id }: Resource) => ({ params: { ...params, resourceId: id } });
  return (
    <BulkModal
      items={resources}
      words={{ nameOf: ({ name }) => name, done: ({ length }) => done(length) }}
      header={(left) =>
        texts.doTo(
          action,
          left.map(({ name }) => name),
        )
      }
      submit={action}
      request={
        change && eachItem((resource: Resource) => change(callFor(resource), { ifMatch: `"${resource.version}"` }))
      }
      changes={resourceChanges}
      reload={(resource) => callApi('getResource', callFor(resource))}
      onClose={onClose}
    >
      {({ tried }) => children(tried)}
    </BulkModal>
  );
};

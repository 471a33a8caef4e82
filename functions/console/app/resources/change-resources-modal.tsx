import type { ReactNode } from 'react';
import { callApi } from '../data/client.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { BulkModal } from '../parts/bulk-modal.tsx';
import { eachItem } from '../parts/bulk.ts';
import type { Draft } from '../parts/use-draft.ts';
import { resourceChanges, type Resource } from './resource.ts';
import { resourcesTexts as texts } from './texts.ts';

/** Sends the request that changes one resource. */
export type ChangeOne = (
  call: { params: { organizationId: string; resourceId: string } },
  options: { ifMatch: string },
) => Promise<unknown>;

interface ChangeResourcesModalProps {
  resources: Resource[];
  /** The name of the action, for example “Move”. */
  action: string;
  /** Undefined while a required choice is missing. `children` then show an error if `tried` is true. */
  change: ChangeOne | undefined;
  /** What the person has chosen, if the action requires a choice. */
  draft?: Pick<Draft, 'changed' | 'restoredAt' | 'discard' | 'sent'>;
  done: (count: number) => string;
  /** Called with the changed resources. */
  onClose: (done: Resource[]) => void;
  children: (tried: boolean) => ReactNode;
}

/** The dialog for an action on one or more resources. */
export const ChangeResourcesModal = (props: ChangeResourcesModalProps) => {
  const { resources, action, change, draft, done, onClose, children } = props;
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
      {...(draft && { draft })}
      onClose={(changed) => {
        if (changed.length > 0) draft?.sent();
        onClose(changed);
      }}
    >
      {({ tried }) => children(tried)}
    </BulkModal>
  );
};

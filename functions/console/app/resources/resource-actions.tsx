import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { unless } from '../parts/unless.ts';
import type { Resource } from './resource.ts';
import { resourcesTexts as texts } from './texts.ts';
import { useResourceRights, type ResourceRight } from './use-resource-rights.ts';

export type ResourceAction = 'edit' | 'give' | 'move' | 'delete';

const actions: { id: ResourceAction; text: string; right: ResourceRight }[] = [
  { id: 'edit', text: texts.edit, right: 'edit' },
  { id: 'give', text: texts.give, right: 'manage' },
  { id: 'move', text: texts.move, right: 'manage' },
  { id: 'delete', text: texts.delete, right: 'manage' },
];

interface ResourceActionsProps {
  resources: Resource[];
  /** Whether the menu belongs to one row of the table. Otherwise it applies to the selected resources. */
  row?: boolean;
  onChoose: (action: ResourceAction) => void;
}

/** The menu of actions for one resource or for the selected ones. */
export const ResourceActions = ({ resources, row = false, onChoose }: ResourceActionsProps) => {
  const { whyNot } = useResourceRights();
  const none = resources.length === 0;
  return (
    <ButtonDropdown
      variant={row ? 'icon' : 'normal'}
      expandToViewport
      {...(row && { ariaLabel: texts.actionsFor(resources[0]?.name ?? '') })}
      {...unless(none ? texts.selectFirst : undefined)}
      items={actions
        .filter(({ id }) => row || id !== 'edit')
        .map(({ id, text, right }) => ({ id, text, ...unless(whyNot(right, ...resources)) }))}
      onItemClick={({ detail }) => {
        const chosen = actions.find(({ id }) => id === detail.id);
        if (chosen) onChoose(chosen.id);
      }}
    >
      {row ? undefined : texts.actions}
    </ButtonDropdown>
  );
};

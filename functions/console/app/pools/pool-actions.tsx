import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { useLocation } from 'wouter';
import { useOrganization } from '../organization/use-organization.ts';
import type { Pool } from '../organization/use-pools.ts';
import { unless } from '../parts/unless.ts';
import { poolsTexts as texts } from './texts.ts';
import { usePoolRights, type PoolAction } from './use-pool-rights.ts';

interface PoolActionsProps {
  pool: Pool;
  /** Whether the menu is in a row of a table. It is then an icon, and also has links to the pages about the pool. */
  row?: boolean;
  onChoose: (action: PoolAction) => void;
}

const actions: { id: PoolAction; text: string }[] = [
  { id: 'create', text: texts.createBelow },
  { id: 'edit', text: texts.edit },
  { id: 'move', text: texts.move },
  { id: 'delete', text: texts.delete },
];

/** The menu of what can be done to a pool. */
export const PoolActions = ({ pool, row = false, onChoose }: PoolActionsProps) => {
  const { whyNot } = usePoolRights();
  const { pathTo } = useOrganization();
  const [, navigate] = useLocation();
  const changes = actions.map((action) => ({ ...action, ...unless(whyNot(pool, action.id)) }));
  const pages = [
    { id: 'access', text: texts.access, href: pathTo(`/pools/${pool.id}`) },
    { id: 'resources', text: texts.resources, href: pathTo(`/resources?poolId=${pool.id}`) },
  ];
  return (
    <ButtonDropdown
      variant={row ? 'icon' : 'normal'}
      expandToViewport
      ariaLabel={texts.actionsFor(pool.name)}
      items={row ? [...pages, ...changes] : changes}
      onItemClick={({ detail }) => {
        const chosen = actions.find(({ id }) => id === detail.id);
        if (chosen) onChoose(chosen.id);
      }}
      onItemFollow={(event) => {
        event.preventDefault();
        navigate(event.detail.href ?? '');
      }}
    >
      {row ? undefined : texts.actions}
    </ButtonDropdown>
  );
};

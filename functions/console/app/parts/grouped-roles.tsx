import Box from '@cloudscape-design/components/box';
import Input from '@cloudscape-design/components/input';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState, type ReactNode } from 'react';
import { usePools } from '../organization/use-pools.ts';
import { formatNumber } from './format.ts';
import type { RoleDraft } from './role-draft.ts';
import { groupRoles, type GroupedRole, type Grouping } from './role-groups.ts';
import { partTexts as texts } from './texts.ts';

/** Above this number, role assignments are shown in groups that can be searched. */
export const ungroupedRolesMax = 8;

interface GroupedRolesProps<D extends RoleDraft> {
  assignments: readonly D[];
  children: (roles: GroupedRole<D>[]) => ReactNode;
}

/** Many role assignments, grouped by role or by pool, with a search. */
export const GroupedRoles = <D extends RoleDraft>({ assignments, children }: GroupedRolesProps<D>) => {
  const { tree } = usePools();
  const [by, setBy] = useState<Grouping>('role');
  const [search, setSearch] = useState('');
  const groups = groupRoles(assignments, tree, by, search);
  return (
    <SpaceBetween size="s">
      <div className="buttons">
        <Input
          type="search"
          value={search}
          ariaLabel={texts.findRole}
          placeholder={texts.findRole}
          onChange={({ detail }) => setSearch(detail.value)}
        />
        <SegmentedControl
          label={texts.groupBy}
          selectedId={by}
          options={[
            { id: 'role', text: texts.byRole },
            { id: 'subtree', text: texts.byPool },
          ]}
          onChange={({ detail }) => setBy(detail.selectedId as Grouping)}
        />
      </div>
      {groups.length === 0 && <Box color="text-body-secondary">{texts.noRoleFound}</Box>}
      {groups.map(({ name, roles }) => (
        <div key={name} role="group" aria-label={name}>
          <Box variant="h4" tagOverride="h3" padding="n">
            {name} ({formatNumber(roles.length)})
          </Box>
          {children(roles)}
        </div>
      ))}
    </SpaceBetween>
  );
};

import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import Box from '@cloudscape-design/components/box';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TokenGroup from '@cloudscape-design/components/token-group';
import { useState } from 'react';
import { assignmentsMax } from '../../../../shared/limits.ts';
import { entryOf } from '../../../../shared/open-enum.ts';
import { roleName } from '../../../../shared/roles/role-name.ts';
import { roles, type Role } from '../../../../shared/roles/role.ts';
import { roleExplanations } from '../rights/texts.ts';
import { GroupedRoles, ungroupedRolesMax } from './grouped-roles.tsx';
import { PoolSelect } from './pool-select.tsx';
import { needsPool, type RoleDraft } from './role-draft.ts';
import { partTexts as texts } from './texts.ts';

interface RoleEditorProps {
  value: RoleDraft[];
  onChange: (value: RoleDraft[]) => void;
  /** Errors with pointers such as `/roles/0/poolId`, from `missingIn` or from a refused request. */
  errors: { pointer: string; detail: string }[];
}

const roleOptions = roles.map((role) => ({
  value: role,
  label: roleName(role),
  description: roleExplanations[role],
}));

/** The number of tokens that a group of roles shows until it is expanded. */
const shownTokensMax = 10;

/** Edits role assignments and the pools they are held on. If a person already has many roles, those are shown as tokens in groups. */
export const RoleEditor = ({ value, onChange, errors }: RoleEditorProps) => {
  // The existing roles, if there are many: with a row of two fields for each of them, the form would be pages long.
  const [held] = useState(() => new Set(value.length > ungroupedRolesMax ? value : []));
  const isCompact = (draft: RoleDraft, index: number) =>
    held.has(draft) &&
    !errors.some(({ pointer }) => pointer.startsWith(`/roles/${index}/`) || pointer === `/roles/${index}`);
  const compact = value.filter(isCompact);
  if (compact.length === 0) return <RoleRows value={value} onChange={onChange} errors={errors} />;
  const rows = value.flatMap((draft, index) => (isCompact(draft, index) ? [] : [{ draft, index }]));
  return (
    <SpaceBetween size="m">
      <GroupedRoles assignments={compact}>
        {(group) => (
          <TokenGroup
            disableOuterPadding
            limit={shownTokensMax}
            items={group.map(({ label, place }) => ({
              label,
              description: place,
              dismissLabel: texts.removeNamed(label),
            }))}
            onDismiss={({ detail }) => {
              const removed = group[detail.itemIndex]?.assignment;
              onChange(value.filter((draft) => draft !== removed));
            }}
          />
        )}
      </GroupedRoles>
      <RoleRows
        value={rows.map(({ draft }) => draft)}
        onChange={(changed) => onChange([...compact, ...changed])}
        errors={rows.flatMap(({ index }, row) => errorsOfRow(errors, index, row))}
        mostRows={assignmentsMax - compact.length}
      />
    </SpaceBetween>
  );
};

/** The errors of a role assignment, with pointers to the row that shows it. */
const errorsOfRow = (errors: RoleEditorProps['errors'], index: number, row: number): RoleEditorProps['errors'] =>
  errors.flatMap(({ pointer, detail }) => {
    const [, , position, ...rest] = pointer.split('/');
    return position === String(index) ? [{ pointer: ['', 'roles', row, ...rest].join('/'), detail }] : [];
  });

/** Shows each role assignment as a row of fields. */
const RoleRows = ({ value, onChange, errors, mostRows = assignmentsMax }: RoleEditorProps & { mostRows?: number }) => {
  const replace = (index: number, draft: RoleDraft) =>
    onChange(value.map((each, position) => (position === index ? draft : each)));
  const errorAt = (pointer: string, exactly: boolean) =>
    errors.find((error) => error.pointer === pointer || (!exactly && error.pointer === `${pointer}/role`))?.detail;
  return (
    <AttributeEditor
      items={value}
      empty={mostRows === assignmentsMax ? texts.noRoles : undefined}
      addButtonText={texts.addRole}
      removeButtonText={texts.remove}
      removeButtonAriaLabel={(draft) => texts.removeRole(value.indexOf(draft) + 1)}
      disableAddButton={value.length >= mostRows}
      additionalInfo={value.length >= mostRows ? texts.mostRoles(assignmentsMax) : undefined}
      onAddButtonClick={() => onChange([...value, {}])}
      onRemoveButtonClick={({ detail }) => onChange(value.filter((_, index) => index !== detail.itemIndex))}
      definition={[
        {
          label: texts.role,
          errorText: (_, index) => errorAt(`/roles/${index}`, false),
          constraintText: ({ role }) => role && entryOf(roleExplanations, role),
          control: ({ role, poolId }, index) => (
            <Select
              ariaLabel={texts.rowNumber(index + 1)}
              selectedOption={roleOptions.find((option) => option.value === role) ?? (role ? { value: role } : null)}
              options={roleOptions}
              placeholder={texts.chooseRole}
              onChange={({ detail }) => replace(index, { role: detail.selectedOption.value as Role, poolId })}
            />
          ),
        },
        {
          label: texts.pool,
          errorText: (_, index) => errorAt(`/roles/${index}/poolId`, true),
          control: ({ role, poolId }, index) =>
            role === undefined || needsPool(role) ? (
              <PoolSelect
                ariaLabel={texts.rowNumber(index + 1)}
                value={poolId}
                onChange={(chosen) => replace(index, { role, poolId: chosen })}
              />
            ) : (
              <Box padding={{ top: 'xxs' }}>{texts.wholeOrganization}</Box>
            ),
        },
      ]}
    />
  );
};

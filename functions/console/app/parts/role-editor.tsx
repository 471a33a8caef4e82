import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import Box from '@cloudscape-design/components/box';
import Select from '@cloudscape-design/components/select';
import { assignmentsMax } from '../../../../shared/limits.ts';
import { entryOf } from '../../../../shared/open-enum.ts';
import { roleName } from '../../../../shared/roles/role-name.ts';
import { roles, type Role } from '../../../../shared/roles/role.ts';
import { roleExplanations } from '../rights/texts.ts';
import { PoolSelect } from './pool-select.tsx';
import { needsPool, type RoleDraft } from './role-draft.ts';
import { partTexts as texts } from './texts.ts';

interface RoleEditorProps {
  value: RoleDraft[];
  onChange: (value: RoleDraft[]) => void;
  /** What is wrong with it: `/roles/0/poolId`. From `missingIn`, or of a refused request. */
  errors: { pointer: string; detail: string }[];
}

const roleOptions = roles.map((role) => ({
  value: role,
  label: roleName(role),
  description: roleExplanations[role],
}));

/** Role assignments: a role a row, with the pool that it is held on. */
export const RoleEditor = ({ value, onChange, errors }: RoleEditorProps) => {
  const replace = (index: number, draft: RoleDraft) =>
    onChange(value.map((each, position) => (position === index ? draft : each)));
  const errorAt = (pointer: string, exactly: boolean) =>
    errors.find((error) => error.pointer === pointer || (!exactly && error.pointer === `${pointer}/role`))?.detail;
  return (
    <AttributeEditor
      items={value}
      empty={texts.noRoles}
      addButtonText={texts.addRole}
      removeButtonText={texts.remove}
      removeButtonAriaLabel={(draft) => texts.removeRole(value.indexOf(draft) + 1)}
      disableAddButton={value.length >= assignmentsMax}
      additionalInfo={value.length >= assignmentsMax ? texts.mostRoles(assignmentsMax) : undefined}
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

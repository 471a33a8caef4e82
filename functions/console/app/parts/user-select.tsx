import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { partTexts as texts } from './texts.ts';
import { useSettled } from './use-settled.ts';

interface UserSelectProps {
  value: { id: string; name: string } | undefined;
  onChange: (user?: { id: string; name: string; email: string }) => void;
  /** A first option that chooses nobody, in these words. */
  none?: string;
  ariaLabel?: string;
  /** Absent inside a `FormField`, which says it. */
  invalid?: boolean;
}

/** An active user, found by the beginning of their e-mail address or of a word of their name. */
export const UserSelect = ({ value, onChange, none, ...rest }: UserSelectProps) => {
  const { params } = useOrganization();
  const [text, setText] = useState<string>();
  const search = useSettled(text);
  const query = { limit: 20, ...(search && { search }) };
  const { data, isFetching, error, refetch } = useRead(
    'listUsers',
    { params, query },
    { enabled: search !== undefined },
  );
  const users = data?.items ?? [];
  const nobody = none === undefined ? [] : [{ value: '', label: none }];

  return (
    <Select
      {...rest}
      selectedOption={value ? { value: value.id, label: value.name } : (nobody[0] ?? null)}
      options={[
        ...(search ? [] : nobody),
        ...users.map(({ id, name, email }) => ({ value: id, label: name, description: email })),
      ]}
      onChange={({ detail }) => onChange(users.find(({ id }) => id === detail.selectedOption.value))}
      filteringType="manual"
      filteringPlaceholder={texts.findUser}
      filteringAriaLabel={texts.findUser}
      onLoadItems={({ detail }) => (error ? void refetch() : setText(detail.filteringText))}
      placeholder={texts.chooseUser}
      empty={texts.noUser}
      statusType={error ? 'error' : isFetching || text !== search ? 'loading' : 'finished'}
      errorText={texts.usersFailed}
      recoveryText={texts.tryAgain}
    />
  );
};

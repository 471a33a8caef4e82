import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { usePages } from '../data/use-pages.ts';
import type { ValueOf } from '../data/client.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { partTexts as texts } from './texts.ts';
import { useSettled } from './use-settled.ts';

export type UserOption = ValueOf<'listUsers'>['items'][number];

interface UserSelectProps {
  value: UserOption | undefined;
  onChange: (user: UserOption) => void;
  /** Not offered. */
  except?: string;
  /** Something to know about somebody before they are chosen. */
  remark?: (user: UserOption) => string | undefined;
  placeholder?: string;
}

/** An active user of the organization: the API searches as one types, and lists on as one scrolls. */
export const UserSelect = ({ value, onChange, except, remark, placeholder = texts.chooseUser }: UserSelectProps) => {
  const { params } = useOrganization();
  const [search, setSearch] = useState('');
  const users = usePages('listUsers', { params, query: { search: useSettled(search) || undefined } }, 25);
  const found = (users.data?.pages ?? []).flatMap(({ items }) => items).filter(({ id }) => id !== except);
  const status = () => {
    if (users.error) return 'error';
    if (users.busy) return 'loading';
    return users.hasNextPage ? 'pending' : 'finished';
  };
  return (
    <Select
      selectedOption={value ? { value: value.id, label: value.name, description: value.email } : null}
      options={found.map((user) => {
        const remarked = remark?.(user);
        return {
          value: user.id,
          label: user.name,
          description: user.email,
          ...(remarked !== undefined && { tags: [remarked] }),
        };
      })}
      onChange={({ detail }) => {
        const chosen = found.find(({ id }) => id === detail.selectedOption.value);
        if (chosen) onChange(chosen);
      }}
      filteringType="manual"
      filteringPlaceholder={texts.findUser}
      filteringAriaLabel={texts.findUser}
      onLoadItems={({ detail }) => {
        if (detail.firstPage) setSearch(detail.filteringText);
        else void users.fetchNextPage();
      }}
      placeholder={placeholder}
      statusType={status()}
      loadingText={texts.loadingUsers}
      errorText={texts.usersFailed}
      recoveryText={texts.tryAgain}
      empty={texts.noUser}
    />
  );
};

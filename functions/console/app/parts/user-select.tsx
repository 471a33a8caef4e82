import Select, { type SelectProps } from '@cloudscape-design/components/select';
import { useState } from 'react';
import { shownAddress } from '../../../../shared/shown-address.ts';
import type { ValueOf } from '../data/client.ts';
import { usePages } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { partTexts as texts } from './texts.ts';
import { useDebounced } from './use-debounced.ts';

export type UserOption = ValueOf<'listUsers'>['items'][number];

export interface ChosenUser {
  id: string;
  name: string;
  email?: string;
}

interface UserSelectProps {
  value: ChosenUser | undefined;
  /** Undefined: nobody, where `none` offers that. */
  onChange: (user: UserOption | undefined) => void;
  /** A first option that chooses nobody, in these words. */
  none?: string;
  /** The id of who is not offered. */
  except?: string;
  /** Something to know about somebody before they are chosen. */
  remark?: (user: UserOption) => string | undefined;
  placeholder?: string;
  /** Absent inside a `FormField`, which says it. */
  ariaLabel?: string;
}

/** An active user of the organization: the API searches as one types, and lists on as one scrolls. */
export const UserSelect = (props: UserSelectProps) => {
  const { value, onChange, none, except, remark, placeholder = texts.chooseUser, ariaLabel } = props;
  const { params } = useOrganization();
  // Nothing is read before it is opened.
  const [typed, setTyped] = useState<string>();
  const search = useDebounced(typed) || undefined;
  const users = usePages('listUsers', { params, query: { search } }, 25, { enabled: typed !== undefined });
  const found = (users.data?.pages ?? []).flatMap(({ items }) => items).filter(({ id }) => id !== except);
  const nobody: SelectProps.Option[] = none === undefined || typed ? [] : [{ value: '', label: none }];
  const isCurrent = (typed || undefined) === search && !users.busy;
  const toOption = (user: UserOption): SelectProps.Option => {
    const remarked = remark?.(user);
    return {
      value: user.id,
      label: user.name,
      description: shownAddress(user.email),
      ...(remarked !== undefined && { tags: [remarked] }),
    };
  };
  const status = () => {
    if (users.error) return 'error';
    if (!isCurrent) return 'loading';
    return users.hasNextPage ? 'pending' : 'finished';
  };
  const chosen = () => {
    if (value)
      return { value: value.id, label: value.name, ...(value.email && { description: shownAddress(value.email) }) };
    return none === undefined ? null : { value: '', label: none };
  };
  return (
    <Select
      {...(ariaLabel !== undefined && { ariaLabel })}
      selectedOption={chosen()}
      options={isCurrent || users.isFetchingNextPage ? [...nobody, ...found.map(toOption)] : []}
      onChange={({ detail }) => onChange(found.find(({ id }) => id === detail.selectedOption.value))}
      filteringType="manual"
      filteringPlaceholder={texts.findUser}
      filteringAriaLabel={texts.findUser}
      onLoadItems={({ detail }) => {
        if (detail.samePage) void users.refetch();
        else if (detail.firstPage) setTyped(detail.filteringText);
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

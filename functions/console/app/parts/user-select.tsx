import Select, { type SelectProps } from '@cloudscape-design/components/select';
import { useState } from 'react';
import { nameFinder } from '../../../../shared/names/search-fold.ts';
import { shownAddress } from '../../../../shared/shown-address.ts';
import type { ValueOf } from '../data/client.ts';
import { usePages } from '../data/use-pages.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { objectOf, optionalShape, textShape } from './draft-shape.ts';
import { partTexts as texts } from './texts.ts';
import { useDebounced } from './use-debounced.ts';

export type UserOption = ValueOf<'listUsers'>['items'][number];

export interface ChosenUser {
  id: string;
  name: string;
  email?: string;
}

/** Users under a common heading. */
export interface UserSection {
  label: string;
  users: { user: UserOption; tag?: string }[];
}

export const chosenUserShape = objectOf<ChosenUser>({
  id: textShape,
  name: textShape,
  email: optionalShape(textShape),
});

interface UserSelectProps {
  value: ChosenUser | undefined;
  /** Undefined: nobody, where `none` offers that. */
  onChange: (user: UserOption | undefined) => void;
  /** A first option that chooses nobody, in these words. */
  none?: string;
  /** The ids of those who are not offered. */
  except?: readonly string[];
  /** Groups of users that are offered first, with the heading of the others. */
  first?: { sections: UserSection[]; others: string };
  /** Something to know about somebody before they are chosen. */
  remark?: (user: UserOption) => string | undefined;
  placeholder?: string;
  /** Absent inside a `FormField`, which says it. */
  ariaLabel?: string;
}

/** An active user of the organization: the API searches as one types, and lists on as one scrolls. */
export const UserSelect = (props: UserSelectProps) => {
  const { value, onChange, none, except = [], first, remark, placeholder = texts.chooseUser, ariaLabel } = props;
  const { params } = useOrganization();
  // Nothing is read before it is opened.
  const [typed, setTyped] = useState<string>();
  const search = useDebounced(typed) || undefined;
  const users = usePages('listUsers', { params, query: { search } }, 25, { enabled: typed !== undefined });
  const isTyped = nameFinder(typed ?? '');
  const sections = (first?.sections ?? []).map(({ label, users: all }) => ({
    label,
    users: all.filter(({ user: { name, email } }) => isTyped(`${name} ${shownAddress(email)}`)),
  }));
  const offeredFirst = sections.flatMap((section) => section.users.map(({ user }) => user));
  const others = (users.data?.pages ?? [])
    .flatMap(({ items }) => items)
    .filter(({ id }) => !except.includes(id) && !offeredFirst.some((user) => user.id === id));
  const found = [...offeredFirst, ...others];
  const nobody: SelectProps.Option[] = none === undefined || typed ? [] : [{ value: '', label: none }];
  const isCurrent = (typed || undefined) === search && !users.busy;
  const toOption = (user: UserOption, tag?: string): SelectProps.Option => {
    const remarked = remark?.(user);
    return {
      value: user.id,
      label: user.name,
      description: shownAddress(user.email),
      ...(tag !== undefined && { labelTag: tag }),
      ...(remarked !== undefined && { tags: [remarked] }),
    };
  };
  const options = (): SelectProps.Options => {
    const rest = others.map((user) => toOption(user));
    const groups = sections
      .filter((section) => section.users.length > 0)
      .map(({ label, users: all }) => ({ label, options: all.map(({ user, tag }) => toOption(user, tag)) }));
    if (groups.length === 0) return rest;
    return [...groups, ...(first && rest.length > 0 ? [{ label: first.others, options: rest }] : [])];
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
      options={isCurrent || users.isFetchingNextPage ? [...nobody, ...options()] : []}
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

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
  /** `user` is undefined if the person chose the option `none`. */
  onChange: (user: UserOption | undefined) => void;
  /** The text of a first option that chooses nobody. */
  none?: string;
  /** The ids of users who are not offered. */
  except?: readonly string[];
  /** Groups of users that are offered first, and the heading of all other users. */
  first?: { sections: UserSection[]; others: string };
  /** A remark that the option of a user shows. */
  remark?: (user: UserOption) => string | undefined;
  placeholder?: string;
  /** Not needed inside a `FormField`, which provides it. */
  ariaLabel?: string;
}

/** Chooses an active user of the organization. The API searches while the person types, and scrolling reads further pages. */
export const UserSelect = (props: UserSelectProps) => {
  const { value, onChange, none, except = [], first, remark, placeholder = texts.chooseUser, ariaLabel } = props;
  const { params } = useOrganization();
  // Undefined until the list is opened, so that nothing is read before.
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

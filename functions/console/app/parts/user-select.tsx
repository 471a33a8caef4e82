import Select, { type SelectProps } from '@cloudscape-design/components/select';
import { useState } from 'react';
import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { partTexts as texts } from './texts.ts';
import { useSettled } from './use-settled.ts';

export interface ChosenUser {
  id: string;
  name: string;
}

interface UserSelectProps {
  value: ChosenUser | undefined;
  onChange: (user: ChosenUser | undefined) => void;
  /** A first option that chooses nobody, in these words. */
  none?: string;
  /** Absent inside a `FormField`, which says it. */
  ariaLabel?: string;
}

/** Users that it offers at once: who is not among them is found by name. */
const offered = 50;

/** An active user of the organization, found as the Users page finds them. */
export const UserSelect = ({ value, onChange, none, ...rest }: UserSelectProps) => {
  const { params } = useOrganization();
  // Nothing is read before it is opened.
  const [typed, setTyped] = useState<string>();
  const search = useSettled(typed) || undefined;
  const { data, error, refetch } = useRead(
    'listUsers',
    { params, query: { search, limit: offered } },
    { enabled: typed !== undefined },
  );
  const nobody: SelectProps.Option[] = none === undefined || typed ? [] : [{ value: '', label: none }];
  const users = (data?.items ?? []).map(({ id, name, email }) => ({ value: id, label: name, description: email }));
  const settled = (typed || undefined) === search && (data !== undefined || error !== null);

  return (
    <Select
      {...rest}
      selectedOption={value ? { value: value.id, label: value.name } : none === undefined ? null : { label: none }}
      options={settled ? [...nobody, ...users] : []}
      onChange={({ detail: { selectedOption: chosen } }) =>
        onChange(chosen.value ? { id: chosen.value, name: chosen.label ?? '' } : undefined)
      }
      filteringType="manual"
      filteringPlaceholder={texts.findUser}
      filteringAriaLabel={texts.findUser}
      placeholder={texts.chooseUser}
      empty={texts.noUser}
      onLoadItems={({ detail }) => (detail.samePage ? void refetch() : setTyped(detail.filteringText))}
      statusType={!settled ? 'loading' : error ? 'error' : 'finished'}
      loadingText={texts.reading}
      errorText={texts.usersFailed}
      recoveryText={texts.tryAgain}
      finishedText={data?.nextCursor === undefined ? undefined : texts.moreUsers}
    />
  );
};

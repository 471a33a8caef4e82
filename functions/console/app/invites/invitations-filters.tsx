import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Filters } from '../parts/filters.tsx';
import { UserFilter } from '../parts/user-filter.tsx';
import { useAddressesHidden } from '../rights/use-addresses-hidden.ts';
import type { InvitationFilters } from './invitations-query.ts';
import { invitationsTexts as texts } from './texts.ts';

interface InvitationsFiltersProps {
  filters: InvitationFilters;
  onChange: (chosen: InvitationFilters) => void;
}

export const InvitationsFilters = ({ filters, onChange }: InvitationsFiltersProps) => {
  const hidden = useAddressesHidden();
  const { search, status, delivery, inviterId, expiring } = filters;
  return (
    <Filters set={Object.values(filters).some(Boolean)}>
      <SpaceBetween size="xs">
        <div className="filters">
          {!hidden && (
            <FormField label={texts.searchLabel} stretch>
              <Input
                type="search"
                value={search ?? ''}
                placeholder={texts.search}
                onChange={({ detail }) => onChange({ search: detail.value })}
              />
            </FormField>
          )}
          <FormField label={texts.status} stretch>
            <ValueFilter
              value={status}
              values={texts.statusOf}
              any={texts.anyStatus}
              onChange={(chosen) => onChange({ status: chosen })}
            />
          </FormField>
          <FormField label={texts.delivery} stretch>
            <ValueFilter
              value={delivery}
              values={texts.deliveryOf}
              any={texts.anyDelivery}
              onChange={(chosen) => onChange({ delivery: chosen })}
            />
          </FormField>
          <FormField label={texts.columns.invitedBy} stretch>
            <UserFilter id={inviterId} none={texts.anyInviter} onChange={(id) => onChange({ inviterId: id })} />
          </FormField>
        </div>
        <Checkbox
          checked={expiring === 'true'}
          onChange={({ detail }) =>
            // Only a pending invitation can expire.
            onChange(detail.checked ? { expiring: 'true', status: 'pending' } : { expiring: undefined })
          }
        >
          {texts.expiring}
        </Checkbox>
      </SpaceBetween>
    </Filters>
  );
};

interface ValueFilterProps<V extends string> {
  value: V | undefined;
  /** The labels by value. */
  values: Record<V, string>;
  /** The label of the option that does not filter. */
  any: string;
  onChange: (value: V | undefined) => void;
}

const ValueFilter = <V extends string>({ value, values, any, onChange }: ValueFilterProps<V>) => {
  const anyOption = { value: '', label: any };
  const options = Object.entries<string>(values).map(([each, label]) => ({ value: each, label }));
  return (
    <Select
      selectedOption={options.find((option) => option.value === value) ?? anyOption}
      options={[anyOption, ...options]}
      onChange={({ detail }) => onChange((detail.selectedOption.value || undefined) as V | undefined)}
    />
  );
};

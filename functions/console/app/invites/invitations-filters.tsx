import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Grid from '@cloudscape-design/components/grid';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Filters } from '../parts/filters.tsx';
import { UserFilter } from '../parts/user-filter.tsx';
import type { InvitationFilters } from './invitations-query.ts';
import { invitationsTexts as texts } from './texts.ts';

const optionsOf = (any: string, named: Record<string, string>) => [
  { value: '', label: any },
  ...Object.entries(named).map(([value, label]) => ({ value, label })),
];

const statusOptions = optionsOf(texts.anyStatus, texts.statusOf);
const deliveryOptions = optionsOf(texts.anyDelivery, texts.deliveryOf);

interface InvitationsFiltersProps {
  filters: InvitationFilters;
  onChange: (chosen: InvitationFilters) => void;
}

export const InvitationsFilters = ({ filters, onChange }: InvitationsFiltersProps) => {
  const { search, status, delivery, inviterId, expiring } = filters;
  return (
    <Filters set={Object.values(filters).some(Boolean)}>
      <SpaceBetween size="xs">
        <Grid gridDefinition={[1, 2, 3, 4].map(() => ({ colspan: { default: 12, xs: 6, m: 3 } }))}>
          <FormField label={texts.searchLabel} stretch>
            <Input
              type="search"
              value={search ?? ''}
              placeholder={texts.search}
              onChange={({ detail }) => onChange({ search: detail.value })}
            />
          </FormField>
          <FormField label={texts.status} stretch>
            <Select
              selectedOption={statusOptions.find(({ value }) => value === status) ?? statusOptions[0] ?? null}
              options={statusOptions}
              onChange={({ detail }) =>
                onChange({ status: (detail.selectedOption.value || undefined) as InvitationFilters['status'] })
              }
            />
          </FormField>
          <FormField label={texts.delivery} stretch>
            <Select
              selectedOption={deliveryOptions.find(({ value }) => value === delivery) ?? deliveryOptions[0] ?? null}
              options={deliveryOptions}
              onChange={({ detail }) =>
                onChange({ delivery: (detail.selectedOption.value || undefined) as InvitationFilters['delivery'] })
              }
            />
          </FormField>
          <FormField label={texts.columns.invitedBy} stretch>
            <UserFilter id={inviterId} none={texts.anyInviter} onChange={(id) => onChange({ inviterId: id })} />
          </FormField>
        </Grid>
        <Checkbox
          checked={expiring === 'true'}
          onChange={({ detail }) =>
            // Only an invitation that nobody has answered can expire.
            onChange(detail.checked ? { expiring: 'true', status: 'pending' } : { expiring: undefined })
          }
        >
          {texts.expiring}
        </Checkbox>
      </SpaceBetween>
    </Filters>
  );
};

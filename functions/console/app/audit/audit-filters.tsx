import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Grid from '@cloudscape-design/components/grid';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { Filters } from '../parts/filters.tsx';
import { isUserId, UserFilter } from '../parts/user-filter.tsx';
import { actionNames } from './action-names.ts';
import { dayOf, type AuditFilters } from './audit-query.ts';
import { auditTexts as texts } from './texts.ts';

interface AuditFiltersProps {
  filters: AuditFilters;
  onChange: (chosen: AuditFilters) => void;
}

const anyAction = { value: '', label: texts.anyAction };
const actionOptions = [
  anyAction,
  ...Object.entries(actionNames)
    .map(([value, label]) => ({ value, label }))
    .toSorted((a, b) => a.label.localeCompare(b.label)),
];

/** The filters of the audit log: by actor, by the user or object affected, by action, and by day. */
export const AuditFiltersBar = ({ filters, onChange }: AuditFiltersProps) => {
  const { actorId, targetId, action, from, to } = filters;
  const targetUserId = isUserId(targetId) ? targetId : undefined;
  return (
    <Filters set={Object.values(filters).some(Boolean)}>
      <Grid gridDefinition={[1, 2, 3, 4, 5, 6].map(() => ({ colspan: { default: 12, xs: 6, m: 4 } }))}>
        <FormField label={texts.actor} stretch>
          <UserFilter id={actorId} none={texts.anybody} onChange={(id) => onChange({ actorId: id })} />
        </FormField>
        <FormField label={texts.target} stretch>
          <UserFilter id={targetUserId} none={texts.anyTarget} onChange={(id) => onChange({ targetId: id })} />
        </FormField>
        <FormField label={texts.targetId} stretch>
          <Input
            type="search"
            value={targetUserId === undefined ? (targetId ?? '') : ''}
            placeholder={texts.targetIdHint}
            onChange={({ detail }) => onChange({ targetId: detail.value.trim() })}
          />
        </FormField>
        <FormField label={texts.action} stretch>
          <Select
            selectedOption={actionOptions.find(({ value }) => value === action) ?? anyAction}
            options={actionOptions}
            filteringType="auto"
            filteringPlaceholder={texts.findAction}
            filteringAriaLabel={texts.findAction}
            empty={texts.noAction}
            onChange={({ detail }) => onChange({ action: detail.selectedOption.value || undefined })}
          />
        </FormField>
        <FilterDay
          label={texts.from}
          value={from}
          isEnabled={(day) => to === undefined || dayOf(day) <= to}
          onChange={(day) => onChange({ from: day })}
        />
        <FilterDay
          label={texts.to}
          value={to}
          isEnabled={(day) => from === undefined || dayOf(day) >= from}
          onChange={(day) => onChange({ to: day })}
        />
      </Grid>
    </Filters>
  );
};

interface FilterDayProps {
  label: string;
  /** A day, `2026-11-23`. */
  value: string | undefined;
  isEnabled: (day: Date) => boolean;
  onChange: (day: string | undefined) => void;
}

const FilterDay = ({ label, value, isEnabled, onChange }: FilterDayProps) => (
  <FormField label={label} stretch>
    <DatePicker
      format="iso"
      value={value ?? ''}
      placeholder={texts.dayFormat}
      openCalendarAriaLabel={(day) =>
        day ? `${label}: ${texts.openCalendar}, ${day}` : `${label}: ${texts.openCalendar}`
      }
      isDateEnabled={isEnabled}
      onChange={({ detail }) => onChange(detail.value || undefined)}
    />
  </FormField>
);

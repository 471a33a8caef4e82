import FormField from '@cloudscape-design/components/form-field';
import Grid from '@cloudscape-design/components/grid';
import Input from '@cloudscape-design/components/input';
import { UserSelect } from '../parts/user-select.tsx';
import { useUser } from '../parts/use-user.ts';
import { auditTexts as texts } from './texts.ts';

export interface AuditFilters {
  actorId?: string | undefined;
  targetId?: string | undefined;
}

interface AuditFiltersProps {
  filters: AuditFilters;
  onChange: (chosen: AuditFilters) => void;
}

const isUser = (id: string | undefined): boolean => id?.startsWith('usr_') === true;

/** By who did it, and by whom or what it was done to: a user, or anything by its id. */
export const AuditFiltersBar = ({ filters: { actorId, targetId }, onChange }: AuditFiltersProps) => {
  const targetUserId = isUser(targetId) ? targetId : undefined;
  return (
    <Grid gridDefinition={[1, 2, 3].map(() => ({ colspan: { default: 12, xs: 4 } }))}>
      <FormField label={texts.actor} stretch>
        <FilterUser id={actorId} none={texts.anybody} onChange={(id) => onChange({ actorId: id })} />
      </FormField>
      <FormField label={texts.target} stretch>
        <FilterUser id={targetUserId} none={texts.anyTarget} onChange={(id) => onChange({ targetId: id })} />
      </FormField>
      <FormField label={texts.targetId} stretch>
        <Input
          type="search"
          value={targetUserId === undefined ? (targetId ?? '') : ''}
          placeholder={texts.targetIdHint}
          onChange={({ detail }) => onChange({ targetId: detail.value.trim() })}
        />
      </FormField>
    </Grid>
  );
};

interface FilterUserProps {
  id: string | undefined;
  none: string;
  onChange: (id: string | undefined) => void;
}

const FilterUser = ({ id, none, onChange }: FilterUserProps) => {
  const user = useUser(isUser(id) ? id : undefined);
  return (
    <UserSelect
      value={id === undefined ? undefined : { id, name: user?.name ?? id }}
      none={none}
      onChange={(chosen) => onChange(chosen?.id)}
    />
  );
};

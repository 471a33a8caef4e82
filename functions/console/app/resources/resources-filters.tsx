import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Grid from '@cloudscape-design/components/grid';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { PoolSelect } from '../parts/pool-select.tsx';
import { partTexts } from '../parts/texts.ts';
import { UserSelect } from '../parts/user-select.tsx';
import { resourcesTexts as texts } from './texts.ts';

export interface ResourceFilters {
  poolId?: string | undefined;
  subPools?: 'true' | undefined;
  ownerId?: string | undefined;
}

interface ResourcesFiltersProps {
  filters: ResourceFilters;
  onChange: (chosen: ResourceFilters) => void;
}

export const ResourcesFilters = ({ filters: { poolId, subPools, ownerId }, onChange }: ResourcesFiltersProps) => {
  const { params } = useOrganization();
  const { data: owner } = useRead(
    'getUser',
    { params: { ...params, userId: ownerId ?? '' } },
    { enabled: ownerId !== undefined },
  );
  return (
    <Grid gridDefinition={[{ colspan: { default: 12, xs: 6 } }, { colspan: { default: 12, xs: 6 } }]}>
      <SpaceBetween size="xs">
        <FormField label={texts.pool} stretch>
          <PoolSelect
            value={poolId}
            none={texts.anyPool}
            onChange={(chosen) =>
              onChange(chosen === undefined ? { poolId: chosen, subPools: undefined } : { poolId: chosen })
            }
          />
        </FormField>
        {poolId !== undefined && (
          <Checkbox
            checked={subPools === 'true'}
            onChange={({ detail }) => onChange({ subPools: detail.checked ? 'true' : undefined })}
          >
            {texts.subPools}
          </Checkbox>
        )}
      </SpaceBetween>
      <FormField label={texts.owner} stretch>
        <UserSelect
          value={ownerId === undefined ? undefined : { id: ownerId, name: owner?.name ?? partTexts.reading }}
          none={texts.anyOwner}
          onChange={(chosen) => onChange({ ownerId: chosen?.id })}
        />
      </FormField>
    </Grid>
  );
};

import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { OwnedByPool } from './owned-by-pool.tsx';
import { removalTexts as texts } from './removal-texts.ts';
import type { UserAssets } from './user.ts';

/** Few enough to be seen at once. */
const fewPools = 5;

/** What somebody owns, by kind and by pool. */
export const OwnedAssets = ({ assets }: { assets: UserAssets }) => {
  const { exact, resources, pools, policies, dataSources, byPool } = assets;
  const nothing = [resources.count, pools.count, policies.owned, policies.naming, dataSources.count].every(
    (n) => n === 0,
  );
  if (nothing && exact) return <Box color="text-body-secondary">{texts.ownsNothing}</Box>;
  const count = (number: number, more?: ReactNode) => (
    <>
      {texts.count(number, exact)}
      {more !== undefined && (
        <Box variant="small" display="block">
          {more}
        </Box>
      )}
    </>
  );
  return (
    <SpaceBetween size="s">
      <KeyValuePairs
        columns={4}
        items={[
          {
            label: texts.resources,
            value: count(resources.count, texts.aMonth(texts.cost(resources.monthlyCost, exact))),
          },
          { label: texts.pools, value: count(pools.count, pools.count > 0 ? texts.asDefaultOwner : undefined) },
          {
            label: texts.policies,
            value: count(policies.owned, policies.naming > 0 ? texts.naming(policies.naming) : undefined),
          },
          { label: texts.dataSources, value: count(dataSources.count) },
        ]}
      />
      {!exact && <Box color="text-body-secondary">{texts.notExact}</Box>}
      {byPool.length > 0 && (
        <ExpandableSection headerText={texts.byPool} defaultExpanded={byPool.length <= fewPools}>
          <OwnedByPool byPool={byPool} exact={exact} />
        </ExpandableSection>
      )}
    </SpaceBetween>
  );
};

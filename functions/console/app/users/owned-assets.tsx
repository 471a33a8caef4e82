import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { assetKindNames, type AssetKind } from '../../../../shared/asset-kinds.ts';
import { formatMoney } from '../parts/format.ts';
import { OwnedByPool } from './owned-by-pool.tsx';
import { removalTexts as texts } from './removal-texts.ts';
import { ownedCount } from './owned-count.ts';
import type { OwnedTotals } from './user.ts';

/** The list of pools is initially expanded if it has at most this many rows, which a person can take in at a glance. */
const fewPools = 5;

/** The assets that one or more users own, by kind and by pool. */
export const OwnedAssets = ({ assets }: { assets: OwnedTotals }) => {
  const { exact, policies, byPool, currency } = assets;
  const nothing = policies.naming === 0 && assetKindNames.every((kind) => ownedCount(assets, kind) === 0);
  if (nothing && exact) return <Box color="text-body-secondary">{texts.ownsNothing}</Box>;
  return (
    <SpaceBetween size="s">
      <KeyValuePairs
        columns={4}
        items={assetKindNames.map((kind) => ({
          label: texts.kind(kind),
          value: <Count kind={kind} assets={assets} />,
        }))}
      />
      {!exact && <Box color="text-body-secondary">{texts.notExact}</Box>}
      {byPool.length > 0 && (
        <ExpandableSection headerText={texts.byPool} defaultExpanded={byPool.length <= fewPools}>
          <OwnedByPool byPool={byPool} exact={exact} currency={currency} />
        </ExpandableSection>
      )}
    </SpaceBetween>
  );
};

/** The number of assets of a kind, with a remark for some kinds. */
const Count = ({ kind, assets }: { kind: AssetKind; assets: OwnedTotals }) => {
  const more = remarks[kind]?.(assets);
  return (
    <>
      {texts.count(ownedCount(assets, kind), assets.exact)}
      {more !== undefined && (
        <Box variant="small" display="block">
          {more}
        </Box>
      )}
    </>
  );
};

const remarks: Partial<Record<AssetKind, (assets: OwnedTotals) => string | undefined>> = {
  resource: ({ resources, currency, exact }) =>
    texts.aMonth(texts.cost(formatMoney(resources.monthlyCost, currency), exact)),
  pool: ({ pools }) => (pools.count > 0 ? texts.asDefaultOwner : undefined),
  policy: ({ policies }) => (policies.naming > 0 ? texts.naming(policies.naming) : undefined),
};

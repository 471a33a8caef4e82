import Box from '@cloudscape-design/components/box';
import Select, { type SelectProps } from '@cloudscape-design/components/select';
import { useMemo, useState, type ReactNode } from 'react';
import { nameFinder } from '../../../../shared/names/search-fold.ts';
import type { PoolTree } from '../../../../shared/roles/pool-tree.ts';
import { usePools, type Pool } from '../organization/use-pools.ts';
import { partTexts as texts } from './texts.ts';

interface PoolSelectProps {
  /** The chosen pool's id. */
  value: string | undefined;
  onChange: (poolId: string | undefined) => void;
  /** The text of a first option that chooses no pool. */
  none?: string;
  /** The reason why a pool cannot be chosen. Undefined if it can. */
  disabledBecause?: (pool: Pool) => string | undefined;
  ariaLabel?: string;
  /** Not needed inside a `FormField`, which provides it. */
  invalid?: boolean;
}

/** Chooses a pool from an indented tree. The search also matches the names of the pools above. */
export const PoolSelect = ({ value, onChange, none, disabledBecause, ...rest }: PoolSelectProps) => {
  const { tree, root, isSuccess } = usePools();
  const [typed, setTyped] = useState('');
  const options = useMemo(() => {
    const isFound = nameFinder(typed);
    const pools = inTreeOrder(tree, root).map((pool): SelectProps.Option => {
      const reason = disabledBecause?.(pool);
      return {
        value: pool.id,
        label: pool.name,
        // The component compares plain text. A pool that matches only after folding, for example because of an accent, gets the typed
        // text as a tag, so that the component finds it too.
        filteringTags: isFound(pool.path) ? [pool.path, typed] : [pool.path],
        ...(reason !== undefined && { disabled: true, disabledReason: reason }),
      };
    });
    return none === undefined ? pools : [{ value: '', label: none }, ...pools];
  }, [tree, root, none, disabledBecause, typed]);
  const nothing = none === undefined ? null : { value: '', label: none };
  const chosen = value === undefined ? undefined : tree.get(value);

  return (
    <Select
      {...rest}
      selectedOption={chosen ? { value: chosen.id, label: chosen.name } : nothing}
      options={options}
      onChange={({ detail }) => onChange(detail.selectedOption.value || undefined)}
      filteringType="auto"
      onLoadItems={({ detail }) => setTyped(detail.filteringText)}
      filteringPlaceholder={texts.findPool}
      filteringAriaLabel={texts.findPool}
      placeholder={texts.choosePool}
      empty={texts.noPool}
      statusType={isSuccess ? 'finished' : 'loading'}
      virtualScroll={options.length > 100}
      renderOption={({ item, filterText }) => {
        if (item.type !== 'item' || !item.option.value) return null;
        const path = tree.path(item.option.value);
        const reason = item.option.disabledReason;
        if (filterText) return <Found pool={path.at(-1)} reason={reason} />;
        return (
          <OptionBox reason={reason}>
            <div style={{ paddingInlineStart: `${(path.length - 1) * 1.25}em` }}>{item.option.label}</div>
          </OptionBox>
        );
      }}
    />
  );
};

/** A search result. It is displayed outside of the tree, so its path distinguishes it from other pools of the same name. */
const Found = ({ pool, reason }: { pool: Pool | undefined; reason: string | undefined }) => (
  <OptionBox reason={reason}>
    {pool?.name}
    <Box variant="small" display="block" color="inherit">
      {pool?.path}
    </Box>
  </OptionBox>
);

/** An option. If it cannot be chosen, it is greyed out and displays the reason, because a tooltip would require a mouse. */
const OptionBox = ({ reason, children }: { reason: string | undefined; children: ReactNode }) => (
  <Box padding={{ horizontal: 's', vertical: 'xxs' }} color={reason === undefined ? 'inherit' : 'text-status-inactive'}>
    {children}
    {reason !== undefined && (
      <Box variant="small" display="block" color="inherit">
        {reason}
      </Box>
    )}
  </Box>
);

/** The pools in depth-first order, with siblings sorted by name. */
const inTreeOrder = (tree: PoolTree<Pool>, top: Pool | undefined): Pool[] =>
  top
    ? [
        top,
        ...tree
          .children(top.id)
          .toSorted((a, b) => a.name.localeCompare(b.name))
          .flatMap((child) => inTreeOrder(tree, child)),
      ]
    : [];

import ExpandableSection from '@cloudscape-design/components/expandable-section';
import type { ReactNode } from 'react';
import { partTexts as texts } from './texts.ts';
import { useNarrow } from './use-narrow.ts';

interface FiltersProps {
  /** Whether a filter is set, so that the filters are expanded initially. */
  set: boolean;
  children: ReactNode;
}

/** The filters of a list. On a narrow screen they are collapsed, because they would push the list out of view. */
export const Filters = ({ set, children }: FiltersProps) => {
  const { place, narrow } = useNarrow();
  return (
    <div ref={place}>
      {narrow ? (
        <ExpandableSection variant="inline" headerText={texts.filters} defaultExpanded={set}>
          {children}
        </ExpandableSection>
      ) : (
        children
      )}
    </div>
  );
};

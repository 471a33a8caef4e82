import ExpandableSection from '@cloudscape-design/components/expandable-section';
import type { ReactNode } from 'react';
import { partTexts as texts } from './texts.ts';
import { useNarrow } from './use-narrow.ts';

interface FiltersProps {
  /** Whether one of them is set, so that they are shown at first. */
  set: boolean;
  children: ReactNode;
}

/** The filters of a list. On a narrow screen they are behind a button, because the list would be out of view below them. */
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

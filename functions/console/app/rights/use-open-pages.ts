import { pages, type ConsolePage } from '../pages.ts';
import { useRights } from './use-rights.ts';

/** The pages of a section that the person may open. Until their rights are known, only the pages that everybody may open. */
export const useOpenPages = (section: ConsolePage['section']): ConsolePage[] => {
  const { whyNotAnywhere } = useRights();
  return pages.filter(
    (page) => page.section === section && (page.action === undefined || whyNotAnywhere(page.action) === undefined),
  );
};

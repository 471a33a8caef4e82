import { removalTexts as texts } from './removal-texts.ts';

/** A sentence that names the service accounts set up by users who are deleted or demoted. No sentence if there are none. */
export const boundTexts = (outcomes: readonly { serviceAccounts?: { name: string }[] | undefined }[]): string[] => {
  const names = outcomes.flatMap(({ serviceAccounts = [] }) => serviceAccounts.map(({ name }) => name));
  return names.length === 0 ? [] : [texts.stillBoundMany(names)];
};

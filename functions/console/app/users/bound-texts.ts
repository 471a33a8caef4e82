import { removalTexts as texts } from './removal-texts.ts';

/** A sentence about the service accounts that users set up who are deleted or demoted. Empty if they set up none. */
export const boundTexts = (outcomes: readonly { serviceAccounts?: { name: string }[] | undefined }[]): string[] => {
  const names = outcomes.flatMap(({ serviceAccounts = [] }) => serviceAccounts.map(({ name }) => name));
  return names.length === 0 ? [] : [texts.stillBoundMany(names)];
};

/** The breaking changes that the changelog announces for a version: the rest of each line that begins with `- Breaking:`. */
export const announcedIn = (changelog: string, version: string): string[] | undefined => {
  const section = changelog.split(/^## /m).find((each) => each.startsWith(`${version}\n`));
  return section === undefined
    ? undefined
    : [...section.matchAll(/^- Breaking: (.+)$/gm)].map(([, change = '']) => change);
};

/** The section of a version in the changelog, without its heading. */
export const sectionOf = (changelog: string, version: string): string | undefined =>
  changelog
    .split(/^## /m)
    .find((each) => each.startsWith(`${version}\n`))
    ?.slice(version.length)
    .trim();

/** The breaking changes that the changelog announces for a version: the rest of each line that begins with `- Breaking:`. */
export const announcedIn = (changelog: string, version: string): string[] | undefined => {
  const section = sectionOf(changelog, version);
  return section === undefined
    ? undefined
    : [...section.matchAll(/^- Breaking: (.+)$/gm)].map(([, change = '']) => change);
};

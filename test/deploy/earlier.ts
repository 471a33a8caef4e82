import { access, mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { root } from './places.ts';
import { run } from './program.ts';
import { wrong } from './steps.ts';

/** A commit that the upgrade begins at: what it is, and a checkout of it. */
export interface Earlier {
  name: string;
  directory: string;
}

/** The commit that `from` names, else the one that this branch began at, else the one before. A text: why there is none. */
export const checkOutEarlier = async (parent: string, from?: string): Promise<Earlier | string> => {
  const commit = from === undefined ? await findEarlier() : await commitOf(from);
  if (commit === undefined) return from === undefined ? 'this checkout has no history' : wrong(`There is no ${from}.`);
  const name = (await git('log', '-1', '--format=%h “%s”', commit)) ?? commit;
  const directory = path.join(parent, 'earlier');
  const archive = path.join(parent, 'earlier.tar');
  await mkdir(directory);
  await run({ command: 'git', arguments: ['archive', '--output', archive, commit], directory: root });
  await run({ command: 'tar', arguments: ['-xf', archive, '-C', directory] });
  // The packages of today: what an older version took of others is not to be had without a network.
  await symlink(path.join(root, 'node_modules'), path.join(directory, 'node_modules'));
  const known = await access(path.join(directory, 'infra/constructs/not-emulated.ts')).then(
    () => true,
    () => false,
  );
  return known ? { name, directory } : `${name} cannot be deployed to the emulator`;
};

const findEarlier = async (): Promise<string | undefined> => {
  const head = await commitOf('HEAD');
  for (const branch of ['origin/main', 'main']) {
    const base = await git('merge-base', 'HEAD', branch);
    if (base !== undefined && base !== head) return base;
  }
  return commitOf('HEAD~1');
};

const commitOf = (name: string): Promise<string | undefined> =>
  git('rev-parse', '--verify', '--quiet', `${name}^{commit}`);

/** What it prints; `undefined` when it cannot: there is no Git, no history, no such commit. */
const git = (...words: string[]): Promise<string | undefined> =>
  run({ command: 'git', arguments: words, directory: root }).then(
    ({ output }) => output.trim(),
    () => undefined,
  );

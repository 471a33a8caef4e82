import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');

/** Bundles `source` with other numbers in shared/limits.ts, and returns its exports. Modules that are already loaded do not change. */
export const withLimits = async <T>(numbers: Readonly<Record<string, number>>, source: string): Promise<T> => {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: { contents: source, resolveDir: root, loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    jsx: 'automatic',
    write: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'limits',
        setup(context) {
          context.onLoad({ filter: /[\\/]shared[\\/]limits\.ts$/ }, async ({ path: file }) => ({
            contents: changed(await readFile(file, 'utf8'), numbers),
            loader: 'ts',
          }));
        },
      },
    ],
  });
  const [bundle] = outputFiles;
  if (!bundle) throw new Error('esbuild made no bundle');
  return (await import(
    /* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(bundle.contents).toString('base64')}`
  )) as T;
};

const changed = (text: string, numbers: Readonly<Record<string, number>>): string => {
  let result = text;
  for (const [name, value] of Object.entries(numbers)) {
    const before = result;
    result = result.replace(new RegExp(`(export const ${name} =)[^;]+;`), `$1 ${value};`);
    if (result === before) throw new Error(`shared/limits.ts has no number ${name}, or it is ${value} already`);
  }
  return result;
};

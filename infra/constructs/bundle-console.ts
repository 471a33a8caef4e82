import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build, type Metafile, type OutputFile, type Plugin } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');
const entry = 'functions/console/app/main.tsx';

/** What our pages run on. */
export const browsers = ['chrome123', 'firefox120', 'safari17.5'];

/** What the console's page loads first: written as `files.json` for functions/console/page.ts. */
interface ConsoleFiles {
  script: string;
  style: string;
  /** What the script imports at once. */
  imports: string[];
}

/** Bundles the console's browser code into `<directory>/assets`: a script for each page, hashed names, compressed. */
export const bundleConsole = async (directory: string): Promise<void> => {
  const { outputFiles: scripts, metafile } = await build({
    ...options,
    entryPoints: [entry],
    jsx: 'automatic',
    splitting: true,
    chunkNames: '[name]-[hash]',
    define: { 'process.env.NODE_ENV': '"production"' },
    metafile: true,
    plugins: [withoutStyles, withoutTranslations],
  });
  const styles = await build({
    ...options,
    entryNames: 'styles-[hash]',
    stdin: { contents: styleSheet(metafile), resolveDir: root, loader: 'css' },
  });

  const assets = path.join(directory, 'assets');
  await rm(assets, { recursive: true, force: true });
  await mkdir(assets, { recursive: true });
  await Promise.all([...scripts, ...styles.outputFiles].map((file) => writeCompressed(assets, file)));
  const [script = ''] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === entry) ?? [];
  const files: ConsoleFiles = {
    script: path.basename(script),
    style: path.basename(styles.outputFiles[0]?.path ?? ''),
    imports: importedAtOnce(metafile, script).map((file) => path.basename(file)),
  };
  await writeFile(path.join(directory, 'files.json'), JSON.stringify(files));
};

const options = {
  absWorkingDir: root,
  outdir: 'assets',
  entryNames: '[name]-[hash]',
  bundle: true,
  minify: true,
  legalComments: 'none',
  platform: 'browser',
  format: 'esm',
  target: browsers,
  charset: 'utf8',
  write: false,
  logLevel: 'error',
} as const;

/** esbuild would give each page a sheet of its own, load none of those, and repeat in each what pages share: there is one for all. */
const withoutStyles: Plugin = {
  name: 'without-styles',
  setup(context) {
    context.onLoad({ filter: /\.css$/ }, () => ({ contents: '', loader: 'js' }));
  },
};

/** Cloudscape would bring its words in every language, each a file. */
const withoutTranslations: Plugin = {
  name: 'without-translations',
  setup(context) {
    context.onLoad({ filter: /components\/i18n\/dynamic\.js$/ }, () => ({
      contents: 'export const importMessages = async () => [];',
      loader: 'js',
    }));
  },
};

/** All styles that the scripts import, in the order in which they would run. */
const styleSheet = ({ inputs }: Metafile): string => {
  const seen = new Set<string>();
  const visit = (file: string): string[] => {
    if (seen.has(file)) return [];
    seen.add(file);
    const before = (inputs[file]?.imports ?? []).flatMap(({ path: imported }) => visit(imported));
    return file.endsWith('.css') ? [...before, `@import ${JSON.stringify(`./${file}`)};`] : before;
  };
  return visit(entry).join('\n');
};

const importedAtOnce = ({ outputs }: Metafile, script: string): string[] => {
  const found = new Set([script]);
  for (const file of found)
    for (const { path: imported, kind } of outputs[file]?.imports ?? [])
      if (kind === 'import-statement') found.add(imported);
  found.delete(script);
  return [...found];
};

/** 6 % larger than the most that brotli can do, in a tenth of the time: every test run and every start builds it. */
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

const writeCompressed = async (directory: string, { path: file, contents }: OutputFile): Promise<void> => {
  const target = path.join(directory, path.basename(file));
  await Promise.all([
    writeFile(`${target}.br`, await promisify(brotliCompress)(contents, brotli)),
    writeFile(`${target}.gz`, await promisify(gzip)(contents, { level: 9 })),
  ]);
};

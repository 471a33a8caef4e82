import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build, type Plugin } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');

/** The oldest browsers that our pages support. */
export const browsers = ['chrome123', 'firefox120', 'safari17.5'];

/** The names of the files that our pages load, written as `files.json` for functions/console/files.ts. */
interface PageFiles {
  script: string;
  style: string;
  docs: { script: string; style: string; reference: string };
}

/**
 * Bundles the browser code of the console and of the API reference into `<directory>/assets`: one script and one style sheet each,
 * and the renderer of the reference, with hashed names, compressed.
 *
 * A new AWS account runs 10 functions at a time, and each file that CloudFront has not cached is a run of the console's function.
 * esbuild would split the script into 77 files, of which the first page needs 34. In one file they are compressed together and
 * are 9 % more than those 34; afterwards no page has to load anything. The modules of a page still run when it is first opened.
 */
export const bundleConsole = async (directory: string): Promise<void> => {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [
      { in: 'functions/console/app/main.tsx', out: 'main' },
      { in: 'functions/console/app/docs/main.ts', out: 'docs' },
    ],
    outdir: 'assets',
    entryNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    legalComments: 'none',
    platform: 'browser',
    format: 'esm',
    target: browsers,
    charset: 'utf8',
    loader: { '.py': 'text' },
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [withoutTranslations],
    write: false,
    logLevel: 'error',
  });

  const assets = path.join(directory, 'assets');
  await rm(assets, { recursive: true, force: true });
  await mkdir(assets, { recursive: true });
  const renderer = await readFile(rendererFile);
  const reference = `reference-${createHash('sha256').update(renderer).digest('hex').slice(0, 8)}.js`;
  await Promise.all([
    ...outputFiles.map(({ path: file, contents }) => writeCompressed(path.join(assets, path.basename(file)), contents)),
    // Takes an eighth of the time that the quality of the other files takes, with a result that is 3 % larger.
    writeCompressed(path.join(assets, reference), renderer, 6),
  ]);
  const nameOf = (entry: string, extension: string): string =>
    outputFiles
      .map(({ path: file }) => path.basename(file))
      .find((name) => name.startsWith(`${entry}-`) && name.endsWith(extension)) ?? '';
  const files: PageFiles = {
    script: nameOf('main', '.js'),
    style: nameOf('main', '.css'),
    docs: { script: nameOf('docs', '.js'), style: nameOf('docs', '.css'), reference },
  };
  await writeFile(path.join(directory, 'files.json'), JSON.stringify(files));
};

/** The renderer of the API reference, which its authors publish as one script. Only the page of the reference loads it. */
const rendererFile = path.join(root, 'node_modules/@scalar/api-reference/dist/browser/standalone.js');

/** Excludes the translations of Cloudscape, which would add one file per language. */
const withoutTranslations: Plugin = {
  name: 'without-translations',
  setup(context) {
    context.onLoad({ filter: /components\/i18n\/dynamic\.js$/ }, () => ({
      contents: 'export const importMessages = async () => [];',
      loader: 'js',
    }));
  },
};

/**
 * Compresses with brotli and gzip. The default quality takes a tenth of the time of the highest one, with a result that is 6 %
 * larger. The time matters because every test run and every local start compresses these files.
 */
const writeCompressed = async (target: string, contents: Uint8Array, quality = 9): Promise<void> => {
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: 24 } };
  await Promise.all([
    writeFile(`${target}.br`, await promisify(brotliCompress)(contents, brotli)),
    writeFile(`${target}.gz`, await promisify(gzip)(contents, { level: 9 })),
  ]);
};

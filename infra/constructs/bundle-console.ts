import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build, type OutputFile, type Plugin } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');

/** What our pages run on. */
export const browsers = ['chrome123', 'firefox120', 'safari17.5'];

/** The names of the files that the console's page loads, written as `files.json` for functions/console/page.ts. */
interface ConsoleFiles {
  script: string;
  style: string;
}

/**
 * Bundles the console's browser code into `<directory>/assets`: one script and one style sheet, with hashed names, compressed.
 *
 * A new AWS account runs 10 functions at a time, and each file that CloudFront has not cached is a run of the console's function.
 * esbuild would split the script into 77 files, of which the first page needs 34. In one file they are compressed together and
 * are 9 % more than those 34; afterwards no page has to load anything. The modules of a page still run when it is first opened.
 */
export const bundleConsole = async (directory: string): Promise<void> => {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['functions/console/app/main.tsx'],
    outdir: 'assets',
    entryNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    legalComments: 'none',
    platform: 'browser',
    format: 'esm',
    target: browsers,
    charset: 'utf8',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [withoutTranslations],
    write: false,
    logLevel: 'error',
  });

  const assets = path.join(directory, 'assets');
  await rm(assets, { recursive: true, force: true });
  await mkdir(assets, { recursive: true });
  await Promise.all(outputFiles.map((file) => writeCompressed(assets, file)));
  const nameOf = (extension: string): string =>
    path.basename(outputFiles.find(({ path: file }) => file.endsWith(extension))?.path ?? '');
  const files: ConsoleFiles = { script: nameOf('.js'), style: nameOf('.css') };
  await writeFile(path.join(directory, 'files.json'), JSON.stringify(files));
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

/** 6 % larger than the most that brotli can do, in a tenth of the time: every test run and every start builds it. */
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

const writeCompressed = async (directory: string, { path: file, contents }: OutputFile): Promise<void> => {
  const target = path.join(directory, path.basename(file));
  await Promise.all([
    writeFile(`${target}.br`, await promisify(brotliCompress)(contents, brotli)),
    writeFile(`${target}.gz`, await promisify(gzip)(contents, { level: 9 })),
  ]);
};

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { routeGroups } from '../../shared/api/routes.ts';
import { browsers, bundleConsole } from './bundle-console.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Lambda functions that are not invoked through the API, by name. */
const eventEntries = {
  work: 'functions/events/work.ts',
  recordDelivery: 'functions/events/record-delivery.ts',
  operate: 'functions/events/operate.ts',
  canary: 'functions/events/canary.ts',
};

export type FunctionName = keyof typeof routeGroups | keyof typeof eventEntries;

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const httpEntries = Object.fromEntries(
  Object.keys(routeGroups).map((name) => [name, `functions/http/${kebab(name)}.ts`]),
) as Record<keyof typeof routeGroups, string>;

/** The entry file of every Lambda function, by the name of the function. */
export const functionEntries: Record<FunctionName, string> = {
  ...httpEntries,
  accept: 'functions/accept/accept.ts',
  console: 'functions/console/console.ts',
  ...eventEntries,
};

/** Bundles every function into `<directory>/<name>/index.mjs`, and the files that the console serves next to its bundle. */
export const bundleFunctions = async (directory: string): Promise<void> => {
  await build({
    absWorkingDir: root,
    entryPoints: Object.entries(functionEntries).map(([name, entry]) => ({ in: entry, out: `${name}/index` })),
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    alias: { '@aws-sdk/credential-provider-node': path.join(root, 'functions/adapters/environment-credentials.ts') },
    // Some packages contain CommonJS code that calls require() for built-in modules of Node.
    banner: { js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);" },
    plugins: [inline, sdkVersion],
    logLevel: 'error',
  });
  await bundleConsole(path.join(directory, 'console'));
};

/** `import text from './file?inline'`: scripts are bundled for browsers, styles are minified, and other files stay unchanged. */
const inline: Plugin = {
  name: 'inline',
  setup(context) {
    context.onResolve({ filter: /\?inline$/ }, ({ path: file, resolveDir }) => ({
      path: path.join(resolveDir, file.slice(0, -'?inline'.length)),
      namespace: 'inline',
    }));
    context.onLoad({ filter: /.*/, namespace: 'inline' }, async ({ path: file }) => ({
      contents: await inlineText(file),
      loader: 'text',
      watchFiles: [file],
    }));
  },
};

/** Reduces the `package.json` of each SDK client to the version, the only field that the client reads. Saves 2 KB per client. */
const sdkVersion: Plugin = {
  name: 'sdk-version',
  setup(context) {
    context.onLoad({ filter: /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, async ({ path: file }) => {
      const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

const inlineText = async (file: string): Promise<string> => {
  if (!/\.(ts|css)$/.test(file)) return readFile(file, 'utf8');
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: browsers,
    charset: 'ascii',
    write: false,
  });
  return outputFiles[0]?.text.trim() ?? '';
};

import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { openApiDocument } from '../../shared/api/openapi.ts';
import { clientSource, type OpenApiDocument } from './client-source.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** The root directory of the file system, because the sources of the package may be outside the project. */
const top = path.parse(root).root;
const runtime = path.join(import.meta.dirname, 'typescript/runtime.ts');

/** Builds the npm package of the typed client: one module without dependencies, and its types. Returns the file of the package. */
export const buildTypeScript = async (folder: string): Promise<string> => {
  const [sources, contents] = [path.join(folder, 'sources'), path.join(folder, 'package')];
  for (const each of [sources, contents]) mkdirSync(each, { recursive: true });
  writeFileSync(path.join(sources, 'package.json'), JSON.stringify({ type: 'module' }));
  const document = openApiDocument() as unknown as OpenApiDocument;
  const source = path.join(sources, 'index.ts');
  writeFileSync(source, await clientSource(document, path.relative(sources, runtime)));
  buildSync({
    entryPoints: [source],
    outfile: path.join(contents, 'index.js'),
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
  });
  writeFileSync(path.join(contents, 'index.d.ts'), declarationsOf(source, sources));
  writeFileSync(
    path.join(contents, 'package.json'),
    `${JSON.stringify(manifest(document.info.version), undefined, 2)}\n`,
  );
  copyFileSync(path.join(import.meta.dirname, 'typescript/README.md'), path.join(contents, 'README.md'));
  const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: contents,
    encoding: 'utf8',
  });
  return path.join(folder, packed.trim());
};

const manifest = (version: string) => ({
  name: 'roster-client',
  version,
  description: 'The typed client of the Roster API.',
  license: 'Apache-2.0',
  type: 'module',
  exports: { '.': { types: './index.d.ts', default: './index.js' } },
  files: ['index.js', 'index.d.ts'],
  engines: { node: '>=20' },
});

/** Merges the type declarations of the runtime and of the operations into one file. */
const declarationsOf = (source: string, sources: string): string => {
  const config = path.join(sources, 'tsconfig.json');
  const settings = {
    extends: path.join(root, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      stripInternal: true,
      rootDir: top,
      outDir: sources,
      types: [],
    },
    files: [source],
    include: [],
  };
  writeFileSync(config, JSON.stringify(settings));
  execFileSync(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', config], {
    stdio: 'inherit',
  });
  return [runtime, source]
    .map((file) => readFileSync(path.join(sources, path.relative(top, file).replace(/\.ts$/, '.d.ts')), 'utf8'))
    .map((text) => text.replace(/^(?:import|export(?: type)? \{) .*;\n/gm, ''))
    .join('\n');
};

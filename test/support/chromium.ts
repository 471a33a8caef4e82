import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { inflate } from '@sparticuz/chromium';
import type { LaunchOptions } from 'playwright-core';

const installed = '/usr/bin/chromium';

// Nobody watches these pages, so the processor need not spend time on emulating a graphics card.
const args = ['--no-sandbox', '--no-zygote', '--font-render-hinting=none', '--disable-gpu', '--num-raster-threads=1'];

/** Tests use the Chromium and the font of the npm package, whose version is pinned and which runs on Linux x64 only. */
export const isPinned = process.platform === 'linux' && process.arch === 'x64';

/** A real browser: the Chromium of the npm package, or else the installed one, or else Chrome. */
export const findChromium = async (): Promise<LaunchOptions> => {
  if (!isPinned) return existsSync(installed) ? { executablePath: installed, args } : { channel: 'chrome' };
  if (!existsSync(unpacked)) await unpack();
  return {
    executablePath: path.join(unpacked, 'chromium'),
    args,
    env: {
      ...process.env,
      // A minimal machine lacks the libraries and the font that Chromium needs.
      LD_LIBRARY_PATH: path.join(unpacked, 'al2023/lib'),
      FONTCONFIG_PATH: path.join(unpacked, 'fonts'),
    },
  };
};

const packageDirectory = path.resolve(createRequire(import.meta.url).resolve('@sparticuz/chromium'), '../..');

/** Unpacking takes seconds, so the result is kept inside the npm package for as long as that is installed. */
const unpacked = path.join(packageDirectory, 'unpacked');

const unpack = async (): Promise<void> => {
  const directory = mkdtempSync(`${unpacked}-`);
  // The package always unpacks into the directory for temporary files.
  const temporary = process.env.TMPDIR;
  process.env.TMPDIR = directory;
  const archives = ['chromium.br', 'fonts.tar.br', 'al2023.tar.br'];
  try {
    await Promise.all(archives.map((archive) => inflate(path.join(packageDirectory, 'bin', archive))));
    // The package's own fonts.conf looks for the font in /tmp only.
    const fonts = `<dir>${path.join(unpacked, 'fonts')}</dir><cachedir>${path.join(unpacked, 'font-cache')}</cachedir>`;
    writeFileSync(path.join(directory, 'fonts/fonts.conf'), `<fontconfig>${fonts}</fontconfig>`);
    renameSync(directory, unpacked);
  } catch (error) {
    rmSync(directory, { recursive: true });
    // The rename fails if another process has unpacked Chromium in the meantime. That result is equivalent.
    if (!existsSync(unpacked)) throw error;
  } finally {
    if (temporary === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = temporary;
  }
};

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { useBrowser } from '../../support/browser.ts';
import { isPinned } from '../../support/chromium.ts';
import { compare } from '../../support/pictures/compare.ts';
import { compress } from '../../support/pictures/compress.ts';
import { fixTexts, fixTime } from '../../support/pictures/fixed-time.ts';
import {
  consolePictures,
  fileOf,
  invitationPictures,
  picturesFolder,
  themes,
} from '../../support/pictures/readme-pictures.ts';
import { newScene, type Scene } from '../../support/screens/scene.ts';
import { screens } from '../../support/screens/screens.ts';
import { ordinary } from '../../support/screens/words.ts';
import { useStack } from '../../support/stack.ts';

/**
 * The README shows the screens as they are. `npm run pictures` takes the pictures again, says which changed by how much, and
 * leaves the old and the new one side by side in `.local/pictures`. Only the pinned browser draws the same everywhere.
 */
const stack = useStack();
const browser = useBrowser();
const renews = process.env.PICTURES === 'renew';
const changesFolder = '.local/pictures';

/** So few pixels may differ visibly. A changed word has more. */
const differentPixelsMax = 60;

const pictures = [...invitationPictures, ...consolePictures];
let scene: Scene;

beforeAll(async () => {
  rmSync(changesFolder, { recursive: true, force: true });
  scene = await newScene(stack, ordinary);
});

test.runIf(isPinned).each(pictures)('$title', async ({ name, screen }) => {
  const { open, isEmail } = screens.find((each) => each.name === screen) ?? expect.unreachable(screen);
  const viewport = isEmail ? { width: 640, height: 720 } : { width: 1280, height: 800 };
  const prepare = (page: Page) => fixTime(page, scene.startedAt);
  const page = await open({ stack, browser, scene }, { viewport, reused: false, reducedMotion: 'reduce', prepare });
  await fixTexts(page);
  const blank = await browser.newPage();
  const changed: string[] = [];
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const taken = `data:image/png;base64,${await settled(page)}`;
    const file = fileOf(name, colorScheme);
    const place = path.join(picturesFolder, file);
    if (existsSync(place)) {
      const stored = `data:image/png;base64,${readFileSync(place, 'base64')}`;
      const { different, all, sideBySide } = await compare(blank, stored, taken);
      if (different <= differentPixelsMax) continue;
      mkdirSync(changesFolder, { recursive: true });
      writeFileSync(path.join(changesFolder, file), sideBySide, 'base64');
      changed.push(`${file}: ${((100 * different) / all).toFixed(2)} % of the pixels changed`);
    } else changed.push(`${file}: new`);
    if (!renews) continue;
    mkdirSync(picturesFolder, { recursive: true });
    writeFileSync(place, await compress(blank, taken));
  }
  // The page may still make requests, which end with it.
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  if (renews) for (const line of changed) process.stdout.write(`${line}\n`);
  else expect(changed, 'Run `npm run pictures`').toEqual([]);
});

test('there is no other picture', () => {
  const wanted = pictures.flatMap(({ name }) => themes.map((theme) => fileOf(name, theme)));
  if (renews)
    for (const file of readdirSync(picturesFolder)) if (!wanted.includes(file)) rmSync(path.join(picturesFolder, file));
  expect(readdirSync(picturesFolder).toSorted()).toEqual(wanted.toSorted());
});

/** The page as PNG, Base64, as soon as it no longer changes. */
const settled = async (page: Page): Promise<string> => {
  let last = '';
  await expect
    .poll(async () => {
      const before = last;
      last = (await page.screenshot({ animations: 'disabled', caret: 'hide' })).toString('base64');
      return last === before;
    })
    .toBe(true);
  return last;
};

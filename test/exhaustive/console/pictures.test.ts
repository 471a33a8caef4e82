import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { useBrowser } from '../../support/browser.ts';
import { isPinned } from '../../support/chromium.ts';
import { animationOf, framesOf, joinFrames, splitFrames, story } from '../../support/pictures/animation.ts';
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
 * The README's pictures show the current screens. `npm run pictures` takes the pictures again, prints how much each changed, and
 * writes the old and the new picture side by side to `.local/pictures`. Only the pinned browser renders the same on all machines.
 */
const stack = useStack();
const browser = useBrowser();
const renews = process.env.PICTURES === 'renew';
const changesFolder = '.local/pictures';

/** The most pixels that may differ visibly. A changed word differs by more. */
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
    const screenshot = await settled(page);
    const taken = dataUrl(screenshot);
    const file = fileOf(name, colorScheme);
    const place = path.join(picturesFolder, file);
    if (existsSync(place)) {
      const stored = dataUrl(readFileSync(place, 'base64'));
      const { different, all, sideBySide } = await compare(blank, stored, taken);
      if (different <= differentPixelsMax) continue;
      mkdirSync(changesFolder, { recursive: true });
      writeFileSync(path.join(changesFolder, file), sideBySide, 'base64');
      changed.push(`${file}: ${((100 * different) / all).toFixed(2)} % of the pixels changed`);
    } else changed.push(`${file}: new`);
    if (!renews) continue;
    mkdirSync(picturesFolder, { recursive: true });
    writeFileSync(place, await compress(Buffer.from(screenshot, 'base64')));
  }
  // The page may still make requests, which fail when it is closed.
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  if (renews) for (const line of changed) process.stdout.write(`${line}\n`);
  else expect(changed, 'Run `npm run pictures`').toEqual([]);
});

test.runIf(isPinned).each(themes)('the animation (%s) consists of the current pictures', async (theme) => {
  const page = await browser.newPage();
  const frames = await framesOf(page, theme);
  if (renews) writeFileSync(animationOf(theme), await joinFrames(frames));
  const stored = await splitFrames(animationOf(theme));
  expect(stored).toHaveLength(story.length);
  for (const [at, frame] of frames.entries()) {
    const before = dataUrl(stored[at]?.toString('base64') ?? '');
    const { different } = await compare(page, before, dataUrl(frame.toString('base64')));
    expect(different, `Frame ${at}. Run \`npm run pictures\``).toBeLessThanOrEqual(differentPixelsMax);
  }
});

test('the folder contains no other picture', () => {
  const wanted = [
    ...pictures.flatMap(({ name }) => themes.map((theme) => fileOf(name, theme))),
    ...themes.map((theme) => path.basename(animationOf(theme))),
  ];
  if (renews)
    for (const file of readdirSync(picturesFolder)) if (!wanted.includes(file)) rmSync(path.join(picturesFolder, file));
  expect(readdirSync(picturesFolder).toSorted()).toEqual(wanted.toSorted());
});

const dataUrl = (base64: string): string => `data:image/png;base64,${base64}`;

/** A screenshot of the page as Base64-encoded PNG, taken as soon as the page no longer changes. */
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

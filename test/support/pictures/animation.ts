import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { fileOf, picturesFolder, type Theme } from './readme-pictures.ts';

/** The pictures of the animation at the top of the README, in order, each with its caption. */
export const story = [
  { name: 'invite', caption: '1. A manager pastes a list of people.' },
  { name: 'invite-review', caption: '2. Roster shows what will happen to each address.' },
  { name: 'email', caption: '3. Each person gets an email.' },
  { name: 'accept-page', caption: '4. They see who invites them to what, and accept.' },
  { name: 'users', caption: '5. The new user appears in the list, with these roles.' },
  { name: 'delete-user', caption: '6. Later, everything a user owns goes to a successor in one transaction.' },
];

export const animationOf = (theme: Theme): string => path.join(picturesFolder, `story-${theme}.webp`);

const frameMilliseconds = 2_500;
const size = { width: 1280, height: 860 };
const colors = { light: ['#ffffff', '#16191f'], dark: ['#0f141a', '#ebebf0'] };

/** Draws each frame of the story with the browser: a caption above the stored picture. */
export const framesOf = async (page: Page, theme: Theme): Promise<Buffer[]> => {
  await page.setViewportSize(size);
  const [background, text] = colors[theme];
  const frames: Buffer[] = [];
  for (const { name, caption } of story) {
    const picture = readFileSync(path.join(picturesFolder, fileOf(name, theme)), 'base64');
    await page.setContent(
      `<body style="margin: 0; background: ${background}; color: ${text}; text-align: center">
        <p style="margin: 0; font: 28px/60px 'Open Sans', sans-serif">${caption}</p>
        <img src="data:image/png;base64,${picture}" style="max-height: 800px"></body>`,
    );
    await page.locator('img').evaluate((image: HTMLImageElement) => image.decode());
    frames.push(await page.screenshot());
  }
  return frames;
};

/** Joins frames to an animated WebP without loss, which plays forever. */
export const joinFrames = (frames: Buffer[]): Promise<Buffer> =>
  sharp(frames, { join: { animated: true } })
    .webp({ lossless: true, effort: 6, loop: 0, delay: frames.map(() => frameMilliseconds) })
    .toBuffer();

/** The frames of a stored animation. */
export const splitFrames = async (file: string): Promise<Buffer[]> => {
  const { pages = 0 } = await sharp(file).metadata();
  return Promise.all(Array.from({ length: pages }, (_, page) => sharp(file, { page }).png().toBuffer()));
};

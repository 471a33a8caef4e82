import type { Page } from 'playwright-core';

interface Comparison {
  /** The number of pixels that differ visibly, and the number of all pixels. */
  different: number;
  all: number;
  /** The stored picture, the new one, and their differences in red, side by side, as Base64-encoded PNG. */
  sideBySide: string;
}

/** The largest accepted difference of a color channel, from 0 to 255. Processors round the edges of letters differently. */
const channelTolerance = 32;

/** Compares two pictures, given as data URLs. The browser decodes them, so that no package is needed. */
export const compare = (page: Page, stored: string, taken: string): Promise<Comparison> =>
  page.evaluate(
    async ([before, after, tolerance]) => {
      const decode = async (url: string) => createImageBitmap(await (await fetch(url)).blob());
      const [old, now] = [await decode(before), await decode(after)];
      const [width, height] = [Math.max(old.width, now.width), Math.max(old.height, now.height)];
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [3 * width, height];
      const context = canvas.getContext('2d', { willReadFrequently: true });
      if (!context) throw new Error('The browser draws no canvas');
      context.drawImage(old, 0, 0);
      context.drawImage(now, width, 0);
      const [left, right] = [0, width].map((x) => context.getImageData(x, 0, width, height));
      const marked = context.createImageData(width, height);
      let different = 0;
      for (let at = 0; at < marked.data.length; at += 4) {
        const differs = [0, 1, 2, 3].some(
          (channel) => Math.abs((left?.data[at + channel] ?? 0) - (right?.data[at + channel] ?? 0)) > tolerance,
        );
        if (differs) different += 1;
        marked.data.set(differs ? [255, 0, 0, 255] : [255, 255, 255, 255], at);
      }
      context.putImageData(marked, 2 * width, 0);
      const sideBySide = canvas.toDataURL('image/png').replace(/^[^,]*,/, '');
      return { different, all: width * height, sideBySide };
    },
    [stored, taken, channelTolerance] as const,
  );

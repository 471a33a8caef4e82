import { crc32, deflateSync } from 'node:zlib';
import type { Page } from 'playwright-core';

const colorsMax = 256;

/**
 * Converts a screenshot, given as a data URL, to a PNG with a palette, which has a third of the size. A screen has only slightly more
 * colors than a palette can have, so some colors at the edges of letters are replaced by the nearest color of the palette. The
 * browser decodes the screenshot.
 */
export const compress = async (page: Page, screenshot: string): Promise<Buffer> => {
  const { width, height, palette, pixels } = await page.evaluate(toPalette, { url: screenshot, most: colorsMax });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Bit depth 8 and color type 3: each pixel is one byte, the index of a color in the palette.
  header.set([8, 3, 0, 0, 0], 8);
  const indices = Buffer.from(pixels, 'base64');
  // Each row begins with its filter type, which is 0: none.
  const rows = Array.from({ length: height }, (_, row) =>
    Buffer.concat([Buffer.from([0]), indices.subarray(row * width, (row + 1) * width)]),
  );
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette)),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

const chunk = (type: string, data: Buffer): Buffer => {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, sum]);
};

/** Runs in the browser. Returns the color channels of the palette, and the palette index of each pixel as Base64. */
const toPalette = async ({ url, most }: { url: string; most: number }) => {
  const picture = await createImageBitmap(await (await fetch(url)).blob());
  const { width, height } = picture;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d');
  if (!context) throw new Error('The browser draws no canvas');
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const colorAt = (pixel: number) =>
    ((data[4 * pixel] ?? 0) << 16) | ((data[4 * pixel + 1] ?? 0) << 8) | (data[4 * pixel + 2] ?? 0);
  const counts = new Map<number, number>();
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const color = colorAt(pixel);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const byCount = [...counts.entries()].toSorted(([a, countA], [b, countB]) => countB - countA || a - b);
  const channels = (color: number) => [color >> 16, (color >> 8) & 255, color & 255];
  const distance = (one: number, other: number) =>
    channels(one).reduce((sum, each, index) => sum + (each - (channels(other)[index] ?? 0)) ** 2, 0);
  // The first half of the palette is the most frequent colors. Each further color is the one farthest from all previous ones.
  const colors = byCount.slice(0, most / 2).map(([color]) => color);
  const nearest = new Map(
    byCount.map(([color]) => {
      const distances = colors.map((each) => distance(color, each));
      const least = Math.min(...distances);
      return [color, { number: distances.indexOf(least), distance: least }];
    }),
  );
  while (colors.length < Math.min(most, counts.size)) {
    const [farthest] = [...nearest].reduce((one, other) => (other[1].distance > one[1].distance ? other : one));
    for (const [color, known] of nearest) {
      const reached = distance(color, farthest);
      if (reached < known.distance) nearest.set(color, { number: colors.length, distance: reached });
    }
    colors.push(farthest);
  }
  let binary = '';
  for (let pixel = 0; pixel < width * height; pixel += 1)
    binary += String.fromCharCode(nearest.get(colorAt(pixel))?.number ?? 0);
  return { width, height, palette: colors.flatMap(channels), pixels: btoa(binary) };
};

import sharp from 'sharp';

/** Converts a screenshot to a PNG with a palette, which has a third of the size. */
export const compress = (screenshot: Buffer): Promise<Buffer> =>
  sharp(screenshot).png({ palette: true, effort: 10 }).toBuffer();

import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** The account and region that the emulator plays. */
export const account = { id: '000000000000', region: 'eu-west-1' };

import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sesLocal from 'aws-ses-v2-local';
import { getStoreReadonly, type Email } from 'aws-ses-v2-local/dist/store.js';
import { closeServer } from './network.ts';

export interface Inbox {
  /** `http://localhost:<port>`: a page to read mails, and `/store` for programs. */
  endpoint: string;
  stop(): Promise<void>;
}

/** SES on aws-ses-v2-local. `directory`: mails that were taken are kept there, on the disk before they are answered. */
export const startInbox = async (port: number, directory?: string): Promise<Inbox> => {
  if (directory !== undefined) keepMails(directory);
  const server = await sesLocal.default({ host: 'localhost', port });
  return { endpoint: `http://localhost:${port}`, stop: () => closeServer(server) };
};

/** The emulator's store is an array that it pushes to, and replaces when it is cleared. */
const keepMails = (directory: string): void => {
  mkdirSync(directory, { recursive: true });
  const file = path.join(directory, 'mails.ndjson');
  const kept = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  const store = getStoreReadonly();
  const recorded = (mails: Email[]): Email[] => {
    mails.push = (...added) => {
      appendFileSync(file, added.map((mail) => `${JSON.stringify(mail)}\n`).join(''));
      return Array.prototype.push.apply(mails, added);
    };
    return mails;
  };
  let emails = recorded(kept.map((line) => JSON.parse(line) as Email));
  Object.defineProperty(store, 'emails', {
    get: () => emails,
    set: (replaced: Email[]) => {
      writeFileSync(file, replaced.map((mail) => `${JSON.stringify(mail)}\n`).join(''));
      emails = recorded(replaced);
    },
  });
};

import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { getStoreReadonly, type Email } from 'aws-ses-v2-local/dist/store.js';

/** Keeps the mails of aws-ses-v2-local in a folder. Its store is an array that it pushes to, and replaces when it is cleared. */
export const keepMails = (directory: string): void => {
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

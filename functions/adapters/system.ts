import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { monotonicFactory } from 'ulid';
import type { Clock, Ids, Secrets } from '../../shared/ports.ts';

export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  wait: (duration) => setTimeout(duration),
  every: (interval, run) => {
    const timer = setInterval(() => void run(), interval);
    return () => clearInterval(timer);
  },
};

const ulid = monotonicFactory();

export const systemIds: Ids = { next: (kind) => `${kind}_${ulid()}` };

export const systemSecrets: Secrets = {
  random: () => randomBytes(32).toString('base64url'),
  hash: (secret) => createHash('sha256').update(secret).digest('base64url'),
  seal: (text, key) => {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64url'), iv);
    return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
  },
  open: (sealed, key) => {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < ivBytes + tagBytes) return undefined;
    try {
      const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64url'), bytes.subarray(0, ivBytes));
      decipher.setAuthTag(bytes.subarray(-tagBytes));
      return decipher.update(bytes.subarray(ivBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      return undefined;
    }
  },
};

/** The sizes of the initialization vector and of the authentication tag of AES-GCM: NIST SP 800-38D, 5.2.1. */
const ivBytes = 12;
const tagBytes = 16;

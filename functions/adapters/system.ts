import { createHash, randomBytes } from 'node:crypto';
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
};

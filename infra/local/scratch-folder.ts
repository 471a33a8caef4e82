import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';

/** What a terminal, a CI runner or a service manager ends a process with. By default it would end without its `exit` event. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * From now on this process and those that it starts keep their temporary files in one folder, which is removed when this
 * process ends: by itself, by an error, or by a signal. CDK, Chromium and test runners leave files behind when they are
 * stopped, so removing each file where it was made would not be enough. Returns the folder.
 *
 * `SIGKILL` cannot be caught: after it the folder stays.
 */
export const useScratchFolder = (): string => {
  // Handled each time: without a handler, a second signal would end the process while it removes the folder.
  for (const signal of endings) process.on(signal, () => process.exit(128 + constants.signals[signal]));
  const folder = mkdtempSync(path.join(tmpdir(), 'roster-'));
  // TMPDIR is read on Unix, the others on Windows.
  Object.assign(process.env, { TMPDIR: folder, TEMP: folder, TMP: folder });
  // A browser that is ending may still write: removal is tried again.
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
};

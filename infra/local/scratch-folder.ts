import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';

/** The signals with which terminals, CI runners and service managers end a process. By default no `exit` event follows them. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Creates a folder for the temporary files of this process and its child processes, and returns it. The folder is removed
 * when this process exits, after an error and after a signal too. One folder is necessary because CDK, Chromium and test
 * runners leave files behind when they are stopped.
 *
 * `SIGKILL` cannot be caught, so it leaves the folder behind.
 */
export const useScratchFolder = (): string => {
  // Handled each time: without a handler, a second signal would end the process while it removes the folder.
  for (const signal of endings) process.on(signal, () => process.exit(128 + constants.signals[signal]));
  const folder = mkdtempSync(path.join(tmpdir(), 'roster-'));
  // Programs on Unix read TMPDIR, and programs on Windows read TEMP and TMP.
  Object.assign(process.env, { TMPDIR: folder, TEMP: folder, TMP: folder });
  // A browser that is shutting down may still write files, so the removal is retried.
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
};

import { deleteAccount, disableAccount, enableAccount, exportAccounts } from './commands/account.ts';
import { leaveSandbox } from './commands/leave-sandbox.ts';
import { logs } from './commands/logs.ts';
import { startMail, stopMail, unsuppressMail } from './commands/mail.ts';
import { purge } from './commands/purge.ts';
import { redrive } from './commands/redrive.ts';
import { beginRestore, copyRestore, finishRestore } from './commands/restore.ts';
import { runWorker } from './commands/run-worker.ts';
import { addSecret, deleteSecret, listSecrets } from './commands/secrets.ts';
import { start } from './commands/start.ts';
import { status } from './commands/status.ts';
import { stop } from './commands/stop.ts';
import { unprotect } from './commands/unprotect.ts';
import type { StageCommand } from './stage-command.ts';

/** The commands for a deployed stage, by the one or two words that name them. */
export const stageCommands: Record<string, StageCommand> = {
  status,
  logs,
  stop,
  start,
  run_worker: runWorker,
  redrive,
  purge,
  'restore begin': beginRestore,
  'restore copy': copyRestore,
  'restore finish': finishRestore,
  'mail stop': stopMail,
  'mail start': startMail,
  'mail unsuppress': unsuppressMail,
  'mail leave_sandbox': leaveSandbox,
  'account disable': disableAccount,
  'account enable': enableAccount,
  'account delete': deleteAccount,
  'account export': exportAccounts,
  'secrets list': listSecrets,
  'secrets add': addSecret,
  'secrets delete': deleteSecret,
  unprotect,
};

/**
 * Finds the command that the words begin with, and checks the words and options that it was given. Undefined: there is none.
 * Throws an `Error` that says what is wrong with them.
 */
export const prepareStageCommand = (
  words: readonly string[],
  options: Record<string, string>,
): ReturnType<StageCommand['prepare']> | undefined => {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    if (Object.hasOwn(stageCommands, name))
      return stageCommands[name]?.prepare({ ...nameWords(stageCommands[name].words, words.slice(length)), ...options });
  }
  return undefined;
};

const nameWords = (names: readonly string[], words: readonly string[]): Record<string, string> => {
  const surplus = words.slice(names.length);
  if (surplus.length > 0) throw new Error(`Unexpected: ${surplus.join(' ')}`);
  return Object.fromEntries(words.map((word, index) => [names[index] ?? '', word]));
};

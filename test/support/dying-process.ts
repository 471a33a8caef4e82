import type { Mail, Mailer } from '../../shared/ports.ts';
import type { Table } from '../../shared/table/table.ts';

export class Crash extends Error {}

/** The effect at which a process dies. `nth` counts from 1. 0 means that the process does not die. */
export interface Death {
  nth: number;
  when: 'before' | 'after';
}

/** A process that dies right before or right after its nth effect, and then does nothing more. */
export const dyingProcess = (mailer: Mailer, { nth, when }: Death) => {
  let count = 0;
  let dead = false;
  const effect = async <T>(run: () => Promise<T>): Promise<T> => {
    if (!dead) count += 1;
    dead ||= count === nth && when === 'before';
    if (dead) throw new Crash();
    const result = await run();
    dead = count === nth;
    if (dead) throw new Crash();
    return result;
  };
  const change = (table: Table): Table => ({ ...table, transact: (writes) => effect(() => table.transact(writes)) });
  return {
    effects: () => count,
    change,
    mailer: { ...mailer, send: (mail: Mail) => effect(() => mailer.send(mail)) },
  };
};

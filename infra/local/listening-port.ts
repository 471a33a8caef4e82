import { readdir, readFile, readlink } from 'node:fs/promises';

/** The state of a listening socket in `/proc/<pid>/net/tcp`. */
const listening = '0A';

/**
 * The TCP port on an IPv4 address that a process on this machine listens on, read from `/proc`, so only on Linux. Undefined if
 * the process does not listen yet or has ended.
 */
export const listeningPort = async (pid: number): Promise<number | undefined> => {
  const sockets = await socketsOf(pid);
  const table = await readFile(`/proc/${pid}/net/tcp`, 'utf8').catch(() => '');
  for (const line of table.split('\n').slice(1)) {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
    if (state === listening && sockets.has(inode)) return Number.parseInt(local.split(':')[1] ?? '', 16);
  }
  return undefined;
};

/** The inodes of the open sockets of the process. */
const socketsOf = async (pid: number): Promise<Set<string>> => {
  const directory = `/proc/${pid}/fd`;
  const descriptors = await readdir(directory).catch(() => []);
  // The process may have closed a descriptor since the directory was read.
  const targets = await Promise.all(descriptors.map((name) => readlink(`${directory}/${name}`).catch(() => '')));
  return new Set(targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []));
};

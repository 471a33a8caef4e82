import { readdir, readFile, readlink } from 'node:fs/promises';

/** How Linux writes the state of a socket that listens. */
const listening = '0A';

/** The TCP port that a process of this machine listens on, by what Linux says of its sockets; undefined while it does not, or is gone. */
export const listeningPort = async (pid: number): Promise<number | undefined> => {
  const sockets = await socketsOf(pid);
  const table = await readFile(`/proc/${pid}/net/tcp`, 'utf8').catch(() => '');
  for (const line of table.split('\n').slice(1)) {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
    if (state === listening && sockets.has(inode)) return Number.parseInt(local.split(':')[1] ?? '', 16);
  }
  return undefined;
};

/** The inodes of the sockets that the process has open. */
const socketsOf = async (pid: number): Promise<Set<string>> => {
  const directory = `/proc/${pid}/fd`;
  const descriptors = await readdir(directory).catch(() => []);
  // A descriptor can be closed in between.
  const targets = await Promise.all(descriptors.map((name) => readlink(`${directory}/${name}`).catch(() => '')));
  return new Set(targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []));
};

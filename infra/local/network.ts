import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LocalStackError } from './local-error.ts';

/** A port that was free a moment ago. */
export const freePort = async (): Promise<number> => {
  const server = createServer();
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  await closeServer(server);
  return port;
};

/** Throws `LocalStackError` when somebody listens there already. */
export const requireFreePort = async (port: number): Promise<void> => {
  const server = createServer();
  await listen(server, port);
  await closeServer(server);
};

export const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        'code' in error && error.code === 'EADDRINUSE'
          ? new LocalStackError(
              `Port ${port} is taken.`,
              'Stop what listens there, or start with --port and another one.',
            )
          : error,
      ),
    );
    server.listen(port, 'localhost', resolve);
  });

export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

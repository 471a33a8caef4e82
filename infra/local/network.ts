import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LocalStackError } from './local-error.ts';

/**
 * A port that stays bound while listeners change, so that no other process can take it in the meantime. As long as there is
 * no listener, the connections of requests are closed.
 */
export interface HeldPort {
  number: number;
  /** `http://localhost:<number>` */
  endpoint: string;
  /** Handles requests with the listener. The returned function removes the listener and closes all connections. */
  serve(listener: RequestListener): () => void;
  /** Releases the port, so that connections are refused. */
  close(): Promise<void>;
  /** Binds the same port again. Throws `PortTaken` if another process has taken it. */
  reopen(): Promise<void>;
}

/** Binds the wanted port, or any free port by default. Throws `PortTaken`. */
export const holdPort = async (wanted = 0): Promise<HeldPort> => {
  let current = hangUp;
  const server = createServer((request, response) => current(request, response));
  const number = await listen(server, wanted);
  // As long as there is no listener, the bound port must not keep the process alive.
  server.unref();
  return {
    number,
    endpoint: `http://localhost:${number}`,
    serve: (listener) => {
      current = listener;
      server.ref();
      return () => {
        current = hangUp;
        server.unref();
        server.closeAllConnections();
      };
    },
    close: () => closeServer(server),
    reopen: async () => void (await listen(server, number)),
  };
};

const hangUp: RequestListener = (request) => void request.socket.destroy();

/** Thrown for a port that is already in use. */
export class PortTaken extends LocalStackError {
  constructor(port: number) {
    super(`Port ${port} is taken.`, 'Stop what listens there, or start with --port and another one.');
  }
}

/**
 * Returns a port that was free a moment ago, for programs that accept a port number but no bound socket. If another process
 * takes the port before the program does, start the program again with another port.
 */
export const freePort = async (): Promise<number> => {
  const port = await holdPort();
  await port.close();
  return port.number;
};

/** Listens on the port, or on any free port for 0. Returns the port. */
export const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const fail = (error: Error) => reject('code' in error && error.code === 'EADDRINUSE' ? new PortTaken(port) : error);
    server.once('error', fail);
    server.listen(port, 'localhost', () => {
      server.off('error', fail);
      resolve((server.address() as AddressInfo).port);
    });
  });

export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

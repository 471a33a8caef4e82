import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LocalStackError } from './local-error.ts';

/**
 * A port that is bound from the moment it is chosen. Servers come and go on it while it stays bound, so that no other
 * process can take it in between. While nothing is served, requests see their connection closed.
 */
export interface HeldPort {
  number: number;
  /** `http://localhost:<number>` */
  endpoint: string;
  /** Answers requests with the listener. What it returns ends that and cuts the connections. */
  serve(listener: RequestListener): () => void;
  /** Frees the port: from now on connections are refused. */
  close(): Promise<void>;
  /** Takes the same port again. Throws `PortTaken` if another process was faster. */
  reopen(): Promise<void>;
}

/** Holds the port, or without one any that is free. Throws `PortTaken`. */
export const holdPort = async (wanted = 0): Promise<HeldPort> => {
  let current = hangUp;
  const server = createServer((request, response) => current(request, response));
  const number = await listen(server, wanted);
  // A port that is only held keeps no process alive.
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

/** A port on which somebody listens already. */
export class PortTaken extends LocalStackError {
  constructor(port: number) {
    super(`Port ${port} is taken.`, 'Stop what listens there, or start with --port and another one.');
  }
}

/**
 * A port that was free a moment ago, for programs that must be given one and cannot be handed a socket. Another process
 * may take it before the program does: start the program again with another port then.
 */
export const freePort = async (): Promise<number> => {
  const port = await holdPort();
  await port.close();
  return port.number;
};

/** Listens on the port; on 0, on any that is free. Returns the port. */
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

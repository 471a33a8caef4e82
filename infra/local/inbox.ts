import {
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { GetAccountCommandOutput, SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import sesLocal from 'aws-ses-v2-local';
import { keepMails } from './kept-mails.ts';
import { closeServer, type HeldPort } from './network.ts';

export interface Inbox {
  /** `http://localhost:<port>`: a page that shows the emails, and `/store` for programs. */
  endpoint: string;
  stop(): Promise<void>;
}

export interface InboxOptions {
  port: HeldPort;
  /** The directory where accepted emails are stored, before the response to their request. Absent: they are kept in memory. */
  directory?: string;
  onTaken(messageId: string, mail: SendEmailCommandInput): void;
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Emulates SES with aws-ses-v2-local, behind a server that records what the emulator discards and handles requests it lacks. */
export const startInbox = async ({ port, directory, onTaken }: InboxOptions): Promise<Inbox> => {
  if (directory !== undefined) keepMails(directory);
  const emulator = await sesLocal.default({ host: 'localhost', port: 0 });
  const { port: emulatorPort } = emulator.address() as AddressInfo;
  const front: RequestListener = (request, response) => {
    const answering = async (): Promise<void> => {
      const asked = await buffer(request);
      const called = `${request.method} ${request.url}`;
      const { status, headers, body } =
        called === 'GET /v2/email/account' ? accountAnswer : await passOn(emulatorPort, request, asked);
      response.writeHead(status, headers).end(body);
      if (called === 'POST /v2/email/outbound-emails' && status === 200)
        onTaken(parse<{ MessageId: string }>(body).MessageId, parse<SendEmailCommandInput>(asked));
    };
    answering().catch(() => response.destroy());
  };
  const stopFront = port.serve(front);
  return {
    endpoint: port.endpoint,
    stop: async () => {
      stopFront();
      await closeServer(emulator);
    },
  };
};

const passOn = (port: number, { method, url, headers }: IncomingMessage, asked: Buffer): Promise<Answer> =>
  new Promise((resolve, reject) => {
    httpRequest({ host: 'localhost', port, method, path: url, headers }, (answer) => {
      buffer(answer).then(
        (body) => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body }),
        reject,
      );
    })
      .on('error', reject)
      .end(asked);
  });

const parse = <T>(json: Buffer): T => JSON.parse(json.toString()) as T;

const account: Omit<GetAccountCommandOutput, '$metadata'> = {
  EnforcementStatus: 'HEALTHY',
  ProductionAccessEnabled: true,
  SendingEnabled: true,
  SendQuota: { Max24HourSend: 50_000, MaxSendRate: 50, SentLast24Hours: 0 },
};

const accountAnswer: Answer = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(account)),
};

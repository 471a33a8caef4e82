import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/**
 * A double of Lambda and SES in an AWS account that was created today: it knows the two requests that read its quotas. Sources of
 * the responses: https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html and
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetAccount.html
 */
const responses: Record<string, object> = {
  'GET /2016-08-19/account-settings': {
    AccountLimit: { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10, TotalCodeSize: 80_530_636_800 },
    AccountUsage: { FunctionCount: 0, TotalCodeSize: 0 },
  },
  'GET /v2/email/account': {
    EnforcementStatus: 'HEALTHY',
    ProductionAccessEnabled: false,
    SendingEnabled: true,
    SendQuota: { Max24HourSend: 200, MaxSendRate: 1, SentLast24Hours: 0 },
  },
};

/** Starts the double. Returns its address, the requests that it received, and how to stop it. */
export const startNewAccount = async () => {
  const received: string[] = [];
  const server = createServer((request, response) => {
    const asked = `${request.method} ${request.url?.replace(/\/$/, '')}`;
    received.push(asked);
    const answer = responses[asked];
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received, stop };
};

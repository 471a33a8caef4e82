import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest';
import { startDynamoDb } from '../../infra/local/dynamodb-engine.ts';
import { holdPort, PortTaken, type HeldPort } from '../../infra/local/network.ts';

describe('a held port', () => {
  let port: HeldPort;
  beforeEach(async () => void (port = await holdPort()));
  afterEach(() => port.close());

  const causeOf = (error: unknown) => (error as { cause: { code: string } }).cause.code;
  const ask = () =>
    fetch(port.endpoint).then(
      (response) => response.text(),
      (error: unknown) => causeOf(error),
    );

  test('stays bound while servers start and stop on it', async () => {
    for (const answer of ['first', 'second']) {
      const stop = port.serve((_, response) => response.end(answer));
      expect(await ask()).toBe(answer);
      stop();
      expect(await ask()).toBe('UND_ERR_SOCKET');
      await expect(holdPort(port.number)).rejects.toThrow(PortTaken);
    }
  });

  test('refuses connections while it is closed, and can be reopened', async () => {
    port.serve((_, response) => response.end('here'));
    await port.close();
    expect(await ask()).toBe('ECONNREFUSED');
    await port.reopen();
    expect(await ask()).toBe('here');
  });

  test('cannot be reopened if another process has bound it in the meantime', async () => {
    await port.close();
    const other = await holdPort(port.number);
    await expect(port.reopen()).rejects.toThrow(`Port ${port.number} is taken.`);
    await other.close();
  });
});

describe('a DynamoDB engine', () => {
  test.skipIf(inject('dynamoDbEngine') !== 'dynoxide')(
    'listens on a free port, and reports that a requested port is taken',
    async () => {
      const [one, other] = await Promise.all([startDynamoDb(), startDynamoDb()]);
      expect((await fetch(one.endpoint, { method: 'POST' })).status).toBe(400);
      expect(one.port).not.toBe(other.port);
      await expect(startDynamoDb({ port: one.port })).rejects.toThrow(new PortTaken(one.port));
      await one.stop();
      const again = await startDynamoDb({ port: one.port });
      expect(again.port).toBe(one.port);
      await Promise.all([again.stop(), other.stop()]);
    },
  );

  describe.skipIf(process.platform === 'win32')('that runs in Java', () => {
    let javaHome: string;
    beforeEach(() => {
      javaHome = mkdtempSync(path.join(tmpdir(), 'roster-java-'));
      vi.stubEnv('JAVA_HOME', javaHome);
    });
    afterEach(() => {
      vi.unstubAllEnvs();
      rmSync(javaHome, { recursive: true });
    });

    /** Installs a shell script in place of Java. */
    const writeJava = (script: string): void => {
      const java = path.join(javaHome, 'bin/java');
      mkdirSync(path.dirname(java));
      writeFileSync(java, `#!/bin/sh\n${script}`);
      chmodSync(java, 0o755);
    };

    test('is reported with its command, its exit code and its last output if it ends at once', async () => {
      writeJava('echo out; echo err >&2; exit 3');
      await expect(startDynamoDb({ engine: 'dynamodb-local' })).rejects.toMatchObject({
        message: expect.stringMatching(/^The DynamoDB engine stopped with exit code 3: \S+bin\/java .*-port \d+/),
        remedy: expect.stringMatching(/^(out\nerr|err\nout)$/),
      });
    });

    test('starts on another port if its port is taken before it listens', async () => {
      writeJava(`
        case "$*" in *-port*) ports="${javaHome}/ports"; echo "$*" >> "$ports" ;; esac
        [ "$(wc -l < "$ports")" -gt 1 ] || { echo 'java.net.BindException: Address already in use' >&2; exit 1; }
        while [ "$1" != -port ]; do shift; done
        exec '${process.execPath}' -e 'require("http").createServer((_, response) => response.end()).listen(process.argv[1], "localhost")' "$2"`);
      const engine = await startDynamoDb({ engine: 'dynamodb-local' });
      expect((await fetch(engine.endpoint)).status).toBe(200);
      await engine.stop();
      rmSync(path.join(javaHome, 'ports'));
      await expect(startDynamoDb({ engine: 'dynamodb-local', port: engine.port })).rejects.toThrow(PortTaken);
    });
  });
});

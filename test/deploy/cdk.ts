import path from 'node:path';
import { readFile } from 'node:fs/promises';
import { edgeRegion } from '../../infra/constructs/origin-secret.ts';
import { account, root } from './places.ts';
import type { Emulator } from './ministack.ts';
import { run } from './program.ts';

/** By stack, by name. */
type Outputs = Record<string, Record<string, string>>;

export interface Deployment {
  outputs: Outputs;
  /** Of the stacks that were as they should be already. */
  unchanged: string[];
}

/** What to deploy. */
interface Version {
  /** The checkout. Defaults to this one. */
  directory?: string;
  /** Defaults to dev. */
  stage?: string;
  /** The command of the CDK app. Defaults to that in the checkout's cdk.json. */
  app?: string;
}

/** The CDK CLI, run as a person would run it, with the emulator in place of AWS. */
export const cdkOf = (emulator: Emulator) => {
  const log = path.join(root, '.local', 'cdk.log');
  const cdk = (directory: string, ...options: string[]) =>
    run({
      command: process.execPath,
      arguments: [path.join(root, 'node_modules/aws-cdk/bin/cdk'), ...options, '--no-notices', '--no-color'],
      directory,
      // What the templates are checked for is checked by `npm run synth`.
      environment: { ...emulator.environment, CDK_VALIDATION: 'false', CDK_DISABLE_CLI_TELEMETRY: 'true' },
      log,
    });
  const assembly = path.join(emulator.directory, 'cdk.out');

  return {
    log,
    bootstrap: async (): Promise<void> => {
      // Without the app: what it would synthesize is not needed yet.
      const environments = [account.region, edgeRegion].map((region) => `aws://${account.id}/${region}`);
      await cdk(emulator.directory, 'bootstrap', ...environments);
    },

    deploy: async ({ directory = root, stage = 'dev', app }: Version = {}): Promise<Deployment> => {
      const outputsFile = path.join(emulator.directory, 'outputs.json');
      const options = '--all -c emulated=true --require-approval never --progress events'.split(' ');
      const files = ['--output', assembly, '--outputs-file', outputsFile];
      const { all } = await cdk(
        directory,
        'deploy',
        '-c',
        `stage=${stage}`,
        ...(app ? ['--app', app] : []),
        ...options,
        ...files,
      );
      return {
        outputs: JSON.parse(await readFile(outputsFile, 'utf8')) as Outputs,
        unchanged: [...all.matchAll(/^\W*(\S+) \(no changes\)$/gm)].map(([, name = '']) => name),
      };
    },

    /** Takes down what was deployed last. */
    destroy: async (): Promise<void> => {
      await cdk(emulator.directory, 'destroy', '--all', '--force', '--app', assembly);
    },
  };
};

export type Cdk = ReturnType<typeof cdkOf>;

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { findStage } from '../../infra/stages.ts';
import { all, appOf } from '../support/templates.ts';

const workflows = path.resolve(import.meta.dirname, '../../.github/workflows');
const texts = readdirSync(workflows).map((file) => readFileSync(path.join(workflows, file), 'utf8'));

describe('the delivery workflow', () => {
  /**
   * A tag can be moved to other code, a commit cannot.
   * Source: https://docs.github.com/en/actions/reference/security/secure-use, "Using third-party actions".
   */
  test('pins third-party actions to a commit, with the version as a comment', () => {
    const used = texts.flatMap((text) => [...text.matchAll(/uses: (?!\.\/)(.+)/g)].map(([, action = '']) => action));
    expect(used.length).toBeGreaterThan(5);
    for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('runs the check once for a change: on a pull request or on main', () => {
    expect(texts.join().match(/\.ci\/run/g)).toHaveLength(1);
    expect(texts.join()).toContain('push: { branches: [main] }');
  });
});

describe('the roles of the delivery', () => {
  const stacksOf = (delivery: { repository: string; providerArn?: string }) => {
    const app = appOf({ ...findStage('prod'), delivery });
    return Template.fromStack(app.node.findChild('Roster-prod-Delivery') as never);
  };
  const template = stacksOf({ repository: 'acme/roster' });
  const roles = all(template, 'AWS::IAM::Role').map(({ Properties }) => JSON.stringify(Properties));

  test('can be assumed only by jobs of the environment and of the main branch, with a token for AWS', () => {
    const subjects = roles.map((role) => /:sub":"([^"]+)"/.exec(role)?.[1]);
    expect(subjects).toEqual(['repo:acme/roster:environment:prod', 'repo:acme/roster:ref:refs/heads/main']);
    for (const role of roles) {
      expect(role).toContain('"sts:AssumeRoleWithWebIdentity"');
      expect(role).toContain('"token.actions.githubusercontent.com:aud":"sts.amazonaws.com"');
      expect(role).not.toContain('StringLike');
    }
  });

  test('let the deployment call everything that it calls without a role of cdk bootstrap', () => {
    const programs = ['deploy', 'deploy-mail', 'quotas', 'smoke', 'aws-stage'].map((name) =>
      readFileSync(path.resolve(workflows, `../../infra/operators/${name}.ts`), 'utf8'),
    );
    const called = [...programs.join().matchAll(/new (\w+)Command\(/g)].map(([, name]) => name);
    const [policy] = all(template, 'AWS::IAM::Policy').map(({ Properties }) => JSON.stringify(Properties));
    // IAM allows GetCallerIdentity to everybody. GetTemplate is for commands that no deployment runs.
    const needed = called.filter((name) => name !== 'GetCallerIdentity' && name !== 'GetTemplate');
    expect(needed).toContain('GetEmailIdentity');
    for (const name of needed) expect(policy).toContain(`:${name}"`);
  });

  test('let the job that shows the diff read only', () => {
    const policies = all(template, 'AWS::IAM::Policy').map(({ Properties }) => JSON.stringify(Properties));
    expect(policies.filter((policy) => policy.includes('-deploy-role-'))).toHaveLength(1);
    expect(policies.filter((policy) => policy.includes('-lookup-role-'))).toHaveLength(2);
  });

  test('trust the provider of the account if there is one already', () => {
    const providerArn = 'arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com';
    expect(all(template, 'AWS::IAM::OIDCProvider')).toHaveLength(1);
    const second = stacksOf({ repository: 'acme/roster', providerArn });
    expect(all(second, 'AWS::IAM::OIDCProvider')).toEqual([]);
    expect(JSON.stringify(second.toJSON())).toContain(providerArn);
  });
});

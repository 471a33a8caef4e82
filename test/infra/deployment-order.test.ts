import { CfnOutput, type App, type CfnElement, type Stack } from 'aws-cdk-lib/core';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, test } from 'vitest';
import { findStage, stages } from '../../infra/stages.ts';
import { exportsOf, refusedUpdates, stacksInOrder } from '../support/deployment-order.ts';
import { appOf } from '../support/templates.ts';

const stackOf = (app: App, name: string) => app.node.findChild(`Roster-dev-${name}`) as Stack;
const functionOf = (app: App, name: string) => stackOf(app, 'Api').node.findChild(name) as Function;

/** The stacks of stage dev after a change to its app. */
const changed = (change: (app: App) => void = () => undefined) => {
  const app = appOf(findStage('dev'));
  change(app);
  return stacksInOrder(app);
};

const rename = (app: App, name: string): void =>
  (functionOf(app, name).node.defaultChild as CfnElement).overrideLogicalId(`${name}Renamed`);

const remove = (app: App, name: string): void => {
  const { node } = stackOf(app, 'Api');
  for (const id of [name, `${name}Own`, 'OperateFunction']) expect(node.tryRemoveChild(id)).toBe(true);
};

describe.each(Object.keys(stages))('the stacks of stage %s', (stage) => {
  test('export nothing about a function or a rule, so that these can be removed and renamed', () => {
    const stacks = stacksInOrder(appOf(findStage(stage)));
    const exported = stacks.flatMap(({ template }) => {
      const { Resources } = template as { Resources: Record<string, { Type: string }> };
      const changing = Object.entries(Resources).filter(([, { Type }]) => /^AWS::(Lambda|Events)::/.test(Type));
      return [...exportsOf(template)].filter(([, value]) => changing.some(([id]) => value.includes(`"${id}"`)));
    });
    expect(exported).toEqual([]);
    expect(stacks.flatMap(({ template }) => [...exportsOf(template)]).length).toBeGreaterThan(5);
  });
});

describe('an upgrade', () => {
  test('that changes nothing is not refused', () => {
    expect(refusedUpdates(changed(), changed())).toEqual([]);
  });

  test.each(['work', 'recordDelivery', 'users', 'operate'])('that renames the function %s is not refused', (name) => {
    const after = changed((app) => rename(app, name));
    expect(JSON.stringify(after)).toContain(`${name}Renamed`);
    expect(refusedUpdates(changed(), after)).toEqual([]);
  });

  test('that removes a function is not refused, nor is one that adds it', () => {
    const without = changed((app) => remove(app, 'operate'));
    expect(refusedUpdates(changed(), without)).toEqual([]);
    expect(refusedUpdates(without, changed())).toEqual([]);
  });

  /** As the alarms of each function did once. */
  const withStrongReference = (app: App): void => {
    new CfnOutput(stackOf(app, 'Observability'), 'Strong', { value: functionOf(app, 'operate').functionName });
  };

  test('would be refused if another stack imported what it removes or renames', () => {
    const before = changed(withStrongReference);
    const inUse = expect.stringMatching(
      /^Roster-dev-Api: .*operate.* is in use by Roster-dev-Observability$/,
    ) as string;
    expect(
      refusedUpdates(
        before,
        changed((app) => remove(app, 'operate')),
      ),
    ).toEqual([inUse]);
    const renamed = changed((app) => {
      rename(app, 'operate');
      withStrongReference(app);
    });
    expect(refusedUpdates(before, renamed)).toEqual([inUse]);
  });

  test('is not refused if the stack that imports it is updated first', () => {
    const before = changed(withStrongReference);
    const between = before.map((stack, index) =>
      stack.name.endsWith('Observability') ? (changed()[index] ?? expect.unreachable()) : stack,
    );
    const after = changed((app) => remove(app, 'operate'));
    expect(refusedUpdates(before, between)).toEqual([]);
    expect(refusedUpdates(between, after)).toEqual([]);
  });
});

import type { App } from 'aws-cdk-lib/core';

interface Template {
  Outputs?: Record<string, { Value: unknown; Export?: { Name: unknown } }>;
}

/** A stack that is deployed, or about to be. */
export interface StackVersion {
  name: string;
  template: Template;
}

/** The stacks of an app, in the order in which `cdk deploy --all` updates them. */
export const stacksInOrder = (app: App): StackVersion[] =>
  app.synth().stacks.map(({ stackName: name, template }) => ({ name, template: template as Template }));

/**
 * The updates that CloudFormation refuses when `after` is deployed over `before`, stack by stack: those that remove or change
 * an export which another deployed stack imports. Source:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html: "After another stack imports an
 * output value, you can't delete the stack that is exporting the output value or modify the exported output value."
 */
export const refusedUpdates = (before: readonly StackVersion[], after: readonly StackVersion[]): string[] => {
  const deployed = new Map(before.map(({ name, template }) => [name, template]));
  return after.flatMap(({ name, template }) => {
    const next = exportsOf(template);
    const lost = [...exportsOf(deployed.get(name) ?? {})].filter(([exported, value]) => next.get(exported) !== value);
    const refused = lost.flatMap(([exported]) =>
      [...deployed]
        .filter(([user, used]) => user !== name && JSON.stringify(used).includes(importOf(exported)))
        .map(([user]) => `${name}: ${exported} is in use by ${user}`),
    );
    deployed.set(name, template);
    return refused;
  });
};

/** The value of each export, as JSON, by its name. */
export const exportsOf = ({ Outputs = {} }: Template): Map<string, string> =>
  new Map(
    Object.values(Outputs).flatMap(({ Value, Export }) =>
      Export ? [[String(Export.Name), JSON.stringify(Value)] as const] : [],
    ),
  );

const importOf = (exported: string): string => JSON.stringify({ 'Fn::ImportValue': exported });

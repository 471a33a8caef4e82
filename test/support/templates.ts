import path from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { inject } from 'vitest';
import { cdkContext } from '../../infra/cdk-context.ts';
import { addRoster } from '../../infra/roster.ts';
import { findStage, type Stage } from '../../infra/stages.ts';

export interface Resource {
  Properties: Record<string, unknown>;
}

/** The app of a stage, with the bundles of this run. */
export const appOf = (stage: Stage): App => {
  const app = new App({ context: cdkContext });
  addRoster(app, stage, path.join(path.dirname(inject('assembly')), 'bundles'));
  return app;
};

const synthesized = new Map<string, ReturnType<typeof synthesize>>();

const synthesize = (name: string) => {
  const app = appOf(findStage(name));
  const stack = (id: string) => Template.fromStack(app.node.findChild(`Roster-${name}-${id}`) as never);
  return {
    data: stack('Data'),
    mail: stack('Mail'),
    api: stack('Api'),
    console: stack('Console'),
    observability: stack('Observability'),
    ...(app.node.tryFindChild(`Roster-${name}-Edge`) && { edge: stack('Edge') }),
  };
};

/** The templates of a stage, by stack. */
export const templatesOf = (name: string): ReturnType<typeof synthesize> => {
  const found = synthesized.get(name) ?? synthesize(name);
  synthesized.set(name, found);
  return found;
};

/** All resources of a type. */
export const all = (template: Template, type: string): Resource[] =>
  Object.values(template.findResources(type)) as Resource[];

/** Whether a rule starts the canary. Such an event may be lost, because the alarm Canary notices a run that is missing. */
export const startsCanary = (targets: unknown): boolean => /[<"]canary[0-9A-F]{8}/.test(JSON.stringify(targets));

/** The rules whose events must not be lost. */
export const rulesOfEvents = (template: Template): Resource[] =>
  all(template, 'AWS::Events::Rule').filter(({ Properties }) => !startsCanary(Properties.Targets));

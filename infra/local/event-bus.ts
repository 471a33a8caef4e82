import { matches } from './event-pattern.ts';
import type { FunctionHost } from './function-host.ts';
import type { Template } from './template.ts';

/** The default bus of EventBridge, with the template's rules. */
export interface EventBus {
  /** Queues events. They are delivered one after the other, in parallel with the events of other calls. */
  put(events: object[]): void;
  /** Delivers the queued events to the functions whose rules match. Resolves to whether there were any. */
  deliver(): Promise<boolean>;
}

/** Asynchronous invocations are tried three times: docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const tries = 3;

interface Rule {
  pattern: unknown;
  functionIds: string[];
}

export const createEventBus = (template: Template, functions: FunctionHost): EventBus => {
  const rules = readRules(template);
  const waiting: object[][] = [];
  let delivering: Promise<unknown> = Promise.resolve();

  const invoke = async (functionId: string, event: object): Promise<void> => {
    for (let attempt = 1; attempt <= tries; attempt += 1) if ((await functions.invoke(functionId, event)).ok) return;
  };
  const handOn = async (events: object[]): Promise<void> => {
    for (const event of events) {
      const targets = rules.filter(({ pattern }) => matches(pattern, event)).flatMap(({ functionIds }) => functionIds);
      await Promise.all(targets.map((functionId) => invoke(functionId, event)));
    }
  };

  return {
    put: (events) => void waiting.push(events),
    deliver: async () => {
      const batches = waiting.splice(0);
      // A call during an earlier delivery waits for that delivery too.
      delivering = Promise.all([delivering, ...batches.map(handOn)]);
      await delivering;
      return batches.length > 0;
    },
  };
};

const readRules = (template: Template): Rule[] =>
  template
    .ofType('AWS::Events::Rule')
    .filter(({ properties }) => properties.EventPattern)
    .map(({ properties }) => ({
      pattern: properties.EventPattern,
      functionIds: (properties.Targets as { Arn: string }[]).map(({ Arn }) => Arn.split(':').at(-1) ?? ''),
    }));

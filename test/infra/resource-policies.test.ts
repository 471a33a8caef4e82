import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { edgeRegion } from '../../infra/constructs/origin-secret.ts';
import { pseudoParameters } from '../../infra/local/arn.ts';
import { roleOf, type Statement } from '../../infra/local/role.ts';
import { stages, type Stage } from '../../infra/stages.ts';
import { isAllowed, isLike, list, type PolicyStatement } from '../support/access-decisions.ts';
import { startsCanary, templatesOf } from '../support/templates.ts';

type Properties = Record<string, unknown>;

/** The resources of one stack, with references rendered as text: `<id>` for `Ref`, `<id>.Arn` for `Fn::GetAtt`. */
const stackOf = (template: Template, { account, region }: { account: string; region: string }) => {
  const pseudo: Record<string, string> = { ...pseudoParameters, 'AWS::AccountId': account, 'AWS::Region': region };
  const render = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(render);
    if (typeof value !== 'object' || value === null) return value;
    const [[name, argument] = []] = Object.entries(value) as [string, unknown][];
    if (name === 'Ref') return pseudo[String(argument)] ?? `<${String(argument)}>`;
    if (name === 'Fn::GetAtt') return `<${(argument as string[]).join('>.')}`;
    if (name === 'Fn::Join') return ((render(argument) as [string, unknown[]])[1] ?? []).join('');
    if (name === 'Fn::ImportValue') return `<${String(argument)}>`;
    if (name === 'Fn::GetStackOutput') return `<${JSON.stringify(argument)}>`;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, render(each)]));
  };
  const all = (type: string): (Properties & { id: string })[] =>
    Object.entries(template.findResources(type)).map(([id, { Properties: given }]) => ({
      id,
      ...(render(given) as Properties),
    }));
  const idOf = (text: unknown): string => /^<(.+?)>/.exec(String(text))?.[1] ?? '';
  /** The statements of the policies that are attached to a queue or a topic. */
  const policyOf = (type: string, attachedTo: 'Queues' | 'Topics', id: string): PolicyStatement[] =>
    all(type)
      .filter((policy) => list(policy[attachedTo] as string[]).includes(`<${id}>`))
      .flatMap(({ PolicyDocument }) => (PolicyDocument as { Statement: PolicyStatement[] }).Statement);
  /** Whether the role of a function allows an action. */
  const roleAllows = (functionId: string, action: string, resource: string): boolean => {
    const role = all('AWS::Lambda::Function').find(({ id }) => id === functionId)?.Role;
    const statements = all('AWS::IAM::Policy')
      .filter(({ Roles }) => (Roles as string[]).includes(`<${idOf(role)}>`))
      .flatMap(({ PolicyDocument }) => (PolicyDocument as { Statement: Statement[] }).Statement);
    return roleOf(statements)({ action, resource, context: {} }).allowed;
  };
  /** Whether a service may invoke a function on behalf of an ARN. */
  const mayInvoke = (functionId: string, service: string, sourceArn: string): boolean =>
    all('AWS::Lambda::Permission').some(
      ({ Action, FunctionName, Principal, SourceArn }) =>
        Action === 'lambda:InvokeFunction' &&
        idOf(FunctionName) === functionId &&
        Principal === service &&
        isLike(String(SourceArn), sourceArn),
    );
  return { all, idOf, policyOf, roleAllows, mayInvoke, account, region };
};

const stacksOf = ({ name, account = '123456789012', region = 'eu-west-1' }: Stage) =>
  Object.entries(templatesOf(name)).map(([stack, template]) =>
    stackOf(template, { account, region: stack === 'edge' ? edgeRegion : region }),
  );

/** Fails unless something was checked, and everything that was checked is allowed. */
const expectAllAllowed = (decisions: Record<string, boolean>): void => {
  expect(Object.keys(decisions).length).toBeGreaterThan(0);
  expect(Object.keys(decisions).filter((what) => !decisions[what])).toEqual([]);
};

interface Target {
  Arn: string;
  DeadLetterConfig?: { Arn: string };
}

interface OnFailure {
  OnFailure: { Destination: string };
}

/**
 * A policy of a queue or topic replaces the default one, and a function that nobody may invoke is deployed without an error.
 * Neither CloudFormation nor an emulator notices, so each delivery is decided on here as AWS does.
 */
describe.each(Object.values<Stage>(stages))('in stage $name', (stage) => {
  const stacks = stacksOf(stage);

  /**
   * Sources: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html, "Allow Amazon CloudWatch alarms to
   * publish to an Amazon SNS topic"; https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html.
   */
  test('every alarm may publish to the topics that it names', () => {
    const decisions: Record<string, boolean> = {};
    for (const { all, idOf, policyOf, account, region } of stacks)
      for (const { AlarmName, AlarmActions, OKActions } of all('AWS::CloudWatch::Alarm'))
        for (const topic of [...(AlarmActions as string[]), ...(OKActions as string[])])
          decisions[`${String(AlarmName)} ${topic}`] = isAllowed(
            policyOf('AWS::SNS::TopicPolicy', 'Topics', idOf(topic)),
            {
              service: 'cloudwatch.amazonaws.com',
              action: 'sns:Publish',
              resource: topic,
              sourceArn: `arn:aws:cloudwatch:${region}:${account}:alarm:${String(AlarmName)}`,
              sourceAccount: account,
            },
          );
    expectAllAllowed(decisions);
  });

  /**
   * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html, "Granting permissions to the dead-letter
   * queue": the policy of the queue allows `events.amazonaws.com` to `sqs:SendMessage`, for the ARN of the rule.
   */
  test('every rule may send undelivered events to its queue of dead letters', () => {
    const decisions: Record<string, boolean> = {};
    for (const { all, idOf, policyOf, account } of stacks)
      for (const { id, Targets } of all('AWS::Events::Rule').filter((rule) => !startsCanary(rule.Targets)))
        for (const { DeadLetterConfig } of Targets as Target[])
          decisions[id] =
            DeadLetterConfig !== undefined &&
            isAllowed(policyOf('AWS::SQS::QueuePolicy', 'Queues', idOf(DeadLetterConfig.Arn)), {
              service: 'events.amazonaws.com',
              action: 'sqs:SendMessage',
              resource: DeadLetterConfig.Arn,
              sourceArn: `<${id}>.Arn`,
              sourceAccount: account,
            });
    expectAllAllowed(decisions);
  });

  /**
   * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html, "AWS Lambda permissions": the
   * policy of the function allows `events.amazonaws.com` to invoke it, for the ARN of the rule.
   */
  test('every rule may invoke its functions', () => {
    const decisions: Record<string, boolean> = {};
    for (const { all, idOf, mayInvoke } of stacks)
      for (const { id, Targets } of all('AWS::Events::Rule'))
        for (const { Arn } of Targets as Target[])
          decisions[`${id} ${Arn}`] = mayInvoke(idOf(Arn), 'events.amazonaws.com', `<${id}>.Arn`);
    expectAllAllowed(decisions);
  });

  /**
   * Sources: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html, "Adding a destination": the role
   * of the function needs `sqs:SendMessage`; https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html, the same
   * for event source mappings.
   */
  test('every function may send failed events to its failure destination', () => {
    const decisions: Record<string, boolean> = {};
    for (const { all, idOf, roleAllows } of stacks)
      for (const { id, FunctionName, DestinationConfig } of [
        ...all('AWS::Lambda::EventInvokeConfig'),
        ...all('AWS::Lambda::EventSourceMapping'),
      ])
        if (DestinationConfig)
          decisions[id] = roleAllows(
            idOf(FunctionName),
            'sqs:SendMessage',
            (DestinationConfig as OnFailure).OnFailure.Destination,
          );
    expectAllAllowed(decisions);
    expect(Object.keys(decisions)).toHaveLength(3);
  });

  /**
   * Sources: https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html and
   * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html, "Configuring execution role permissions".
   */
  test('every function may read the stream or queue that is mapped to it', () => {
    const readings = {
      stream: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      queue: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    };
    const decisions: Record<string, boolean> = {};
    for (const { all, idOf, roleAllows } of stacks)
      for (const { FunctionName, EventSourceArn } of all('AWS::Lambda::EventSourceMapping')) {
        const source = String(EventSourceArn);
        const isQueue = all('AWS::SQS::Queue').some(({ id }) => id === idOf(source));
        for (const action of readings[isQueue ? 'queue' : 'stream'])
          decisions[`${action} ${source}`] = roleAllows(idOf(FunctionName), action, source);
      }
    expectAllAllowed(decisions);
    expect(Object.keys(decisions)).toHaveLength(6);
  });

  /**
   * Sources: https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html, "Permissions": the policy of the function
   * allows `apigateway.amazonaws.com`, for `<ARN of the API>/<stage>/<method>/<path>`;
   * https://repost.aws/knowledge-center/api-gateway-http-lambda-integrations: without it every response is 500.
   */
  test('API Gateway may invoke the function of every route', () => {
    const decisions: Record<string, boolean> = {};
    for (const { all, idOf, mayInvoke, account, region } of stacks) {
      const functions = new Map(
        all('AWS::ApiGatewayV2::Integration').map(({ id, IntegrationUri }) => [id, idOf(IntegrationUri)]),
      );
      for (const { ApiId, RouteKey, Target: target } of all('AWS::ApiGatewayV2::Route')) {
        const [method = '', path = ''] = String(RouteKey).split(' ');
        const functionId = functions.get(idOf(String(target).replace('integrations/', ''))) ?? '';
        const arn = `arn:aws:execute-api:${region}:${account}:${String(ApiId)}/$default/${method}${path}`;
        decisions[String(RouteKey)] = mayInvoke(functionId, 'apigateway.amazonaws.com', arn);
      }
    }
    expectAllAllowed(decisions);
    expect(Object.keys(decisions).length).toBeGreaterThan(60);
  });
});

describe('a decision on a request to a resource', () => {
  const request = {
    service: 'cloudwatch.amazonaws.com',
    action: 'sns:Publish',
    resource: '<Topic>',
    sourceArn: 'arn:aws:cloudwatch:eu-west-1:1:alarm:a',
    sourceAccount: '1',
  };
  const allowing: PolicyStatement = {
    Effect: 'Allow',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Action: 'sns:Publish',
    Resource: '<Topic>',
    Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:eu-west-1:1:alarm:*' } },
  };
  const withoutTls: PolicyStatement = {
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: 'sns:Publish',
    Resource: '<Topic>',
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };

  test('is positive if a statement allows it, even if another denies requests without TLS', () => {
    expect(isAllowed([withoutTls, allowing], request)).toBe(true);
  });

  // What `enforceSSL` alone leaves of the policy of a topic.
  test('is negative if the only statement denies requests without TLS', () => {
    expect(isAllowed([withoutTls], request)).toBe(false);
  });

  test.each<[string, Partial<PolicyStatement>]>([
    ['another service', { Principal: { Service: 'events.amazonaws.com' } }],
    ['another action', { Action: 'sns:Subscribe' }],
    ['another resource', { Resource: '<OtherTopic>' }],
    ['another source', { Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:us-east-1:1:alarm:*' } } }],
    ['another account', { Condition: { StringEquals: { 'aws:SourceAccount': '2' } } }],
  ])('is negative if %s is allowed', (_, change) => {
    expect(isAllowed([{ ...allowing, ...change }], request)).toBe(false);
  });

  test('is negative if another statement denies it', () => {
    expect(isAllowed([allowing, { ...allowing, Effect: 'Deny' }], request)).toBe(false);
  });
});

import {
  GetEventSourceMappingCommand,
  LambdaClient,
  type EventSourceMappingConfiguration,
} from '@aws-sdk/client-lambda';
import { stackNames, type AwsStage } from './aws-stage.ts';

/** The event source mappings of a stage, whether they invoke a function or an alias of it. */
export const eventSourcesOf = async (aws: AwsStage): Promise<EventSourceMappingConfiguration[]> => {
  const lambda = new LambdaClient(aws.client);
  const resources = (await Promise.all(stackNames.map((stack) => aws.resources(stack)))).flat();
  return Promise.all(
    resources
      .filter(({ type }) => type === 'AWS::Lambda::EventSourceMapping')
      .map(({ physicalId }) => lambda.send(new GetEventSourceMappingCommand({ UUID: physicalId }))),
  );
};

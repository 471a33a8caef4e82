import { setTimeout } from 'node:timers/promises';
import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import { findStage, type Stage } from '../stages.ts';
import { NotDone } from './not-done.ts';

/** The stacks of every stage, which are all in the stage's own region. */
export const stackNames = ['Data', 'Mail', 'Api', 'Console', 'Observability'] as const;

export type StackName = (typeof stackNames)[number];

export interface StackResource {
  /** The name in the template, such as `work3B2A91C7`. */
  logicalId: string;
  /** The name in AWS, such as that of a function or the id of an event source mapping. */
  physicalId: string;
  type: string;
}

type ClientSettings = Pick<STSClientConfig, 'region' | 'endpoint' | 'credentials'>;

/** A stage that is deployed to AWS, with credentials that belong to its account. Every method throws `NotDone` or an error of AWS. */
export interface AwsStage {
  stage: Stage;
  account: string;
  /** The settings for every client that is made for this stage. */
  client: ClientSettings;
  /** The full name of a stack in CloudFormation. */
  stackName(stack: StackName): string;
  outputs(stack: StackName): Promise<Record<string, string>>;
  output(stack: StackName, name: string): Promise<string>;
  /** All resources of a stack, however many it has. */
  resources(stack: StackName): Promise<StackResource[]>;
  /** The properties in the deployed template, by the logical id of the resource. */
  properties(stack: StackName): Promise<Record<string, Record<string, unknown>>>;
  wait(seconds: number): Promise<void>;
}

interface Surroundings {
  /** Tests set an endpoint and credentials here. The region of `infra/stages.ts` comes first. */
  client?: ClientSettings;
  wait?: (seconds: number) => Promise<void>;
}

const sleep = (seconds: number): Promise<void> => setTimeout(seconds * 1_000);

/** Throws `NotDone` for a stage that does not exist or is not on AWS, and if the credentials belong to another account. */
export const openAwsStage = async (
  name: string,
  { client: given = {}, wait = sleep }: Surroundings = {},
): Promise<AwsStage> => {
  const stage = stageOf(name);
  const client = { ...given, ...(stage.region && { region: stage.region }) };
  const account = await accountOf(stage, client);
  const cloudFormation = new CloudFormationClient(client);
  const stackName = (stack: StackName): string => `Roster-${stage.name}-${stack}`;

  const outputs = async (stack: StackName): Promise<Record<string, string>> => {
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: stackName(stack) }));
    return Object.fromEntries(
      (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    );
  };

  return {
    stage,
    account,
    client,
    stackName,
    outputs,
    output: async (stack, output) => {
      const value = (await outputs(stack))[output];
      if (!value)
        throw new NotDone(`The stack ${stackName(stack)} has no output “${output}”. Deploy this version first.`);
      return value;
    },
    resources: async (stack) => {
      const resources: StackResource[] = [];
      // Not DescribeStackResources, which returns only the first 100 resources of a stack.
      const pages = paginateListStackResources({ client: cloudFormation }, { StackName: stackName(stack) });
      for await (const { StackResourceSummaries = [] } of pages)
        for (const { LogicalResourceId = '', PhysicalResourceId = '', ResourceType = '' } of StackResourceSummaries)
          resources.push({ logicalId: LogicalResourceId, physicalId: PhysicalResourceId, type: ResourceType });
      return resources;
    },
    properties: async (stack) => {
      const { TemplateBody = '{}' } = await cloudFormation.send(
        new GetTemplateCommand({ StackName: stackName(stack) }),
      );
      const { Resources = {} } = JSON.parse(TemplateBody) as {
        Resources?: Record<string, { Properties?: Record<string, unknown> }>;
      };
      return Object.fromEntries(Object.entries(Resources).map(([id, { Properties = {} }]) => [id, Properties]));
    },
    wait,
  };
};

const stageOf = (name: string): Stage => {
  try {
    if (name !== 'local') return findStage(name);
  } catch (error) {
    throw new NotDone((error as Error).message);
  }
  throw new NotDone(
    'This command needs a stage that is deployed to AWS. The stage “local” runs on this machine: Ctrl-C in the terminal of npm start stops it, and its functions log to .local/functions.log.',
  );
};

const accountOf = async (stage: Stage, client: ClientSettings): Promise<string> => {
  const { Account = '' } = await new STSClient(client).send(new GetCallerIdentityCommand({}));
  if (stage.account && Account !== stage.account)
    throw new NotDone(
      `The credentials belong to the account ${Account}, but the stage ${stage.name} belongs to ${stage.account} (infra/stages.ts). Nothing was done.`,
    );
  return Account;
};

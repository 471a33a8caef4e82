import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Aws, Fn, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Stage } from '../stages.ts';

interface NamedLogProps {
  stage: Stage;
  /** The beginning of the name: `/roster/prod/users`. */
  name: string;
}

/**
 * A log group that people find by its name: `/roster/prod/users-1a2b3c4d`.
 *
 * CloudFormation cannot create a log group whose name is taken, and a stage that keeps its data leaves its logs behind when it is
 * destroyed. The name therefore ends in the first part of the stack's id, which is another one after a destruction and a new
 * deployment. A creation that fails leaves nothing behind, so that it can be repeated. Within one stack, a name belongs to one
 * construct: a log that moves to another place in the tree of constructs needs another name, because CloudFormation creates the
 * new group before it deletes the old one.
 *
 * The first deployment over a version that left the names to CloudFormation creates these groups next to the old ones, which are
 * deleted, or kept without a stack where the stage keeps its data. Function and group are switched in the same update.
 */
export class NamedLog extends LogGroup {
  constructor(scope: Construct, id: string, { stage, name }: NamedLogProps) {
    const stackPart = Fn.select(0, Fn.split('-', Fn.select(2, Fn.split('/', Aws.STACK_ID))));
    super(scope, id, {
      logGroupName: `${name}-${stackPart}`,
      retention: stage.logDays,
      removalPolicy: stage.keepsData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
  }
}

/** The names of the stage's logs begin with this: `/roster/prod/`. */
export const logsOf = ({ name }: Stage): string => `/roster/${name}/`;

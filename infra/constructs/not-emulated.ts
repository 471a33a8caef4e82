import { CfnResource, type IAspect } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** What a stage that is `emulated` is deployed without: kinds of resources, and why the emulator cannot make them. */
export const notEmulated: Record<string, string> = {
  'AWS::Cognito::ManagedLoginBranding': 'the emulator has one sign-in page of its own, without styles',
};

/** Takes those out, wherever in the stacks they are. */
export class LeaveOutNotEmulated implements IAspect {
  visit(node: IConstruct): void {
    if (CfnResource.isCfnResource(node) && node.cfnResourceType in notEmulated)
      node.node.scope?.node.tryRemoveChild(node.node.id);
  }
}

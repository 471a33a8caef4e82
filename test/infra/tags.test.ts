import { expect, test } from 'vitest';
import { findStage, stages } from '../../infra/stages.ts';
import { appOf, type Resource } from '../support/templates.ts';

/**
 * The types of our resources that CloudFormation gives no tags. Source: the property `Tags` in the reference of each type,
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/
 */
const withoutTags = new Set([
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::Cognito::ManagedLoginBranding',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolDomain',
  'AWS::Cognito::UserPoolResourceServer',
  'AWS::IAM::Policy',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Permission',
  'AWS::Logs::MetricFilter',
  'AWS::Route53::RecordSet',
  'AWS::SES::ConfigurationSetEventDestination',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::WAFv2::LoggingConfiguration',
]);

/** The tags of a resource, which some types write as a list and some as an object, some under another name or for each replica. */
const tagsOf = ({ Properties }: Resource): Record<string, unknown> => {
  const [replica] = (Properties.Replicas ?? []) as { Tags?: unknown }[];
  const tags = Properties.Tags ?? Properties.UserPoolTags ?? replica?.Tags ?? [];
  return Array.isArray(tags)
    ? Object.fromEntries((tags as { Key: string; Value: unknown }[]).map(({ Key, Value }) => [Key, Value]))
    : (tags as Record<string, unknown>);
};

test.each(Object.keys(stages))('every resource of stage %s has the tags by which a bill is divided', (name) => {
  const { stacks } = appOf({ ...findStage(name), costTags: { 'cost-center': '4711' } }).synth();
  const seen = stacks.flatMap(({ stackName, template }) => {
    const component = stackName.replace(`Roster-${name}-`, '').toLowerCase();
    const resources = Object.values((template as { Resources: Record<string, Resource & { Type: string }> }).Resources);
    return resources
      .filter(({ Type }) => !withoutTags.has(Type))
      .map((resource) => {
        const tags = tagsOf(resource);
        expect({ Type: resource.Type, tags }).toMatchObject({
          Type: resource.Type,
          tags: { application: 'roster', stage: name, component, 'cost-center': '4711' },
        });
        return component;
      });
  });
  expect(new Set(seen).size).toBe(stacks.length);
});

import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { findStage, type Stage } from '../../infra/stages.ts';
import { routeGroups } from '../../shared/api/routes.ts';
import { all, appOf } from '../support/templates.ts';

const apiOf = (trafficShift?: Stage['trafficShift']) => {
  const app = appOf({ ...findStage('prod'), trafficShift });
  return { app, api: Template.fromStack(app.node.findChild('Roster-prod-Api') as never) };
};

describe('a stage that shifts traffic', () => {
  const { app, api } = apiOf('tenth-for-5-minutes');
  const aliases = Object.keys(api.findResources('AWS::Lambda::Alias'));

  test('has an alias of every function of the API, which the routes invoke', () => {
    expect(aliases).toHaveLength(Object.keys(routeGroups).filter((name) => name !== 'console').length);
    const invoked = all(api, 'AWS::ApiGatewayV2::Integration').map(({ Properties }) => Properties.IntegrationUri);
    for (const uri of invoked) expect(aliases).toContain((uri as { Ref: string }).Ref);
  });

  test('shifts a tenth of the requests first, and shifts all of them back if the API fails', () => {
    const groups = all(api, 'AWS::CodeDeploy::DeploymentGroup').map(({ Properties }) => Properties);
    expect(groups).toHaveLength(aliases.length);
    for (const group of groups)
      expect(group).toMatchObject({
        DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
        AlarmConfiguration: { Enabled: true },
        AutoRollbackConfiguration: {
          Enabled: true,
          Events: expect.arrayContaining(['DEPLOYMENT_STOP_ON_ALARM']) as [],
        },
      });
  });

  /**
   * An alias without this policy is moved by CloudFormation, all at once.
   * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html, "CodeDeployLambdaAliasUpdate".
   */
  test('lets CodeDeploy shift each alias', () => {
    for (const alias of Object.values(api.findResources('AWS::Lambda::Alias')))
      expect(alias.UpdatePolicy).toMatchObject({ CodeDeployLambdaAliasUpdate: {} });
  });

  test('passes the checks of cdk-nag', () => {
    const { violations } = new AwsSolutionsChecks(app).validate({ appConstruct: app } as never);
    expect(violations.map(({ ruleName }) => ruleName)).toEqual([]);
  });
});

test('a stage that does not ask for it has no alias', () => {
  const { api } = apiOf();
  api.resourceCountIs('AWS::Lambda::Alias', 0);
  api.resourceCountIs('AWS::CodeDeploy::DeploymentGroup', 0);
});

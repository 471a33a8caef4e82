import type { AwsStage } from './aws-stage.ts';
import { NotDone } from './not-done.ts';

/** The name of the SES configuration set that all mails of the stage's functions use. */
export const configurationSetOf = async (aws: AwsStage): Promise<string> => {
  const found = (await aws.resources('Mail')).filter(({ type }) => type === 'AWS::SES::ConfigurationSet');
  const [set] = found;
  if (!set || found.length > 1)
    throw new NotDone(`The Mail stack should have one configuration set, but has ${found.length}.`);
  return set.physicalId;
};

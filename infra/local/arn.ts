/** The values of CloudFormation's pseudo parameters in the local stack. */
export const pseudoParameters: Record<string, string> = {
  'AWS::Region': 'eu-west-1',
  'AWS::AccountId': '000000000000',
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** The ARN of a resource of this account: `arn('ses', 'identity/example.com')`. */
export const arn = (service: string, resource: string): string =>
  ['arn:aws', service, pseudoParameters['AWS::Region'], pseudoParameters['AWS::AccountId'], resource].join(':');

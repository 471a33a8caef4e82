import type { AwsCall, Emulator } from './ministack.ts';

/** What functions logged of their own faults, oldest first in each. */
export const functionErrors = async ({ call }: Emulator): Promise<string[]> => {
  const [listed] = await call(['logs', 'DescribeLogGroups']);
  const groups = (listed?.logGroups ?? []) as { logGroupName: string }[];
  const answers = await call(
    ...groups.map(({ logGroupName }): AwsCall => ['logs', 'FilterLogEvents', { logGroupName }]),
  );
  return answers
    .flatMap(({ events }) => events as { message: string }[])
    .map(({ message }) => message.trim())
    .filter((message) => /"level":"(WARN|ERROR)"|"errorType"|^\w*Error\b/.test(message));
};

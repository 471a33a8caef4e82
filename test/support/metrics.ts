import type { MetricName } from '../../shared/platform/metrics.ts';
import type { TestStack } from './stack.ts';

/** A line of CloudWatch's Embedded Metric Format. */
export interface MetricLine extends Record<string, unknown> {
  _aws: {
    Timestamp: number;
    CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: { Name: string; Unit: string }[] }[];
  };
}

/** The metrics that a line has. */
export const namesIn = ({ _aws: { CloudWatchMetrics } }: MetricLine): string[] =>
  CloudWatchMetrics.flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name));

/** Every line of metrics that the functions printed so far. */
export const metricLines = ({ output }: TestStack): MetricLine[] =>
  output
    .join('')
    .split('\n')
    .filter((line) => line.startsWith('{"_aws"'))
    .map((line) => JSON.parse(line) as MetricLine);

/** The sum of each metric that something makes the functions print; those that are 0 left out. */
export const metricsOf = async (
  stack: TestStack,
  act: () => Promise<unknown>,
): Promise<Partial<Record<MetricName, number>>> => {
  await stack.tick();
  const printed = metricLines(stack).length;
  await act();
  await stack.tick();
  const sums: Record<string, number> = {};
  for (const line of metricLines(stack).slice(printed))
    for (const name of namesIn(line)) sums[name] = (sums[name] ?? 0) + Number(line[name]);
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0));
};

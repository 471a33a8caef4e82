import {
  metricDimensions,
  metrics,
  metricsNamespace,
  metricsService,
  type MetricName,
} from '../../shared/platform/metrics.ts';

/** What this invocation counted so far: an instance has one at a time. */
const counted = new Map<MetricName, number>();

export const count = (name: MetricName, value = 1): void => {
  counted.set(name, (counted.get(name) ?? 0) + value);
};

/**
 * Writes down what was counted, at an invocation's end, as one line that CloudWatch makes metrics of:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const publishMetrics = (): void => {
  if (counted.size === 0) return;
  const line = {
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: metricsNamespace,
          Dimensions: [metricDimensions],
          Metrics: [...counted.keys()].map((Name) => ({ Name, Unit: metrics[Name].unit })),
        },
      ],
    },
    service: metricsService,
    stage: process.env.STAGE,
    ...Object.fromEntries(counted),
  };
  counted.clear();
  // Not through the console: Lambda would put it into a line of its own.
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

import { metricNamespace, metrics, type MetricName } from '../../shared/platform/metrics.ts';

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
          Namespace: metricNamespace,
          Dimensions: [['service']],
          Metrics: [...counted.keys()].map((Name) => ({ Name, Unit: metrics[Name].unit })),
        },
      ],
    },
    // It names the stage.
    service: process.env.POWERTOOLS_SERVICE_NAME,
    ...Object.fromEntries(counted),
  };
  counted.clear();
  // Not through the console: Lambda would put it into a line of its own.
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

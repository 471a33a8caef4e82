import { metricNamespace, metrics, type MetricName } from '../../shared/platform/metrics.ts';

/** The counts of the current invocation. A Lambda instance runs one invocation at a time. */
const counted = new Map<MetricName, number>();

export const count = (name: MetricName, value = 1): void => {
  counted.set(name, (counted.get(name) ?? 0) + value);
};

/**
 * Logs the counts at the end of an invocation, as one line that CloudWatch converts to metrics:
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
    // The service name contains the stage.
    service: process.env.POWERTOOLS_SERVICE_NAME,
    ...Object.fromEntries(counted),
  };
  counted.clear();
  // Not with console.log, because Lambda would wrap the line in its own format.
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

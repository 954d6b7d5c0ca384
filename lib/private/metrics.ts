import { Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** A metric that one of the functions writes: its sum, by Powertools' own dimension `service` and by some of its own. */
export function functionMetric(
  scope: Construct,
  { namespace, service }: { readonly namespace: string; readonly service: string },
  metricName: string,
  dimensions: Record<string, string>,
  { dimensionsMap, ...options }: MetricOptions = {},
): Metric {
  return new Metric({
    namespace,
    metricName,
    dimensionsMap: { service, ...dimensions, ...dimensionsMap },
    statistic: Stats.SUM,
    ...options,
  }).attachTo(scope);
}

import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { API_ENV, METRICS } from '../../lib/private/contracts/api';
import { PROBLEMS } from '../../lib/private/contracts/api-problems';
import type { Outcome } from './operations';
import type { Problem } from './problem';

const metrics = new Metrics({ namespace: METRICS.namespace, serviceName: METRICS.service });
const dimension = { [METRICS.poolDimension]: process.env[API_ENV.userPoolId] || 'unknown' };

export function reportOutcome({ changedAttributes = 0, sentCodes = 0 }: Outcome): void {
  count({ [METRICS.changedAttributes]: changedAttributes, [METRICS.sentCodes]: sentCodes });
}

/** A line of log only for what somebody should look at; names and codes, never a value or a token. */
export function reportProblem({ code }: Problem, error: unknown): void {
  if (PROBLEMS[code].status >= 500) {
    console.error({
      message: 'A request failed',
      problem: code,
      error: error instanceof Error ? error.name : typeof error,
    });
  }
  count({ [METRICS.problems]: 1 });
  const byCode = metrics.singleMetric();
  byCode.addDimensions({ ...dimension, [METRICS.problemDimension]: code });
  byCode.addMetric(METRICS.problems, MetricUnit.Count, 1);
}

function count(values: Readonly<Record<string, number>>): void {
  metrics.addDimensions(dimension);
  metrics.addMetric(METRICS.requests, MetricUnit.Count, 1);
  for (const [name, value] of Object.entries(values)) metrics.addMetric(name, MetricUnit.Count, value);
  metrics.publishStoredMetrics();
}

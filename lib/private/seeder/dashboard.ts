import { Duration } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  type IWidget,
  MathExpression,
  type Metric,
  type MetricOptions,
  SingleValueWidget,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { METRICS } from '../contracts/seed-results';

/** A seeder's own metrics, by name. */
export type SeederMetric = (metricName: string, props?: MetricOptions) => Metric;

const HALF = { width: 12, height: 6 };
const MINUTE = { period: Duration.minutes(1) };

/** What there is to see of one seeder: rows of 24 columns, for any dashboard. */
export const seederWidgets = (metric: SeederMetric, seeder: string): IWidget[] => [
  new SingleValueWidget({
    title: `${seeder}: users and requests in the time shown`,
    width: 24,
    height: 3,
    setPeriodToTimeRange: true,
    metrics: [
      metric(METRICS.changedUsers, { label: 'Changed' }),
      metric(METRICS.createdUsers, { label: 'Created' }),
      metric(METRICS.skippedUsers, { label: 'Skipped' }),
      metric(METRICS.failedUsers, { label: 'Failed' }),
      metric(METRICS.throttledRequests, { label: 'Throttled requests' }),
    ],
  }),
  new GraphWidget({
    ...HALF,
    title: `${seeder}: progress`,
    left: [progress(metric)],
    right: [usersLeft(metric)],
    leftYAxis: { label: 'Percent', min: 0, max: 100, showUnits: false },
    rightYAxis: { label: 'Users', min: 0, showUnits: false },
  }),
  new GraphWidget({
    ...HALF,
    title: `${seeder}: users per minute`,
    stacked: true,
    left: [
      metric(METRICS.changedUsers, { ...MINUTE, label: 'Changed' }),
      metric(METRICS.skippedUsers, { ...MINUTE, label: 'Skipped' }),
      metric(METRICS.failedUsers, { ...MINUTE, label: 'Failed' }),
    ],
    leftYAxis: { label: 'Users', min: 0, showUnits: false },
  }),
  new GraphWidget({
    ...HALF,
    title: `${seeder}: pace of a worker`,
    left: [
      metric(METRICS.pace, { ...MINUTE, statistic: Stats.AVERAGE, label: 'Sent' }),
      metric(METRICS.paceLimit, { ...MINUTE, statistic: Stats.AVERAGE, label: 'Allowed' }),
    ],
    leftYAxis: { label: 'Requests a second', min: 0, showUnits: false },
  }),
  new GraphWidget({
    ...HALF,
    title: `${seeder}: throttled requests per minute`,
    left: [metric(METRICS.throttledRequests, { ...MINUTE, label: 'Throttled' })],
    leftYAxis: { label: 'Requests', min: 0, showUnits: false },
  }),
];

export const seederDashboard = (scope: Construct, id: string, widgets: IWidget[]): Dashboard => {
  const dashboard = new Dashboard(scope, id, { defaultInterval: Duration.hours(3) });
  dashboard.addWidgets(...widgets);
  return dashboard;
};

/** Runs that are over count for both, so that the users left are the current run's. */
const usersLeft = (metric: SeederMetric): MathExpression =>
  new MathExpression({
    ...MINUTE,
    label: 'Users left',
    expression: 'RUNNING_SUM(FILL(planned, 0)) - RUNNING_SUM(FILL(finished, 0))',
    usingMetrics: counts(metric),
  });

/** A running sum begins with the time shown: earlier runs in it count too. */
const progress = (metric: SeederMetric): MathExpression =>
  new MathExpression({
    ...MINUTE,
    label: 'Finished of all planned in the time shown',
    expression: '100 * RUNNING_SUM(FILL(finished, 0)) / RUNNING_SUM(FILL(planned, 0))',
    usingMetrics: counts(metric),
  });

const counts = (metric: SeederMetric): Record<string, Metric> => ({
  planned: metric(METRICS.plannedUsers, MINUTE),
  finished: metric(METRICS.finishedUsers, MINUTE),
});

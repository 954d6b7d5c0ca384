import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { METRICS } from '../../lib/private/contracts/seed-results';
import type { Pace } from './pace';

/** How often a run tells how far it is. */
const PERIOD = 15_000;

/** What a run has done since it told last: counts and rates, never who. */
export class Gauge {
  private readonly counts = new Map<string, number>();
  private readonly timer: NodeJS.Timeout;

  public constructor(
    private readonly metrics: Metrics,
    private readonly dimensions: Readonly<Record<string, string>>,
    private readonly pace: Pace,
  ) {
    this.timer = setInterval(() => this.publish(), PERIOD).unref();
  }

  public count(name: string, number = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + number);
  }

  public publish(): void {
    this.metrics.addDimensions({ ...this.dimensions });
    for (const [name, number] of this.counts) this.metrics.addMetric(name, MetricUnit.Count, number);
    this.metrics.addMetric(METRICS.pace, MetricUnit.CountPerSecond, this.pace.rate);
    this.metrics.addMetric(METRICS.paceLimit, MetricUnit.CountPerSecond, this.pace.limit);
    this.metrics.publishStoredMetrics();
    this.counts.clear();
  }

  /** Tells for the last time. */
  public end(): void {
    clearInterval(this.timer);
    this.publish();
  }
}

import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { METRICS, MESSAGE_SOURCES } from '../../lib/private/contracts/message';
import type { Composition } from './compose';
import { type MessageFacts, readEvent } from './event';
import { UnreadableMessages } from './library';

/** Names and counts for the log and the metrics, never a value. */
const metrics = new Metrics({ namespace: METRICS.namespace, serviceName: METRICS.service });

/** A line of log only for what is left to Cognito: messages in our words are the rule, and the metrics count them. */
export function reportMessages({ facts, messages, defaults, refusedMetadata }: Composition): void {
  if (defaults.length > 0 || refusedMetadata.length > 0) {
    console.info({
      message: defaults.length > 0 ? 'Cognito sends its own message' : 'A value of ClientMetadata breaks its rule',
      source: sourceName(facts),
      ...(defaults.length > 0 && { defaults }),
      ...(refusedMetadata.length > 0 && { refusedMetadata }),
    });
  }
  count(
    facts,
    Object.keys(messages).length,
    defaults.map(({ reason }) => reason),
    refusedMetadata.length,
  );
}

/** Of any other error than our own, the name alone: its message may quote what it stumbled over. */
export function reportFailure(error: unknown, event: unknown): void {
  try {
    const text =
      error instanceof UnreadableMessages ? error.message : error instanceof Error ? error.name : typeof error;
    console.error({ message: 'Cognito sends its own message', reason: 'Error', error: text });
    count(readEvent(event), 0, ['Error'], 0);
  } catch {
    // An event that cannot even be read has no pool to count for, and whoever waits for the code must not pay for it.
  }
}

/** An unknown source is not repeated: whatever is not one of Cognito's names may be anything. */
const sourceName = ({ source }: MessageFacts): string => (MESSAGE_SOURCES.includes(source) ? source : 'unknown');

/** As Cognito names its pools; whatever else arrives is not repeated either. */
const POOL = /^[\w-]{1,40}_[\da-z]{1,40}$/i;

function count(facts: MessageFacts, rendered: number, reasons: readonly string[], refusedMetadata: number): void {
  const dimension = { [METRICS.poolDimension]: POOL.test(facts.userPoolId) ? facts.userPoolId : 'unknown' };
  metrics.addDimensions(dimension);
  metrics.addMetric(METRICS.renderedMessages, MetricUnit.Count, rendered);
  metrics.addMetric(METRICS.defaultMessages, MetricUnit.Count, reasons.length);
  metrics.addMetric(METRICS.refusedMetadata, MetricUnit.Count, refusedMetadata);
  metrics.publishStoredMetrics();
  for (const reason of new Set(reasons)) {
    const byReason = metrics.singleMetric();
    byReason.addDimensions({ ...dimension, [METRICS.reasonDimension]: reason });
    const times = reasons.filter((other) => other === reason).length;
    byReason.addMetric(METRICS.defaultMessages, MetricUnit.Count, times);
  }
}

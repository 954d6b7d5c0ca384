import type { Logger } from '@aws-lambda-powertools/logger';
import { METRICS } from '../../lib/private/contracts/seed-results';
import type { Gauge } from './gauge';
import { displayName, type PlaceOf } from './report';
import type { Outcome } from './transition';
import type { WayBack } from './way-back';

export const countOutcome = (gauge: Gauge, { planned, changed, created, skipped, failed, refusal }: Outcome): void => {
  // Of a refused plan, nobody is changed.
  const failures = refusal ? Math.max(planned, failed.length) : failed.length;
  gauge.count(METRICS.plannedUsers, planned);
  gauge.count(METRICS.finishedUsers, changed.length + skipped.length + failures);
  gauge.count(METRICS.changedUsers, changed.length);
  gauge.count(METRICS.createdUsers, created.length);
  gauge.count(METRICS.skippedUsers, skipped.length);
  gauge.count(METRICS.failedUsers, failures);
  gauge.count(METRICS.throttledRequests, 0);
};

/** Names and counts for the log, never a value. */
export const tellOutcome = (log: Logger, outcome: Outcome, throttled: number, placeOf: PlaceOf): void => {
  const { planned, changed, created, deleted, unchanged, skipped, failed, notRestored = [], refusal } = outcome;
  const named = (username: string) => ({ user: displayName(username), ...placeOf(username) });

  for (const { username, failure } of failed) log.error('Failed', { ...named(username), ...failure });
  for (const username of notRestored) log.error('Not restored', named(username));
  for (const username of skipped) log.warn('Skipped: the pool has no such user', named(username));
  for (const username of created) log.info('Created', named(username));
  for (const username of deleted) log.info('Deleted', named(username));
  log.info('Report', {
    refusal,
    planned,
    changed: changed.length,
    created: created.length,
    deleted: deleted.length,
    unchanged,
    skipped: skipped.length,
    failed: failed.length,
    notRestored: notRestored.length,
    throttled,
  });
};

/** The same of a way back, on which nobody has a place in a file. */
export const tellWayBack = (log: Logger, { lost, ...outcome }: WayBack, throttled: number): void => {
  for (const username of lost) log.warn('Cannot be brought back', { user: displayName(username) });
  tellOutcome(log, outcome, throttled, () => undefined);
};

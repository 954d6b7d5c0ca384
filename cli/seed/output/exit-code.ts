import type { Plans } from '../plan';
import { FileMistakes } from '../step/mistakes';
import { hasChanges, wouldFail } from './verdict';

/** What the command ends with, for pipelines. */
export const EXIT = { unchanged: 0, failure: 1, changes: 2 } as const;

export const exitCode = (plans: Plans): number => {
  if (anyWouldFail(plans)) return EXIT.failure;
  if (plans.seeders.some(hasChanges)) return EXIT.changes;
  // Of a seeder that nobody can plan, nobody can say that it changes nothing.
  return plans.unplanned.length > 0 ? EXIT.failure : EXIT.unchanged;
};

/** By a mistake in a file the deployment fails, too. */
export const anyWouldFail = ({ seeders, unplanned }: Plans): boolean =>
  seeders.some(wouldFail) || unplanned.some(({ error }) => error instanceof FileMistakes);

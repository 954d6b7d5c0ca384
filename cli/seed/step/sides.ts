/** What a pair says of the step between its two sides. */
import type { Pair } from '../declaration/declaration';
import type { Pool } from '../pool/pool';

/** What has been declared before, of those of whom it is known what is declared now: nobody has left who is not. */
export const former = ({ previous, desired }: Pair, pool: Pool) => {
  if (!previous) return undefined;
  const { seed } = previous;
  // Another pool means another resource, under which nothing has been declared yet.
  if (desired && desired.seed.userPoolId !== seed.userPoolId && isElsewhere(seed.userPoolId, pool)) return undefined;
  if (seed.source.kind !== 'inline') return seed;
  const deferred = new Set(desired?.deferred.map(({ username }) => username));
  return {
    ...seed,
    source: { kind: 'inline' as const, users: seed.source.users.filter(({ username }) => !deferred.has(username)) },
  };
};

const isElsewhere = (userPoolId: string, { id }: Pool): boolean => /^[\w-]+_\w+$/.test(userPoolId) && userPoolId !== id;

export const prunes = ({ previous, desired }: Pair): boolean =>
  desired ? desired.seed.prune : previous?.seed.onRemoval === 'DESTROY';

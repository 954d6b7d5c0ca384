import type { Seed } from '../../../lib/private/contracts/seed';
import { isDeferred } from './deferred';

/** Where the name of the group is known at deployment only by which the pool remembers whom a seeder has created. */
export const knownOwner = (seed: Seed): { readonly seed: Seed; readonly notes: readonly string[] } => {
  const { creation } = seed;
  if (creation?.owner === undefined || !isDeferred(creation.owner)) return { seed, notes: [] };
  return {
    seed: { ...seed, creation: { ...creation, owner: undefined } },
    notes: ['whom it has created is known at deployment only, so the plan does not show who would be deleted.'],
  };
};

import type { KeptAttributes, Seed } from '../../lib/private/contracts/seed';
import type { Creation } from '../../lib/private/contracts/seed-creation';

import { contactOf } from './contacts';

/** How a declaration is meant, beside whom and what it names. */
export interface Rules {
  /** Whether what is no longer declared is to go. */
  readonly prune: boolean;
  readonly kept: KeptAttributes;
  /**
   * Of the former declaration. Whoever has such a value may have chosen it: unless somebody remembers, it does not go with the
   * declaration.
   */
  readonly keptBefore: KeptAttributes;
  /** Absent: nobody is created. */
  readonly creation?: Creation;
  /** The group of those who are to be deleted when they leave the declaration. */
  readonly owner?: string;
  /** Whether what users had before is put back in place of what goes. */
  readonly restores: boolean;
}

/** With nothing but the defaults of a declaration. */
export const PLAIN: Rules = { prune: true, kept: [], keptBefore: [], restores: false };

/** @param desired undefined at a removal */
export const rulesOf = (previous: Seed | undefined, desired: Seed | undefined, prune: boolean): Rules => {
  const owner = prune ? ownerOf(previous, desired) : undefined;
  return {
    prune,
    kept: desired?.kept ?? [],
    keptBefore: previous?.kept ?? [],
    ...(desired?.onMissingUser === 'CREATE' && desired.creation ? { creation: desired.creation } : {}),
    ...(owner === undefined ? {} : { owner }),
    restores: (desired ?? previous)?.formerValues === 'RESTORE',
  };
};

/** Whoever stops declaring that users are deleted does not mean those who leave with the same deployment. */
const ownerOf = (previous: Seed | undefined, desired: Seed | undefined): string | undefined => {
  const owner = previous?.creation?.owner;
  return desired === undefined || desired.creation?.owner === owner ? owner : undefined;
};

/** A flag is kept with its contact. */
export const isKept = (name: string, kept: KeptAttributes): boolean => kept === 'ALL' || kept.includes(contactOf(name));

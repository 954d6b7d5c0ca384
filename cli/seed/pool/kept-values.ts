import type { KeptAttributes } from '../../../lib/private/contracts/seed';
import { type Attributes, valueOf } from '../../../lambda/seeder/attributes';
import { contactOf, isVerificationFlag } from '../../../lambda/seeder/contacts';

/** How many declared values a user is not given, who has another one. A flag goes with its address. */
export const keptValues = (declared: Attributes, live: Attributes, kept: KeptAttributes): number =>
  Object.entries(declared).filter(([name, value]) => {
    const current = valueOf(live, name);
    if (isVerificationFlag(name) || current === undefined || current === value) return false;
    return kept === 'ALL' || kept.includes(contactOf(name));
  }).length;

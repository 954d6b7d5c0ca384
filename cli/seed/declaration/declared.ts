/** From the seeders of templates to declarations. One that cannot be read does not keep the others from being planned. */
import { CommandError } from '../../preview/errors';
import type { FoundPair } from './choose';
import type { Declaration, Pair } from './declaration';
import { seederDeclaration } from './seeder';

/** A seeder of which nobody can say what it would change. */
export interface Unplanned {
  readonly title: string;
  readonly stack?: string;
  readonly error: Error;
}

export const declared = (
  found: readonly FoundPair[],
  object: string | undefined,
): { pairs: Pair[]; unplanned: Unplanned[] } => {
  const pairs: Pair[] = [];
  const unplanned: Unplanned[] = [];
  for (const { desired, previous } of found) {
    // Where nothing is to go, nobody is changed.
    if (!desired && previous?.properties.Removal !== 'DESTROY') continue;
    const { title, stack } = (desired ?? previous)!;
    try {
      pairs.push(
        desired ? withFormer(seederDeclaration(desired, object), previous) : { previous: seederDeclaration(previous!) },
      );
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      unplanned.push({ title, stack, error });
    }
  }
  return { pairs, unplanned };
};

/** What an object held, for one, nobody can say without it: then the plan is of what is declared now. */
const withFormer = (desired: Declaration, former: FoundPair['previous']): Pair => {
  if (!former) return { desired };
  try {
    return { desired, previous: seederDeclaration(former) };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const note = 'its former declaration cannot be read here, so the plan does not show what has left it.';
    return { desired: { ...desired, notes: [...desired.notes, note] } };
  }
};

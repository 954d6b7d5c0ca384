/**
 * What users had before all declarations. A run that remembers writes it down in two parts: what was known when it was planned, as
 * sorted rows, and in its journal what becomes of that for the users whom it changes.
 */
import { encodeFormerRow, type Former, remember } from '../former';
import type { Intent } from '../plan';
import { join } from '../rows/join';
import { type Rows, rowsInMemory } from '../rows/rows';
import { openRuns, Sorter } from '../rows/sort';
import { forEachBlock } from './journal';
import type { RunPlan } from './run-plan';
import { PLAN } from './run-request';
import type { RunStore } from './run-store';

/** What was known when a run was planned. */
export class Origins {
  private readonly sorter: Sorter;

  public constructor(store: RunStore) {
    this.sorter = new Sorter(store, NAME);
  }

  /** Of what is declared no more, nothing is remembered. */
  public readonly add = ({ username, memory }: Intent): void | Promise<void> => {
    const former = memory && remember(memory, undefined);
    return former && this.sorter.add(encodeFormerRow(username, former));
  };

  /** @returns in how many parts they have been written */
  public async end(): Promise<number> {
    return this.sorter.flush();
  }
}

const NAME = 'origins/sorted';

/**
 * @param runs that may have begun to apply a declaration since, the latest first: whatever the one before has written, the one
 * after has read
 * @param scratch where memory does not hold it
 */
export const openMemory = async (runs: readonly RunStore[], scratch: RunStore): Promise<Rows> => {
  for (const store of runs) {
    const plan = await store.get<RunPlan>(PLAN);
    if (plan?.origins === undefined || plan.refused) continue;
    const known = await openRuns(store, NAME, plan.origins).catch(orExpired);
    if (!known) break;
    return overlaid(known, await journalRows(store, plan, scratch), scratch);
  }
  return rowsInMemory([]);
};

const journalRows = async (store: RunStore, plan: RunPlan, scratch: RunStore): Promise<Rows> => {
  const sorter = new Sorter(scratch, 'sorted/journal');
  await forEachBlock(store, plan, async (entries) => {
    for (const { username, former } of entries) {
      const wait = sorter.add(former ? encodeFormerRow(username, former) : nothingOf(username));
      if (wait) await wait;
    }
  });
  return sorter.open();
};

/** A journal's row takes the place of what was known before. */
const overlaid = async (known: Rows, journal: Rows, scratch: RunStore): Promise<Rows> => {
  const sorter = new Sorter(scratch, 'sorted/memory');
  await join({ previous: known, desired: journal }, ({ previous, desired }) => {
    const line = desired ?? previous!;
    return isNothing(line) ? undefined : sorter.add(line);
  });
  return sorter.open();
};

/** Of a user of whom nothing is to be remembered. */
const nothingOf = (username: string): string => `0 ${JSON.stringify([username, null satisfies Former | null])}`;
const isNothing = (line: string): boolean => line.endsWith(',null]');

/** Objects of runs expire. Nobody's values come back then, and nobody's go. */
const orExpired = (error: unknown): undefined => {
  if ((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode !== 404) throw error;
};

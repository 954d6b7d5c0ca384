import { createHash } from 'node:crypto';
import type { Seed } from '../../lib/private/contracts/seed';
import { digestsOf, formersAt, type Formers, isWayBack, type Journal, journalOf } from './journal';
import type { Change } from './settle';
import type { Step } from './step';
import type { Surroundings } from './transition';

/** Where journals are kept, by name. */
export interface Journals {
  load(name: string): Promise<Journal | undefined>;
  save(name: string, journal: Journal): Promise<void>;
  forget(name: string): Promise<void>;
}

export interface MemoryRequest {
  readonly stackId: string;
  readonly seeder: string;
  /** The one of CloudFormation's, the same when it comes again. */
  readonly requestId: string;
  readonly previous: Seed | undefined;
  readonly desired: Seed | undefined;
}

export interface MemorySurroundings {
  readonly journals: (bucket: string) => Journals;
  readonly isRollingBack: () => Promise<boolean>;
}

/** What is remembered of users while CloudFormation's request is carried out. */
export interface Memory {
  /** The step to be undone, where CloudFormation is on its way back. */
  readonly wayBack?: Journal;
  /** What users had before all declarations. */
  readonly formers: Formers;
  /** Writes down what a step is about to change. */
  witness(step: Step): Pick<Surroundings, 'beforeChanges' | 'afterCreations'>;
  /** Leaves nothing of anybody. */
  forget(): Promise<void>;
}

/** What users had cannot be read or written, so that it could not be put back either. */
export class MemoryLost extends Error {}

/** Whether a declaration asks for a memory. */
export const remembers = (...seeds: readonly (Seed | undefined)[]): boolean =>
  seeds.some((seed) => seed?.formerValues === 'RESTORE' && seed.bucket !== undefined);

/** @throws MemoryLost, unless CloudFormation is on its way back, in which nothing may stand */
export const openMemory = async (
  { stackId, seeder, requestId, previous, desired }: MemoryRequest,
  { journals, isRollingBack }: MemorySurroundings,
): Promise<Memory> => {
  const [first] = [previous, desired].filter((seed) => remembers(seed));
  const { userPoolId, bucket } = first!;
  const place = createHash('sha256')
    .update(JSON.stringify([stackId, userPoolId]))
    .digest('hex')
    .slice(0, 24);
  const name = `${seeder}/${place}.json`;
  const digests = digestsOf(previous, desired);

  const written = await journals(bucket!)
    .load(name)
    .catch(async (error) => {
      if (await isRollingBack()) return undefined;
      throw new MemoryLost((error as Error).name);
    });
  // CloudFormation is on its way back from a step that was refused before it began, or led to another pool: what the journal's
  // step has set is there.
  const isThere =
    written?.from === digests.from &&
    written?.to === digests.to &&
    written.request !== requestId &&
    (await isRollingBack());
  const journal = isThere ? { ...written, before: written.after } : written;
  const wayBack = isWayBack(journal, digests) && (await isRollingBack()) ? journal : undefined;
  return {
    ...(wayBack ? { wayBack } : {}),
    formers: formersAt(journal, digests),
    witness: ({ intents, remembered = [] }) => {
      if (!desired || !remembers(desired)) return {};
      const to = journals(desired.bucket!);
      let current: Journal;
      return {
        beforeChanges: async (changes) => {
          current = journalOf(journal, requestId, digests, [...intents, ...remembered], changes);
          await to.save(name, current).catch((error) => {
            throw new MemoryLost((error as Error).name);
          });
        },
        afterCreations: async (created) => {
          current = { ...current, created: { ...current.created, ...subsOf(created) } };
          // What is not written down is not taken back, and the users are there.
          await to.save(name, current).catch(() => undefined);
        },
      };
    },
    forget: async () => {
      if (!wayBack) return journals(bucket!).forget(name);
      // Should the request come again, it is to be the way back again.
      await journals(bucket!).save(name, { ...wayBack, changes: [], created: {}, before: {}, after: {} });
    },
  };
};

const subsOf = (created: ReadonlyMap<Change, string>): Record<string, string> =>
  Object.fromEntries([...created].map(([{ declaredAs }, sub]) => [declaredAs, sub]));

import type { Seed } from '../../../lib/private/contracts/seed';
import type { Made } from './made';

/** What a seeder declares, as far as it is known before the deployment. */
export interface Declaration {
  /** The construct's path, or the file's name. */
  readonly title: string;
  /** How else it may be called: by its stack, its logical id. */
  readonly stack?: string;
  readonly logicalId?: string;
  /** Whose `bucket` is the local file, where the users stand in one. */
  readonly seed: Seed;
  /** Undefined where nothing says: a file has no engine. */
  readonly engine?: Engine;
  /** What the seeder's assembly makes beside it. */
  readonly made: Made;
  /** Users of whom only the deployment knows what is declared. They are not in the seed. */
  readonly deferred: readonly DeferredUser[];
  /** What else the reader of a plan has to know. */
  readonly notes: readonly string[];
}

export interface DeferredUser {
  /** Undefined: every user whom a rule selects. */
  readonly username?: string;
  /** Whose values are known at deployment only. */
  readonly attributes: readonly string[];
  /** Described, since their names are known at deployment only. Where neither is there, it is the user's name. */
  readonly groups?: readonly string[];
}

export type Engine =
  | { readonly kind: 'lambda' }
  | { readonly kind: 'step-functions'; readonly waitForCompletion: boolean; readonly toleratedFailures: number };

/** A seeder before and after the deployment. */
export interface Pair {
  readonly previous?: Declaration;
  /** Undefined where the seeder itself is removed. */
  readonly desired?: Declaration;
}

import type { DeclaredUser } from '../../lib/private/contracts/seed';
import { type Attributes, valueOf, where } from './attributes';
import { isVerificationFlag, withBothHalves, withoutOrphanedFlags } from './contacts';

export interface Declaration {
  readonly users: readonly DeclaredUser[];
  readonly clientMetadata?: Readonly<Record<string, string>>;
}

/** What a stack declares before it has the seeder, and after. */
export const NOTHING: Declaration = { users: [] };

/** What the step from one declaration to another means for one user, before anybody has looked at the pool. */
export interface Intent {
  /** As declared: a username, an alias or a `sub`. */
  readonly username: string;
  readonly set: Attributes;
  /** Declared to be absent. */
  readonly delete: readonly string[];
  /** No longer declared, with the value that was: goes only where the user still has that value. */
  readonly prune: Attributes;
  /** All attributes that are declared now, changed or not. */
  readonly keep: readonly string[];
  readonly clientMetadata: Readonly<Record<string, string>>;
  /** Whether the user is declared now. One who merely left the declaration may well be gone from the pool. */
  readonly declared: boolean;
}

/**
 * What becomes of every user of two declarations, also of those for whom nothing changes.
 *
 * @param prune whether what is no longer declared is to go
 */
export const plan = (previous: Declaration, desired: Declaration, prune: boolean): Intent[] => {
  const before = new Map(previous.users.map((user) => [user.username, user.attributes]));
  const declared = new Set(desired.users.map((user) => user.username));

  const staying = desired.users.map((user) => ({
    username: user.username,
    ...difference(before.get(user.username) ?? {}, user.attributes, prune),
    clientMetadata: { ...desired.clientMetadata, ...user.clientMetadata },
    declared: true,
  }));
  const leaving = previous.users
    .filter((user) => !declared.has(user.username))
    .map((user) => ({
      username: user.username,
      ...difference(user.attributes, {}, prune),
      clientMetadata: {},
      declared: false,
    }));
  return [...staying, ...leaving];
};

/** Whether the step changes anything for the user. */
export const hasWork = (intent: Intent): boolean =>
  Object.keys(intent.set).length + intent.delete.length + Object.keys(intent.prune).length > 0;

const difference = (
  before: Attributes,
  declared: Attributes,
  prune: boolean,
): Pick<Intent, 'set' | 'delete' | 'prune' | 'keep'> => {
  const after = withoutOrphanedFlags(declared);
  const changed = where(after, (name, value) => valueOf(before, name) !== value);
  const left = where(
    before,
    // A flag belongs to its contact: an address does not become unverified because nobody declares it any more.
    (name, value) => valueOf(after, name) === undefined && value !== '' && !isVerificationFlag(name),
  );
  return {
    set: withBothHalves(
      where(changed, (_, value) => value !== ''),
      after,
    ),
    delete: Object.keys(where(changed, (_, value) => value === '')),
    prune: prune ? left : {},
    keep: Object.keys(after),
  };
};

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

/** What a user is to have or not to have, and what they may lose. */
export interface Expectation {
  readonly username: string;
  /** Of the former declaration; undefined where it did not name the user. */
  readonly before: Attributes | undefined;
  /** Of the declaration to come; undefined where it does not name the user. */
  readonly after: Attributes | undefined;
  readonly clientMetadata: Readonly<Record<string, string>>;
}

/**
 * What becomes of every user of two declarations, also of those for whom nothing changes.
 *
 * @param prune whether what is no longer declared is to go
 */
export const plan = (previous: Declaration, desired: Declaration, prune: boolean): Intent[] => {
  const before = new Map(previous.users.map((user) => [user.username, user.attributes]));
  const declared = new Set(desired.users.map((user) => user.username));
  const staying = desired.users.map(({ username, attributes, clientMetadata }) => ({
    username,
    before: before.get(username),
    after: attributes,
    clientMetadata: { ...desired.clientMetadata, ...clientMetadata },
  }));
  const leaving = previous.users
    .filter((user) => !declared.has(user.username))
    .map(({ username, attributes }) => ({ username, before: attributes, after: undefined, clientMetadata: {} }));
  return [...staying, ...leaving].map((user) => planUser(user, prune));
};

/** One user's share of the step. */
export const planUser = ({ username, before = {}, after, clientMetadata }: Expectation, prune: boolean): Intent => {
  const declared = withoutOrphanedFlags(after ?? {});
  return intent(
    username,
    where(declared, (name, value) => valueOf(before, name) !== value),
    before,
    declared,
    prune,
    clientMetadata,
    after !== undefined,
  );
};

/** The same where the pool itself is looked at, so that all that is declared counts, changed or not. */
export const planLiveUser = ({ username, before = {}, after, clientMetadata }: Expectation, prune: boolean): Intent => {
  const declared = withoutOrphanedFlags(after ?? {});
  return intent(username, declared, before, declared, prune, clientMetadata, after !== undefined);
};

/** Whether the step changes anything for the user. */
export const hasWork = (intent: Intent): boolean =>
  Object.keys(intent.set).length + intent.delete.length + Object.keys(intent.prune).length > 0;

const intent = (
  username: string,
  wanted: Attributes,
  before: Attributes,
  declared: Attributes,
  prune: boolean,
  clientMetadata: Readonly<Record<string, string>>,
  isDeclared: boolean,
): Intent => ({
  username,
  set: withBothHalves(
    where(wanted, (_, value) => value !== ''),
    declared,
  ),
  delete: Object.keys(where(wanted, (_, value) => value === '')),
  prune: prune
    ? where(
        before,
        // A flag belongs to its contact: an address does not become unverified because nobody declares it any more.
        (name, value) => valueOf(declared, name) === undefined && value !== '' && !isVerificationFlag(name),
      )
    : {},
  keep: Object.keys(declared),
  clientMetadata,
  declared: isDeclared,
});

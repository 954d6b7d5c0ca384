import { type Attributes, valueOf, where } from './attributes';
import { CONTACTS, isVerificationFlag, withBothHalves } from './contacts';
import type { Intent } from './plan';

/** A user as the pool has them. */
export interface LiveUser {
  /** The pool's own name for the user, whatever alias they were asked for by. */
  readonly username: string;
  readonly attributes: Attributes;
}

/** What is sent to Cognito for one user, and what undoes it. */
export interface Change {
  readonly username: string;
  readonly set: Attributes;
  readonly delete: readonly string[];
  readonly clientMetadata: Readonly<Record<string, string>>;
  /** The user as they were before. */
  readonly before: LiveUser;
}

/**
 * What is left to do for a user as the pool has them: nothing that is so already, so that a request that comes twice
 * mails nobody twice; and nothing is pruned that has been changed since, or that was never ours.
 */
export const settle = (intent: Intent, live: LiveUser): Change | undefined => {
  const has = (name: string) => valueOf(live.attributes, name) !== undefined;
  const differing = where(intent.set, (name, value) => valueOf(live.attributes, name) !== value);
  const pruned = where(intent.prune, (name, value) => valueOf(live.attributes, name) === value);
  const change = {
    username: intent.username,
    set: withBothHalves(differing, intent.set),
    delete: [...intent.delete.filter(has), ...Object.keys(pruned)],
    clientMetadata: intent.clientMetadata,
    before: live,
  };
  return Object.keys(change.set).length + change.delete.length > 0 ? change : undefined;
};

/** What puts a user back as they were before a change, however much of it was carried out. */
export const inverse = (change: Change): Intent => {
  const { attributes } = change.before;
  const touched = [...Object.keys(change.set), ...change.delete];
  const flags = CONTACTS.filter(
    ({ contact }) => touched.includes(contact) && valueOf(attributes, contact) !== undefined,
  )
    // Without its flag, a restored address would be sent a code; an absent flag means unverified.
    .map(({ flag }) => [flag, valueOf(attributes, flag) ?? 'false']);
  return {
    username: change.username,
    set: { ...where(attributes, (name) => touched.includes(name)), ...Object.fromEntries(flags) },
    delete: touched.filter((name) => valueOf(attributes, name) === undefined && !isVerificationFlag(name)),
    prune: {},
    clientMetadata: change.clientMetadata,
    declared: false,
  };
};

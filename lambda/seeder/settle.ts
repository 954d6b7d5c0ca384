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
  /** For reports. */
  readonly declaredAs: string;
  /** Whether the user has to be there. */
  readonly declared: boolean;
  /** The user as they were before. Calls go by the pool's own name: the change may be of the alias that was declared. */
  readonly before: LiveUser;
  readonly set: Attributes;
  readonly delete: readonly string[];
  readonly clientMetadata: Readonly<Record<string, string>>;
}

/**
 * What is left to do for a user as the pool has them: nothing that is so already, so that a request that comes twice
 * mails nobody twice; and nothing is pruned that has been changed since, or that was never ours.
 */
export const settle = (intent: Intent, live: LiveUser): Change | undefined => {
  const has = (name: string) => valueOf(live.attributes, name) !== undefined;
  const differing = where(intent.set, (name, value) => valueOf(live.attributes, name) !== value);
  const pruned = where(intent.prune, (name, value) => valueOf(live.attributes, name) === value);
  return unlessEmpty({
    declaredAs: intent.username,
    declared: intent.declared,
    before: live,
    set: withBothHalves(differing, intent.set),
    delete: [...intent.delete.filter(has), ...Object.keys(pruned)],
    clientMetadata: intent.clientMetadata,
  });
};

/**
 * What puts a user back as they were before a change, however much of it was carried out. What is not as the change left
 * it, somebody else has changed since, and it stays.
 */
export const undo = (change: Change, live: LiveUser): Change | undefined => {
  const former = change.before.attributes;
  const asLeft = (name: string) => valueOf(live.attributes, name) === valueOf(carriedOut(change), name);
  const touched = [...Object.keys(change.set), ...change.delete].filter(
    (name) =>
      asLeft(name) &&
      valueOf(live.attributes, name) !== valueOf(former, name) &&
      // The flag of an address that is another by now says something of that one.
      CONTACTS.every(({ contact, flag }) => name !== flag || asLeft(contact)),
  );
  const pairs = CONTACTS.filter(({ contact, flag }) => touched.includes(contact) || touched.includes(flag));
  // Without its flag, an address that is put back would be sent a code. An absent flag means unverified.
  const flags = pairs
    .filter(({ contact }) => valueOf(former, contact) !== undefined)
    .flatMap(({ contact, flag }) => [
      [contact, former[contact]],
      [flag, valueOf(former, flag) ?? 'false'],
    ]);
  return unlessEmpty({
    ...change,
    set: { ...where(former, (name) => touched.includes(name)), ...Object.fromEntries(flags) },
    delete: touched.filter((name) => valueOf(former, name) === undefined && !isVerificationFlag(name)),
  });
};

/** The user's attributes after a change. */
const carriedOut = ({ before, set, delete: names }: Change): Attributes => ({
  ...where(before.attributes, (name) => !names.includes(name)),
  ...set,
});

/** How many requests it takes to put a user back: a look, and what undoes the change. */
export const requestsToUndo = (change: Change): number => {
  const back = undo(change, { ...change.before, attributes: carriedOut(change) });
  return 1 + (back ? requestsOf(back) : 0);
};

const unlessEmpty = (change: Change): Change | undefined => (requestsOf(change) > 0 ? change : undefined);

/** One update and one deletion at most. */
export const requestsOf = ({ set, delete: names }: Pick<Change, 'set' | 'delete'>): number =>
  Math.sign(Object.keys(set).length) + Math.sign(names.length);

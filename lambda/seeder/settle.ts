import { type Account, hasAccountWork, NO_ACCOUNT, settleAccount, undoAccount } from './account';
import { type Attributes, valueOf, where } from './attributes';
import { contactOf, CONTACTS, isVerificationFlag, mayMessage, withBothHalves } from './contacts';
import type { Memory } from './former';
import type { DeclaredCreation, Intent } from './plan';

/** A user as the pool has them. */
export interface LiveUser {
  /** The pool's own name for the user, whatever alias they were asked for by. */
  readonly username: string;
  readonly attributes: Attributes;
  readonly enabled?: boolean;
  /** As Cognito calls it, where somebody has asked for this one user. */
  readonly status?: string;
  /** Milliseconds since 1970; with the status. */
  readonly createdAt?: number;
  /** Where somebody has asked for them. */
  readonly groups?: readonly string[];
}

/** What is sent to Cognito for one user, and what undoes it. */
export interface Change {
  /** For reports. */
  readonly declaredAs: string;
  /** Whether the user has to be there. */
  readonly declared: boolean;
  /**
   * The user as they were before. Calls go by the pool's own name: the change may be of the alias that was declared. Of one who is
   * to be created, the declared name alone.
   */
  readonly before: LiveUser;
  readonly set: Attributes;
  readonly delete: readonly string[];
  readonly clientMetadata: Readonly<Record<string, string>>;
  readonly account?: Account;
  /** The user is to be created so; nothing else is to be done then. */
  readonly create?: DeclaredCreation;
  /** The user is to be deleted; nothing else is to be done then. */
  readonly remove?: true;
}

/**
 * What is left to do for a user as the pool has them: nothing that is so already, so that a request that comes twice
 * mails nobody twice; and nothing is pruned that has been changed since, or that was never ours.
 */
export const settle = (intent: Intent, live: LiveUser): Change | undefined => {
  const { username: declaredAs, declared, clientMetadata, owner } = intent;
  const change = { declaredAs, declared, before: live, set: {}, delete: [], clientMetadata };
  if (owner !== undefined && live.groups?.includes(owner)) return { ...change, remove: true };
  const has = (name: string) => valueOf(live.attributes, name) !== undefined;
  const wanted = where(intent.set, (name) => !intent.kept?.includes(name) || !has(contactOf(name)));
  const differing = where(wanted, (name, value) => valueOf(live.attributes, name) !== value);
  const ours = where(intent.prune, (name, value) => (valueOf(live.attributes, name) ?? '') === value);
  const { back, gone } = takenBack(Object.keys(ours), intent.memory);
  return unlessEmpty({
    ...change,
    set: { ...withBothHalves(differing, wanted), ...back },
    delete: [...intent.delete, ...gone].filter(has),
    ...accountPart(intent.account && settleAccount(intent.account, live)),
  });
};

/** What brings a user into the pool who is not there; undefined where nobody is to be created. */
export const settleCreation = ({ username, creation, clientMetadata }: Intent): Change | undefined =>
  creation && {
    declaredAs: username,
    declared: true,
    before: { username, attributes: {} },
    set: {},
    delete: [],
    clientMetadata: creation.clientMetadata ?? clientMetadata,
    create: creation,
  };

/** What becomes of values that go: they are deleted, or what was there before comes back, as far as it is known. */
const takenBack = (
  names: readonly string[],
  memory: Memory | undefined,
): { readonly back: Attributes; readonly gone: readonly string[] } => {
  if (!memory) return { back: {}, gone: names };
  const { former, after } = memory;
  // A flag may be declared without its address.
  const declared = where(after?.attributes ?? {}, isVerificationFlag);
  const known = names.filter((name) => Object.hasOwn(former.attributes, name));
  const back = known.flatMap((name) => {
    const value = former.attributes[name];
    return value === null ? [] : [[name, value], ...flagOf(name, former.attributes)];
  });
  const absent = known.filter((name) => former.attributes[name] === null);
  const flags = CONTACTS.filter(({ contact, flag }) => absent.includes(contact) && former.attributes[flag] === null);
  return {
    back: { ...Object.fromEntries(back), ...where(declared, (name) => back.some(([restored]) => restored === name)) },
    gone: [...absent, ...flags.map(({ flag }) => flag).filter((flag) => valueOf(declared, flag) === undefined)],
  };
};

/** Without its flag, an address that is put back would be sent a code. An absent flag means unverified. */
const flagOf = (contact: string, attributes: Readonly<Record<string, string | null | undefined>>): string[][] =>
  CONTACTS.filter((pair) => pair.contact === contact).map(({ flag }) => [flag, attributes[flag] ?? 'false']);

/**
 * What puts a user back as they were before a change, however much of it was carried out. What is not as the change left
 * it, somebody else has changed since, and it stays.
 *
 * @param created the `sub` of the user whom the change has created, where it has
 */
export const undo = (change: Change, live: LiveUser, created?: string): Change | undefined => {
  if (change.remove) return undefined; // gone for good
  if (change.create) {
    const isOurs = created !== undefined && valueOf(live.attributes, 'sub') === created;
    return isOurs ? { ...change, before: live, create: undefined, remove: true } : undefined;
  }
  const former = change.before.attributes;
  const asLeft = (name: string) => valueOf(live.attributes, name) === valueOf(carriedOut(change).attributes, name);
  const touched = [...Object.keys(change.set), ...change.delete].filter(
    (name) =>
      asLeft(name) &&
      valueOf(live.attributes, name) !== valueOf(former, name) &&
      // The flag of an address that is another by now says something of that one.
      CONTACTS.every(({ contact, flag }) => name !== flag || asLeft(contact)),
  );
  const pairs = CONTACTS.filter(({ contact, flag }) => touched.includes(contact) || touched.includes(flag));
  const flags = pairs
    .filter(({ contact }) => valueOf(former, contact) !== undefined)
    .flatMap(({ contact }) => [[contact, former[contact]], ...flagOf(contact, former)]);
  return unlessEmpty({
    ...change,
    set: { ...where(former, (name) => touched.includes(name)), ...Object.fromEntries(flags) },
    // A flag goes with its address alone.
    delete: touched.filter(
      (name) => valueOf(former, name) === undefined && valueOf(former, contactOf(name)) === undefined,
    ),
    ...accountPart(change.account && undoAccount(change.account, change.before, live)),
  });
};

const accountPart = (account: Account | undefined): { account: Account | undefined } | object =>
  account && hasAccountWork(account) ? { account } : { account: undefined };

/** The user after a change. */
export const carriedOut = ({ before, set, delete: names, account = NO_ACCOUNT }: Change): LiveUser => ({
  ...before,
  attributes: { ...where(before.attributes, (name) => !names.includes(name)), ...set },
  enabled: account.enabled ?? before.enabled,
  groups: before.groups && [...before.groups.filter((group) => !account.leave.includes(group)), ...account.join],
});

/** What comes after what: each phase only where all before it have succeeded. */
export const PHASES = ['reversible', 'messages', 'passwords', 'deletions'] as const;
export type Phase = (typeof PHASES)[number];

/** What cannot be taken back comes last: somebody is messaged, has another password, or is gone. */
export const phaseOf = ({ set, remove, account, create }: Change, invites: boolean): Phase => {
  if (remove) return 'deletions';
  if (account?.password) return 'passwords';
  return mayMessage(set) || (create !== undefined && invites) ? 'messages' : 'reversible';
};

const unlessEmpty = (change: Change): Change | undefined => (isNothing(change) ? undefined : change);

const isNothing = ({ set, delete: names, account = NO_ACCOUNT, create, remove }: Change): boolean =>
  Object.keys(set).length + names.length === 0 && !hasAccountWork(account) && !create && !remove;

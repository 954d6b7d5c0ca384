import type { Creation } from '../../lib/private/contracts/seed-creation';
import type { DeclaredUser } from '../../lib/private/contracts/seed-user';
import { type Account, hasAccountWork, planAccount } from './account';
import { type Attributes, valueOf, where } from './attributes';
import { isContact, isVerificationFlag, withBothHalves, withoutOrphanedFlags } from './contacts';
import type { Former, Memory } from './former';
import { isKept, type Rules } from './rules';

export interface Declaration {
  readonly users: readonly DeclaredUser[];
  readonly clientMetadata?: Readonly<Record<string, string>>;
}

/** What a stack declares before it has the seeder, and after. */
export const NOTHING: Declaration = { users: [] };

/** What is declared of a user whose name is known. */
export type Declared = Omit<DeclaredUser, 'username' | 'clientMetadata'>;

/** The same of a user who is created. */
export interface DeclaredCreation extends Declared {
  /** The group by which it is known whom the seeder has created. */
  readonly owner?: string;
  /** Where it is another than for changes. */
  readonly clientMetadata?: Readonly<Record<string, string>>;
}

/** What the step from one declaration to another means for one user, before anybody has looked at the pool. */
export interface Intent {
  /** As declared: a username, an alias or a `sub`. */
  readonly username: string;
  readonly set: Attributes;
  /** Declared to be absent. */
  readonly delete: readonly string[];
  /** Of those to be set, the ones that are only for users who have none. */
  readonly kept?: readonly string[];
  /** No longer declared, with the value that was: goes only where the user still has that value. */
  readonly prune: Attributes;
  /** Where what was there before comes back in place of what goes. */
  readonly memory?: Memory;
  /** All attributes that are declared now, changed or not. */
  readonly keep: readonly string[];
  readonly clientMetadata: Readonly<Record<string, string>>;
  /** Whether the user is declared now. One who merely left the declaration may well be gone from the pool. */
  readonly declared: boolean;
  /** Absent where there is nothing to do about it. */
  readonly account?: Account;
  /** With what the user is created, should the pool not have them; absent where nobody is. */
  readonly creation?: DeclaredCreation;
  /** Whether the user is to be looked for, whatever else there is to do. */
  readonly isNew?: true;
  /** Where the pool has the user in this group, the user goes. */
  readonly owner?: string;
}

/** What a user is to have or not to have, and what they may lose. */
export interface Expectation {
  readonly username: string;
  /** Of the former declaration; undefined where it did not name the user. */
  readonly before: Declared | undefined;
  /** Of the declaration to come; undefined where it does not name the user. */
  readonly after: Declared | undefined;
  readonly clientMetadata: Readonly<Record<string, string>>;
  /** Of these, the keys that are the user's own. */
  readonly ownMetadata?: Readonly<Record<string, string>>;
  /** What the user had before all of this. */
  readonly former?: Former;
}

/** What becomes of every user of two declarations, also of those for whom nothing changes. */
export const plan = (
  previous: Declaration,
  desired: Declaration,
  rules: Rules,
  formerOf: (username: string) => Former | undefined = () => undefined,
): Intent[] => {
  const before = new Map(previous.users.map((user) => [user.username, user]));
  const declared = new Set(desired.users.map((user) => user.username));
  const staying = desired.users.map(({ username, clientMetadata, ...after }) => ({
    username,
    before: before.get(username),
    after,
    clientMetadata: { ...desired.clientMetadata, ...clientMetadata },
    ownMetadata: clientMetadata,
    former: formerOf(username),
  }));
  const leaving = previous.users
    .filter((user) => !declared.has(user.username))
    .map((user) => ({
      username: user.username,
      before: user,
      after: undefined,
      clientMetadata: {},
      former: formerOf(user.username),
    }));
  return [...staying, ...leaving].map((user) => planUser(user, rules));
};

/** One user's share of the step. */
export const planUser = (expectation: Expectation, rules: Rules): Intent => intent(expectation, rules, false);

/** The same where the pool itself is looked at, so that all that is declared counts, changed or not. */
export const planLiveUser = (expectation: Expectation, rules: Rules): Intent => intent(expectation, rules, true);

/** Whether the step changes anything for the user. */
export const hasWork = ({ set, delete: names, prune, account, isNew, owner }: Intent): boolean =>
  Object.keys(set).length + names.length + Object.keys(prune).length > 0 ||
  account !== undefined ||
  isNew !== undefined ||
  owner !== undefined;

const NOBODY: Declared = { attributes: {} };

/** @param anew whether all that is declared counts, changed or not */
const intent = (
  { username, before = NOBODY, after, clientMetadata, ownMetadata, former = NOTHING_FORMER }: Expectation,
  rules: Rules,
  anew: boolean,
): Intent => {
  const { prune, kept, creation, owner, restores } = rules;
  const declared = withoutOrphanedFlags(after?.attributes ?? {});
  const wanted = anew ? declared : where(declared, (name, value) => valueOf(before.attributes, name) !== value);
  const set = withBothHalves(
    where(wanted, (_, value) => value !== ''),
    declared,
  );
  const keptNames = Object.keys(set).filter((name) => isKept(name, kept));
  const account = planAccount(before, after ?? {}, { anew, prune, ...(restores ? { former } : {}) });
  return {
    username,
    set,
    delete: Object.keys(where(wanted, (name, value) => value === '' && !isKept(name, kept))),
    ...(keptNames.length > 0 ? { kept: keptNames } : {}),
    prune: prune ? whatGoes(username, before.attributes, declared, rules) : {},
    ...(restores ? { memory: { former, ...(before === NOBODY ? {} : { before }), ...(after ? { after } : {}) } } : {}),
    keep: Object.keys(declared),
    clientMetadata,
    declared: after !== undefined,
    ...(hasAccountWork(account) ? { account } : {}),
    ...(after && creation
      ? {
          creation: {
            ...created(after, declared, creation),
            ...(creation.clientMetadata
              ? { clientMetadata: { ...clientMetadata, ...creation.clientMetadata, ...ownMetadata } }
              : {}),
          },
        }
      : {}),
    ...(after && creation && (anew || before === NOBODY) ? { isNew: true } : {}),
    ...(!after && owner !== undefined ? { owner } : {}),
  };
};

/** What is no longer declared, as far as it may go at all. */
const whatGoes = (
  username: string,
  before: Attributes,
  declared: Attributes,
  { keptBefore, restores }: Rules,
): Attributes =>
  where(
    before,
    (name, value) =>
      valueOf(declared, name) === undefined &&
      // What was to be absent was there before, maybe.
      (value !== '' || restores) &&
      // An address does not become unverified because nobody declares it any more.
      !isVerificationFlag(name) &&
      // A user who signs in with an address cannot lose it.
      !(isContact(name) && value === username) &&
      (!isKept(name, keptBefore) || restores),
  );

const NOTHING_FORMER: Former = { attributes: {} };

const created = (after: Declared, declared: Attributes, { password, owner }: Creation): DeclaredCreation => ({
  ...after,
  attributes: where(declared, (_, value) => value !== ''),
  ...(after.password || !password ? {} : { password }),
  ...(owner === undefined ? {} : { owner }),
});

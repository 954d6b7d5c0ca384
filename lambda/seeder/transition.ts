import { apply, applyInPhases, type Applied, type Work } from './apply';
import type { Budget } from './budget';
import type { Cognito } from './cognito';
import { classify, REMEDIES, type UserFailure } from './failure';
import { find, findLacking } from './find';
import { look } from './look';
import { forEachItem } from './pace';
import type { Passwords } from './passwords';
import { longestOf, requestsOf, requestsToUndo, sumOf } from './requests';
import { type Change, type LiveUser, settle, settleCreation, undo } from './settle';
import type { Step } from './step';

export interface Surroundings {
  /** Cognito, for as long as there is time for changes, and for putting users back after that. */
  readonly cognito: Cognito;
  readonly cognitoForRestoring: Cognito;
  readonly passwords: Passwords;
  readonly workers: number;
  readonly budget: Pick<Budget, 'tooManyToChange' | 'tooManyToRestore'>;
  /** Hears of the changes before the first of them, also where there are none. Whatever fails there, fails before the first write. */
  readonly beforeChanges?: (changes: readonly Change[]) => Promise<void>;
  /** Hears of users who are there now because of a change. */
  readonly afterCreations?: (created: ReadonlyMap<Change, string>) => Promise<void>;
}

/** Usernames are as declared. */
export interface Outcome {
  /** How many users the step was about. */
  readonly planned: number;
  readonly changed: readonly string[];
  /** Of the changed ones, those who have been created. */
  readonly created: readonly string[];
  /** Of the changed ones, those who have been deleted. */
  readonly deleted: readonly string[];
  readonly unchanged: number;
  readonly skipped: readonly string[];
  readonly failed: readonly UserFailure[];
  /** Why nothing was written. */
  readonly refusal?: string;
  /** Who could not be put back after others had failed. Undefined where nobody was to be put back. */
  readonly notRestored?: readonly string[];
}

/**
 * Looks at the users whom a step concerns, and applies it. Whatever fails, it fails before the first write or puts
 * back what it has written: the pool holds the declaration or what it held before.
 */
export const transition = async (step: Step, surroundings: Surroundings): Promise<Outcome> => {
  const { budget, cognito, passwords, workers, beforeChanges, afterCreations } = surroundings;
  const { intents, rules } = step;
  const nothing: Outcome = { ...NOTHING_DONE, planned: intents.length };
  const refuse = (refusal: string, failed: readonly UserFailure[] = []): Outcome => ({ ...nothing, refusal, failed });

  if (step.repeated.length > 0) {
    return refuse('Some users are declared twice.', withFailure(step.repeated, 'DuplicateUser'));
  }
  const tooMany = budget.tooManyToChange(intents.length);
  if (tooMany) return refuse(tooMany);

  const found = await find(step, cognito, workers);
  if (found.poolMissing && step.removal) return { ...nothing, unchanged: step.users };
  if (found.failed.length > 0 && !step.removal) return refuse('Users could not be read.', found.failed);

  const isMissing = (username: string) => found.missing.has(username);
  const absent = intents.filter(({ username, declared }) => declared && isMissing(username));
  const creations = absent.flatMap((intent) => settleCreation(intent) ?? []);
  const missing = absent.filter(({ creation }) => !creation).map(nameOf);
  if (missing.length > 0 && step.onMissingUser === 'FAIL') {
    return refuse(
      'The pool does not have all declared users: create them first, correct their names, or declare MissingUsers.create() or MissingUsers.skip().',
      withFailure(missing, 'UserNotFoundException'),
    );
  }
  if (found.doubles.length > 0) {
    return refuse(
      'Some declared names are aliases of one user: declare each user once.',
      withFailure(found.doubles, 'DuplicateUser'),
    );
  }
  const lacking = await findLacking(
    intents.filter(({ username }) => !missing.includes(username)),
    isMissing,
    cognito,
    passwords,
  );
  if (lacking.length > 0) return refuse('Some users cannot be given what is declared.', lacking);

  const changes = [...creations, ...found.identified.flatMap(({ intent, live }) => settle(intent, live) ?? [])];
  const unfinished =
    budget.tooManyToChange(longestOf(sumOf(changes.map(requestsOf)))) ??
    // Should the last user fail, all the others are read again and put back.
    (step.removal ? undefined : budget.tooManyToRestore(sum(changes.map(requestsToUndo))));
  if (unfinished) return refuse(unfinished);

  await beforeChanges?.(changes);
  const { creation } = rules;
  const applied = await applyInPhases(changes, {
    cognito,
    passwords,
    creation,
    workers,
    onMissingUser: step.onMissingUser,
  });
  if (applied.created.size > 0) await afterCreations?.(applied.created);
  if (applied.failed.length > 0 && !step.removal) {
    const { notRestored, lost } = await restore(applied, surroundings);
    return { ...nothing, failed: applied.failed, notRestored: [...notRestored, ...lost] };
  }
  // At a removal, whoever can be reached is cleaned, and a pool that is gone is clean.
  const failed = [...found.failed, ...applied.failed].filter(
    ({ failure }) => !step.removal || failure.name !== 'ResourceNotFoundException',
  );
  if (step.removal && rules.owner !== undefined && failed.length === 0) {
    // An empty group harms nobody.
    await cognito.removeGroup(rules.owner).catch(() => undefined);
  }
  const changed = applied.changed.map(declaredName);
  const skipped = [...missing, ...applied.missing.filter(({ declared }) => declared).map(declaredName)];
  const touched = new Set([...changed, ...skipped, ...failed.map(nameOf)]);
  const counted = intents.filter(({ username, declared }) => (declared || step.removal) && touched.has(username));
  return {
    planned: intents.length,
    changed,
    created: applied.changed.filter(({ create }) => create).map(declaredName),
    deleted: applied.changed.filter(({ remove }) => remove).map(declaredName),
    unchanged: step.users - counted.length,
    skipped,
    failed,
  };
};

export const NOTHING_DONE: Outcome = {
  planned: 0,
  changed: [],
  created: [],
  deleted: [],
  unchanged: 0,
  skipped: [],
  failed: [],
};

export interface Restored {
  readonly restored: readonly string[];
  /** For whom it did not succeed. */
  readonly notRestored: readonly string[];
  /** Who cannot be put back: deleted, or created by a request whose answer never came, so that nobody can tell whose they are. */
  readonly lost: readonly string[];
}

/** Puts users back as they were, as far as nobody else has changed them since. */
export const restore = async (
  { attempted, created }: Pick<Applied, 'attempted' | 'created'>,
  {
    cognitoForRestoring: cognito,
    passwords,
    workers,
  }: Pick<Surroundings, 'cognitoForRestoring' | 'passwords' | 'workers'>,
): Promise<Restored> => {
  const seen = await look(
    attempted.map(({ before }) => before.username),
    cognito,
    workers,
  );
  const grouped = await withGroupsAgain(attempted, seen.users, cognito, workers);
  const back = attempted.flatMap((change) => {
    const live = grouped.users.get(change.before.username);
    return (live && undo(change, live, created.get(change))) ?? [];
  });
  // Last changed, first put back: an address that went from one user to another has to be free again. Who has gone meanwhile
  // need not be put back.
  const work: Work = { cognito, passwords, workers, onMissingUser: 'SKIP' };
  const first = await apply([...back].reverse(), work);
  const settled = new Set([...first.changed, ...first.missing]);
  const second = await apply(
    first.attempted.filter((change) => !settled.has(change)),
    work,
  );
  for (const change of [...second.changed, ...second.missing]) settled.add(change);
  const unread = attempted.filter(
    ({ before: { username } }) =>
      grouped.unread.has(username) || (!seen.users.has(username) && !seen.missing.has(username)),
  );
  const notRestored = new Set([...unread, ...back.filter((change) => !settled.has(change))].map(declaredName));
  const lost = attempted.filter(
    (change) =>
      (change.remove && seen.missing.has(change.before.username)) ||
      (change.create && !created.has(change) && seen.users.has(change.before.username)),
  );
  return {
    restored: back.map(declaredName).filter((username) => !notRestored.has(username)),
    notRestored: [...notRestored],
    lost: lost.map(declaredName),
  };
};

/** Memberships are put back where they were looked at. */
const withGroupsAgain = async (
  changes: readonly Change[],
  users: ReadonlyMap<string, LiveUser>,
  cognito: Cognito,
  workers: number,
): Promise<{ readonly users: ReadonlyMap<string, LiveUser>; readonly unread: ReadonlySet<string> }> => {
  const all = new Map(users);
  const unread = new Set<string>();
  const asked = changes.filter(({ before }) => before.groups !== undefined && users.has(before.username));
  await forEachItem(asked, workers, async ({ before: { username } }) => {
    const groups = await cognito.groups(username).catch((error) => {
      if (classify(error) !== 'user-missing') unread.add(username);
      return undefined;
    });
    all.set(username, { ...users.get(username)!, groups });
  });
  return { users: all, unread };
};

const withFailure = (usernames: readonly string[], name: keyof typeof REMEDIES): UserFailure[] =>
  usernames.map((username) => ({ username, failure: { name, attributes: [], remedy: REMEDIES[name] } }));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const nameOf = ({ username }: { readonly username: string }): string => username;
const declaredName = ({ declaredAs }: Change): string => declaredAs;

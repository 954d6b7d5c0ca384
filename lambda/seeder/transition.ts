import { apply, applyWithMessagesLast, type Work } from './apply';
import type { Budget } from './budget';
import type { Cognito } from './cognito';
import { REMEDIES, type UserFailure } from './failure';
import { identify, namesOfAll } from './identify';
import { look } from './look';
import { type Change, requestsOf, requestsToUndo, settle, undo } from './settle';
import type { Step } from './step';

export interface Surroundings {
  /** Cognito, for as long as there is time for changes, and for putting users back after that. */
  readonly cognito: Cognito;
  readonly cognitoForRestoring: Cognito;
  readonly workers: number;
  readonly budget: Pick<Budget, 'tooManyToChange' | 'tooManyToRestore'>;
}

/** Usernames are as declared. */
export interface Outcome {
  /** How many users the step was about. */
  readonly planned: number;
  readonly changed: readonly string[];
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
  const { budget, cognito, workers } = surroundings;
  const { intents } = step;
  const nothing: Outcome = { planned: intents.length, changed: [], unchanged: 0, skipped: [], failed: [] };
  const refuse = (refusal: string, failed: readonly UserFailure[] = []): Outcome => ({ ...nothing, refusal, failed });

  if (step.repeated.length > 0) {
    return refuse('Some users are declared twice.', withFailure(step.repeated, 'DuplicateUser'));
  }
  const tooMany = budget.tooManyToChange(intents.length);
  if (tooMany) return refuse(tooMany);

  const found = await find(step, cognito, workers);
  if (found.poolMissing && step.removal) return { ...nothing, unchanged: step.users };
  if (found.failed.length > 0 && !step.removal) return refuse('Users could not be read.', found.failed);

  const missing = intents.filter(({ username, declared }) => declared && found.missing.has(username)).map(nameOf);
  if (missing.length > 0 && step.onMissingUser === 'FAIL') {
    return refuse(
      'The pool does not have all declared users: create them first, correct their names, or declare MissingUsers.skip().',
      withFailure(missing, 'UserNotFoundException'),
    );
  }
  if (found.doubles.length > 0) {
    return refuse(
      'Some declared names are aliases of one user: declare each user once.',
      withFailure(found.doubles, 'DuplicateUser'),
    );
  }
  const changes = found.identified.flatMap(({ intent, live }) => settle(intent, live) ?? []);
  const unfinished =
    budget.tooManyToChange(sum(changes.map(requestsOf))) ??
    // Should the last user fail, all the others are read again and put back.
    (step.removal ? undefined : budget.tooManyToRestore(sum(changes.map(requestsToUndo))));
  if (unfinished) return refuse(unfinished);

  const applied = await applyWithMessagesLast(changes, { cognito, workers, onMissingUser: step.onMissingUser });
  if (applied.failed.length > 0 && !step.removal) {
    return { ...nothing, failed: applied.failed, notRestored: await restore(applied.attempted, surroundings) };
  }
  // At a removal, whoever can be reached is cleaned, and a pool that is gone is clean.
  const failed = [...found.failed, ...applied.failed].filter(
    ({ failure }) => !step.removal || failure.name !== 'ResourceNotFoundException',
  );
  const changed = applied.changed.map(({ declaredAs }) => declaredAs);
  const skipped = [...missing, ...applied.missing.filter(({ declared }) => declared).map(declaredName)];
  const touched = new Set([...changed, ...skipped, ...failed.map(nameOf)]);
  const counted = intents.filter(({ username, declared }) => (declared || step.removal) && touched.has(username));
  return { planned: intents.length, changed, unchanged: step.users - counted.length, skipped, failed };
};

/** Looks at the users whom the step concerns, and at those who are declared as before but may be one of them. */
const find = async (step: Step, cognito: Cognito, workers: number) => {
  const seen = step.seen ?? (await look(step.intents.map(nameOf), cognito, workers));
  const others = await step.bystanders(namesOfAll(seen.users));
  const alsoSeen = await look(others.map(nameOf), cognito, workers);
  const users = new Map([...seen.users, ...alsoSeen.users]);
  return {
    ...identify([...step.intents, ...others], users),
    missing: seen.missing,
    failed: [...seen.failed, ...alsoSeen.failed],
    poolMissing: seen.poolMissing,
  };
};

/** @returns the users for whom it did not succeed */
const restore = async (changes: readonly Change[], surroundings: Surroundings): Promise<string[]> => {
  const { cognitoForRestoring: cognito, workers } = surroundings;
  const seen = await look(
    changes.map(({ before }) => before.username),
    cognito,
    workers,
  );
  const back = changes.flatMap((change) => {
    const live = seen.users.get(change.before.username);
    return (live && undo(change, live)) ?? [];
  });
  // Last changed, first put back: an address that went from one user to another has to be free again. Who has gone meanwhile
  // need not be put back.
  const work: Work = { cognito, workers, onMissingUser: 'SKIP' };
  const first = await apply([...back].reverse(), work);
  const settled = new Set([...first.changed, ...first.missing]);
  const second = await apply(
    first.attempted.filter((change) => !settled.has(change)),
    work,
  );
  for (const change of [...second.changed, ...second.missing]) settled.add(change);
  const unread = changes.filter(({ before: { username } }) => !seen.users.has(username) && !seen.missing.has(username));
  return [...unread, ...back.filter((change) => !settled.has(change))].map(declaredName);
};

const withFailure = (usernames: readonly string[], name: keyof typeof REMEDIES): UserFailure[] =>
  usernames.map((username) => ({ username, failure: { name, attributes: [], remedy: REMEDIES[name] } }));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const nameOf = ({ username }: { readonly username: string }): string => username;
const declaredName = ({ declaredAs }: Change): string => declaredAs;

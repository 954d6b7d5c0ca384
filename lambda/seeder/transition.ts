import type { OnMissingUser } from '../../lib/private/contracts/seed';
import { apply, applyWithMessagesLast, type UserFailure } from './apply';
import type { Cognito } from './cognito';
import { identify } from './identify';
import { look } from './look';
import { type Declaration, type Intent, plan } from './plan';
import { type Change, inverse, settle } from './settle';

/** A step from one declaration to another. */
export interface Step {
  readonly previous: Declaration;
  readonly desired: Declaration;
  readonly prune: boolean;
  readonly onMissingUser: OnMissingUser;
  /** At a removal nothing is put back, and a pool that is gone is as good as cleaned. */
  readonly removal: boolean;
}

export interface Surroundings {
  /** Cognito, as far as there is time for what comes first, and for putting things back after that. */
  readonly cognito: Cognito;
  readonly cognitoForRestoring: Cognito;
  readonly workers: number;
  /** Whether so many requests can be sent in the time left, in words where they cannot. */
  readonly tooMany: (requests: number) => string | undefined;
}

export interface Outcome {
  readonly changed: readonly string[];
  readonly unchanged: number;
  readonly skipped: readonly string[];
  readonly failed: readonly UserFailure[];
  /** Why nothing was written. */
  readonly refusal?: string;
  /** Users who could not be put back as they were, after others had failed. */
  readonly notRestored: readonly string[];
}

/**
 * Plans the step, looks at the users it concerns, and applies it. Whatever fails, it fails before the first write or puts
 * back what it has written: the pool holds the declaration or what it held before.
 */
export const transition = async (step: Step, surroundings: Surroundings): Promise<Outcome> => {
  const { cognito, workers, tooMany } = surroundings;
  const intents = plan(step.previous, step.desired, step.prune);
  const unplanned = tooMany(intents.length);
  if (unplanned) return refuse(unplanned);

  const seen = await look(
    intents.map(({ username }) => username),
    cognito,
    workers,
  );
  if (seen.poolMissing && step.removal) return { ...NOTHING_DONE, unchanged: intents.length };
  if (seen.failed.length > 0) return refuse('Users could not be read.', seen.failed);

  const missing = intents.filter(({ username, declared }) => declared && seen.missing.has(username)).map(nameOf);
  if (missing.length > 0 && step.onMissingUser === 'FAIL') {
    return refuse(
      'The pool does not have all declared users: create them first, correct their names, or declare MissingUsers.skip().',
      missing.map((username) => ({ username, failure: MISSING })),
    );
  }
  const { identified, doubles } = identify(intents, seen.users);
  if (doubles.length > 0) {
    return refuse(
      'Some declared names are aliases of one user: declare each user once.',
      doubles.map((username) => ({ username, failure: DOUBLE })),
    );
  }
  const changes = identified.flatMap(({ intent, live }) => settle(intent, live) ?? []);
  // Should the last user fail, all the others are read again and put back.
  const unfinished = tooMany(2 * requests(changes) + changes.length);
  if (unfinished) return refuse(unfinished);

  const applied = await applyWithMessagesLast(changes, cognito, workers);
  const vanished = applied.missing.filter((username) => intents.some((i) => i.declared && i.username === username));
  const failed = [
    ...applied.failed,
    ...(step.onMissingUser === 'FAIL' ? vanished.map((username) => ({ username, failure: MISSING })) : []),
  ];
  if (failed.length > 0 && !step.removal) {
    const attempted = new Set([...applied.changed, ...applied.failed.map(nameOf)]);
    const begun = changes.filter(({ username }) => attempted.has(username));
    return { ...NOTHING_DONE, failed, notRestored: await restore(begun, surroundings) };
  }
  const skipped = [...missing, ...vanished];
  const touched = new Set([...applied.changed, ...skipped, ...failed.map(nameOf)]);
  const users = step.removal ? step.previous.users : step.desired.users;
  return {
    changed: applied.changed,
    unchanged: users.filter(({ username }) => !touched.has(username)).length,
    skipped,
    failed,
    notRestored: [],
  };
};

/** @returns the users for whom it did not succeed */
const restore = async (changes: readonly Change[], surroundings: Surroundings): Promise<string[]> => {
  const { cognitoForRestoring: cognito, workers } = surroundings;
  const intents = changes.map(inverse);
  const seen = await look(intents.map(nameOf), cognito, workers);
  const back = intents.flatMap((intent) => {
    const live = seen.users.get(intent.username);
    return (live && settle(intent, live)) ?? [];
  });
  const applied = await apply(back, cognito, workers);
  const unread = intents.map(nameOf).filter((username) => !seen.users.has(username) && !seen.missing.has(username));
  const settled = new Set([...applied.changed, ...applied.missing]);
  return [...unread, ...back.map(nameOf).filter((username) => !settled.has(username))];
};

const NOTHING_DONE: Outcome = { changed: [], unchanged: 0, skipped: [], failed: [], notRestored: [] };

const refuse = (refusal: string, failed: readonly UserFailure[] = []): Outcome => ({
  ...NOTHING_DONE,
  refusal,
  failed,
});

const MISSING = { name: 'UserNotFoundException', attributes: [], remedy: 'the pool has no such user' };
const DOUBLE = { name: 'DuplicateUser', attributes: [], remedy: 'another declared name means the same user' };

const requests = (changes: readonly Change[]): number =>
  changes.reduce(
    (sum, { set, delete: names }) => sum + Math.sign(Object.keys(set).length) + Math.sign(names.length),
    0,
  );

const nameOf = ({ username }: Pick<Intent, 'username'>): string => username;

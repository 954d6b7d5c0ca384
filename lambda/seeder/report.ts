import { RESULT } from '../../lib/private/contracts/seed-results';
import type { Refused } from './comparison';
import { type Failure, REMEDIES, type UserFailure } from './failure';
import type { Place } from './step';
import type { Outcome } from './transition';

export type PlaceOf = (username: string) => Place | undefined;

/** The custom resource's attributes. */
export const attributesOf = (outcome: Outcome): Record<string, string> => ({
  [RESULT.changedUsers]: String(outcome.changed.length),
  [RESULT.createdUsers]: String(outcome.created.length),
  [RESULT.unchangedUsers]: String(outcome.unchanged),
  [RESULT.skippedUsers]: String(outcome.skipped.length),
  [RESULT.failedUsers]: '0',
});

/** CloudFormation takes 4,096 bytes, of which the Provider framework, ids and a log's name need their share. */
const LONGEST_MESSAGE = 2_200;
const NAMED_FAILURES = 8;

/**
 * What CloudFormation shows as the reason of a failure: the first few users, by name and never by value. One line, because
 * the framework adds every further line twice.
 */
export const failureMessage = (outcome: Outcome, placeOf: PlaceOf = () => undefined): string => {
  const { failed, notRestored, refusal } = outcome;
  const head = refusal
    ? `${refusal} Nothing was changed.`
    : `${count(failed.length, 'user')} failed. ${afterwards(notRestored)}`;
  const more = failed.length > NAMED_FAILURES ? ` And ${failed.length - NAMED_FAILURES} more: see the log.` : '';
  const named = failed.slice(0, NAMED_FAILURES).map((failure) => ` ${inWords(failure, placeOf(failure.username))}.`);
  return fitted([head, ...named, more]);
};

/** The same where CloudFormation goes back, and some users cannot be put back. */
export const wayBackMessage = (notRestored: readonly string[]): string => fitted([afterwards(notRestored)]);

/** The same for a file that nobody can be changed by. */
export const refusalMessage = ({ refusal, problems, file }: Refused): string => {
  const more = problems.length > NAMED_FAILURES ? ' See the log for more.' : '';
  const named = problems.slice(0, NAMED_FAILURES).map(({ line, attribute, rule, remedy }) => {
    const where = [
      ...(line > 0 ? [`${file} line ${line}`] : [file]),
      ...(attribute ? [`attribute '${attribute}'`] : []),
    ];
    return ` ${where.join(', ')}: ${rule}; ${remedy}.`;
  });
  return fitted([refusal, ' Nothing was changed.', ...named, more]);
};

export const fitted = (parts: readonly string[]): string =>
  parts.reduce((text, part) => (bytesInAnswer(text + part) <= LONGEST_MESSAGE ? text + part : text));

/** The answer is JSON, where a quote takes two bytes. */
const bytesInAnswer = (text: string): number => Buffer.byteLength(JSON.stringify(text));

const afterwards = (notRestored: readonly string[] | undefined): string => {
  if (notRestored === undefined) return 'What could be deleted is; a second attempt does the rest.';
  if (notRestored.length === 0) return 'All users are as they were before.';
  const named = notRestored.slice(0, 3).map(displayName).join(', ');
  return `${count(notRestored.length, 'user')} could not be put back (${named}): see the log.`;
};

export const inWords = ({ username, failure }: UserFailure, place?: Place): string => {
  const where = place ? ` (${place.file} line ${place.line})` : '';
  const attributes = failure.attributes.length > 0 ? ` (${failure.attributes.join(', ')})` : '';
  return `${displayName(username)}${where}: ${failure.name}${attributes}, ${failure.remedy}`;
};

/** A username that is itself an address is somebody's e-mail or phone number, so nothing shows it whole. */
export const displayName = (username: string): string => {
  const at = username.lastIndexOf('@');
  if (at > 0) return `${shortened([...username.slice(0, at)])}${username.slice(at)}`.slice(0, LONGEST_NAME);
  if (/^\+?\d{7,}$/.test(username)) return `…${username.slice(-3)}`;
  return username.length > LONGEST_NAME ? `${username.slice(0, LONGEST_NAME)}…` : username;
};

const shortened = (characters: string[]): string =>
  characters.length < 4 ? '…' : `${characters[0]}…${characters[characters.length - 1]}`;

const LONGEST_NAME = 64;

export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** Of a user who was not changed, came or went, for the report. */
export interface ReportLine {
  readonly status: 'Skipped' | 'Failed' | 'Created' | 'Deleted';
  /** As declared; one that is an address is shortened. */
  readonly user?: string;
  readonly file?: string;
  readonly line?: number;
  /** Of whoever was not changed. */
  readonly error?: string;
  readonly attributes?: readonly string[];
  readonly remedy?: string;
}

export const comingLine = (status: 'Created' | 'Deleted', username: string, place: Place | undefined): ReportLine => ({
  status,
  user: displayName(username),
  ...place,
});

export const reportLine = (
  status: 'Skipped' | 'Failed',
  username: string,
  place: Place | undefined,
  { name: error, attributes, remedy }: Failure,
): ReportLine => ({ status, user: displayName(username), ...place, error, attributes, remedy });

/** A line for each user who was not changed, came or went. */
export const reportLines = ({ failed, skipped, created, deleted }: Outcome, placeOf: PlaceOf): ReportLine[] => [
  ...failed.map(({ username, failure }) => reportLine('Failed', username, placeOf(username), failure)),
  ...skipped.map((username) => reportLine('Skipped', username, placeOf(username), MISSING)),
  ...created.map((username) => comingLine('Created', username, placeOf(username))),
  ...deleted.map((username) => comingLine('Deleted', username, placeOf(username))),
];

export const MISSING: Failure = {
  name: 'UserNotFoundException',
  attributes: [],
  remedy: REMEDIES.UserNotFoundException,
};

/** A line for each mistake in a file. */
export const problemLines = ({ problems, file }: Refused): ReportLine[] =>
  problems.map(({ line, attribute, rule, remedy }) => ({
    status: 'Failed',
    file,
    line,
    error: rule,
    attributes: attribute ? [attribute] : [],
    remedy,
  }));

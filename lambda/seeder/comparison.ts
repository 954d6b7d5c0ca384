import type { Seed } from '../../lib/private/contracts/seed';
import { decodeRow, encodeRow, usernameOf } from '../../lib/private/contracts/seed-row';
import type { FileProblem, Surroundings } from './declared-rows';
import { declaredRows, doubles, NO_ROWS } from './declared-rows';
import { count } from './report';
import { merge } from './rows/merge';
import { forEachRow, type OpenRows } from './rows/rows';
import { Sorter } from './rows/sort';

/** Two declarations, and the pool where it counts, ready to be joined; or why not. */
export interface Comparison {
  readonly previous: OpenRows;
  readonly desired: OpenRows;
  readonly live?: OpenRows;
  /** The former file is gone, so that nobody knows what left the declaration: everything declared is applied anew. */
  readonly previousLost: boolean;
}

export type Refused = { readonly refusal: string; readonly problems: readonly FileProblem[]; readonly file?: string };

/** Whether the pool itself is looked at. A rule has no users but those of the pool. */
export const comparesWithPool = (previous: Seed | undefined, desired: Seed | undefined): boolean =>
  (desired ?? previous)?.compareWith === 'LIVE_POOL' ||
  [previous, desired].some((seed) => seed?.source.kind === 'existing');

export const compare = async (
  previous: Seed | undefined,
  desired: Seed | undefined,
  live: boolean,
  surroundings: Surroundings,
): Promise<Comparison | Refused> => {
  const after = await declaredRows(desired, 'desired', surroundings);
  if (after.kind === 'lost') {
    return {
      refusal: `${fileOf(desired!)} is not there, or the function may not read it: deploy its asset or upload the object first.`,
      problems: [],
    };
  }
  if (after.kind === 'broken') {
    return mistakes(desired!, after.problems, after.more);
  }
  // What cannot be read has never been applied either, and must not stand in the way back.
  const before = await declaredRows(previous, 'previous', surroundings);
  const caseSensitive = surroundings.listings.every(({ names }) => names.caseSensitive);
  const named = async (open: OpenRows, name: string): Promise<OpenRows> =>
    caseSensitive ? open : inLowerCase(open, new Sorter(surroundings.store, `sorted/lower-case-${name}`));
  const desiredRows = await named(after.open, 'desired');
  if (desiredRows !== after.open) {
    const problems: FileProblem[] = [];
    let more = 0;
    const tell = (problem: FileProblem) => void (problems.length < TOLD ? problems.push(problem) : more++);
    await forEachRow(await desiredRows(), doubles(tell));
    if (problems.length > 0) return mistakes(desired!, problems, more);
  }
  return {
    previous: await named((before.kind === 'rows' ? before : ROWS_OF_NOBODY).open, 'previous'),
    desired: desiredRows,
    ...(live ? { live: async () => merge(await Promise.all(surroundings.listings.map(({ open }) => open()))) } : {}),
    previousLost: before.kind === 'lost',
  };
};

const TOLD = 100;

const mistakes = (desired: Seed, problems: readonly FileProblem[], more: number): Refused => ({
  refusal: `${fileOf(desired)} has ${count(problems.length + more, 'mistake')}.`,
  problems,
  file: fileOf(desired),
});

/** A pool that does not tell Ann from ann is asked for ann. */
const inLowerCase = async (open: OpenRows, sorter: Sorter): Promise<OpenRows> => {
  let differ = false;
  await forEachRow(await open(), (line) => {
    const name = usernameOf(line);
    differ ||= name !== name.toLowerCase();
  });
  if (!differ) return open;
  await forEachRow(await open(), (line) => {
    const { user, ...row } = decodeRow(line);
    return sorter.add(encodeRow({ ...row, user: { ...user, username: user.username.toLowerCase() } }));
  });
  return () => sorter.open();
};

const ROWS_OF_NOBODY = NO_ROWS as Extract<typeof NO_ROWS, { kind: 'rows' }>;

/** The author's name of a file. */
export const fileOf = ({ source }: Seed): string =>
  source.kind === 'file' ? source.file.name : source.kind === 'object' ? source.object.key : 'the declaration';

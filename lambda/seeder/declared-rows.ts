import type { Seed } from '../../lib/private/contracts/seed';
import type { ForeignObject } from '../../lib/private/contracts/seed-source';
import type { DeclaredUser } from '../../lib/private/contracts/seed-user';
import { encodeRow, usernameOf } from '../../lib/private/contracts/seed-row';
import { readSeedFile } from '../../lib/private/seed-file';
import { withoutOrphanedFlags } from './contacts';
import { isSame, type Listing, type Names, ruleRows } from './listing';
import { hashing, type Objects } from './objects';
import { linesOf } from './rows/lines';
import { forEachRow, type OpenRows, rowsInMemory, rowsOf } from './rows/rows';
import { Sorter } from './rows/sort';
import type { Store } from './store/store';

/** A mistake in a file that is read at deployment: the line, the rule and the remedy, never the value. */
export interface FileProblem {
  readonly line: number;
  readonly attribute?: string;
  readonly rule: string;
  readonly remedy: string;
}

/** A declaration as sorted rows, or why it cannot be had. */
export type DeclaredRows =
  | { readonly kind: 'rows'; readonly open: OpenRows }
  | { readonly kind: 'lost' }
  | { readonly kind: 'broken'; readonly problems: readonly FileProblem[]; readonly more: number };

export interface Surroundings {
  readonly objects: Objects;
  readonly store: Store;
  /** What the pool has been read for, and its users. */
  readonly listings: readonly { readonly listing: Listing; readonly names: Names; readonly open: OpenRows }[];
}

/** Problems that are told one by one. */
const TOLD = 100;

export const NO_ROWS: DeclaredRows = { kind: 'rows', open: async () => rowsInMemory([]) };

export const declaredRows = async (
  seed: Seed | undefined,
  name: 'previous' | 'desired',
  { objects, store, listings }: Surroundings,
): Promise<DeclaredRows> => {
  if (!seed) return NO_ROWS;
  const { source } = seed;
  switch (source.kind) {
    case 'inline':
      return inlineRows(source.users);
    case 'file': {
      const { file } = source;
      const found = await objects.read(file);
      if (!found) return { kind: 'lost' };
      found.destroy();
      return {
        kind: 'rows',
        open: async () => {
          const body = await objects.read(file);
          if (!body) throw new Error(`${file.name} has gone from the bucket while it was read`);
          return rowsOf(linesOf(body));
        },
      };
    }
    case 'object':
      return objectRows({ ...source.object, creates: seed.onMissingUser === 'CREATE' }, name, objects, store);
    case 'existing': {
      const { selector, attributes } = source.existing;
      const { open } = listings.find(({ listing }) => isSame(listing.selector, selector))!;
      return { kind: 'rows', open: async () => ruleRows(await open(), attributes) };
    }
  }
};

const inlineRows = (users: readonly DeclaredUser[]): DeclaredRows => {
  const lines = users
    .map((user) => encodeRow({ line: 0, user }))
    .map((line) => ({ key: usernameOf(line), line }))
    .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
    .map(({ line }) => line);
  return { kind: 'rows', open: async () => rowsInMemory(lines) };
};

const objectRows = async (
  object: ForeignObject & { readonly creates: boolean },
  name: 'previous' | 'desired',
  objects: Objects,
  store: Store,
): Promise<DeclaredRows> => {
  const body = await objects.read(object);
  if (!body) return { kind: 'lost' };
  const sorter = new Sorter(store, `sorted/${name}`);
  const problems: FileProblem[] = [];
  let more = 0;
  const tell = (problem: FileProblem) => void (problems.length < TOLD ? problems.push(problem) : more++);

  const hash = hashing();
  body.once('error', (error) => hash.destroy(error));
  await readSeedFile(body.pipe(hash), object, {
    row: (row) =>
      sorter.add(encodeRow({ ...row, user: { ...row.user, attributes: withoutOrphanedFlags(row.user.attributes) } })),
    problem: tell,
  });
  // What cannot be read is not read to its end.
  if (problems.length === 0 && object.checksum !== undefined && hash.digest() !== object.checksum.toLowerCase()) {
    tell({
      line: 0,
      rule: 'the object is another than declared',
      remedy: 'declare the checksum of the object that is there',
    });
  }
  // The former declaration has been looked through when it was new.
  if (name === 'desired') await forEachRow(await sorter.open(), doubles(tell));
  return problems.length > 0 ? { kind: 'broken', problems, more } : { kind: 'rows', open: () => sorter.open() };
};

/** Of sorted rows, those that name the user of the row before. */
export const doubles = (tell: (problem: FileProblem) => void) => {
  let former: string | undefined;
  return (line: string) => {
    const name = usernameOf(line);
    if (name === former) {
      const number = Number(line.slice(0, line.indexOf(' ')));
      tell({ line: number, rule: 'the user is declared more than once', remedy: 'put all attributes into one row' });
    }
    former = name;
  };
};

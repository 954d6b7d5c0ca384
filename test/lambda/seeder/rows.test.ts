import fc from 'fast-check';
import type { DeclaredUser } from '../../../lib/private/contracts/seed-user';
import { decodeRow, encodeRow, usernameOf } from '../../../lib/private/contracts/seed-row';
import { compressed, linesOf } from '../../../lambda/seeder/rows/lines';
import { join, type Joined } from '../../../lambda/seeder/rows/join';
import { forEachRow, type Rows, rowsInMemory, rowsOf } from '../../../lambda/seeder/rows/rows';
import { inBatches, Sorter } from '../../../lambda/seeder/rows/sort';
import type { Store } from '../../../lambda/seeder/store/store';

const memoryStore = (): Store => {
  const kept = new Map<string, string[]>();
  return {
    write: async (name, batches) => {
      const lines: string[] = [];
      for await (const batch of batches) lines.push(...batch);
      kept.set(name, lines);
    },
    read: async (name) => rowsInMemory(kept.get(name)!),
  };
};
const linesIn = async (rows: Rows): Promise<string[]> => {
  const lines: string[] = [];
  await forEachRow(rows, (line) => void lines.push(line));
  return lines;
};
const names = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 });
const users: fc.Arbitrary<DeclaredUser[]> = fc.uniqueArray(
  fc.record(
    { username: names, attributes: fc.dictionary(names, fc.string({ unit: 'grapheme' })) },
    { noNullPrototype: true },
  ),
  { selector: ({ username }) => username },
);
const bySize = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

test('a row says what it was made of, and its username without the rest', () =>
  fc.assert(
    fc.property(fc.nat(), users, (line, some) => {
      for (const user of some) {
        const text = encodeRow({ line, user });
        expect(decodeRow(text)).toEqual({ line, user });
        expect(usernameOf(text)).toBe(user.username);
        expect(text).not.toContain('\n');
      }
    }),
  ));

test('the order of attributes is no difference, and the line is none either', () => {
  const one = encodeRow({ line: 2, user: { username: 'ann', attributes: { a: '1', b: '2' } } });
  const other = encodeRow({ line: 9, user: { username: 'ann', attributes: { b: '2', a: '1' } } });
  expect(one.slice(2)).toBe(other.slice(2));
});

test('rows survive compression, whatever the batches', () =>
  fc.assert(
    fc.asyncProperty(users, fc.integer({ min: 1, max: 5 }), async (some, size) => {
      const lines = some.map((user) => encodeRow({ line: 1, user }));
      expect(await linesIn(await rowsOf(linesOf(compressed(inBatches(lines, size)))))).toEqual(lines);
    }),
    { numRuns: 50 },
  ));

test('rows are sorted by username, in memory and in runs alike, as often as they are read', () =>
  fc.assert(
    fc.asyncProperty(users, fc.integer({ min: 0, max: 4 }), async (some, flushEvery) => {
      const sorter = new Sorter(memoryStore(), 'rows');
      for (const [index, user] of some.entries()) {
        await sorter.add(encodeRow({ line: index, user }));
        if (flushEvery > 0 && index % flushEvery === 0) await sorter.flush();
      }
      const expected = some.map(({ username }) => username).sort(bySize);
      expect((await linesIn(await sorter.open())).map(usernameOf)).toEqual(expected);
      expect((await linesIn(await sorter.open())).map(usernameOf)).toEqual(expected);
    }),
  ));

test('sides are joined by name: each name once, with the line of every side that has it', () =>
  fc.assert(
    fc.asyncProperty(users, users, users, users, async (...sides) => {
      const lines = sides.map((side) => side.map((user) => encodeRow({ line: 1, user })));
      const [previous, desired, live, former] = lines.map((side) =>
        rowsInMemory([...side].sort((one, other) => bySize(usernameOf(one), usernameOf(other)))),
      );
      const seen: Joined[] = [];
      await join({ previous, desired, live, former }, (joined) => void seen.push(joined));
      // Of whom there is nothing but a memory, nothing is to be done.
      const named = sides.slice(0, 3).flat();
      const all = [...new Set(named.map(({ username }) => username))].sort(bySize);
      const lineOf = (side: string[], name: string) => side.find((line) => usernameOf(line) === name);
      expect(seen).toEqual(
        all.map((name) => ({
          previous: lineOf(lines[0], name),
          desired: lineOf(lines[1], name),
          live: lineOf(lines[2], name),
          former: lineOf(lines[3], name),
        })),
      );
    }),
  ));

test('rows out of order are refused: a file that was not prepared must change nobody', async () => {
  const rows = ['ben', 'ann'].map((username) => encodeRow({ line: 1, user: { username, attributes: {} } }));
  await expect(join({ previous: rowsInMemory([]), desired: rowsInMemory(rows) }, () => undefined)).rejects.toThrow(
    'not in order',
  );
});

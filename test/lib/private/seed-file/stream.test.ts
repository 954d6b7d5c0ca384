import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { readSeedFile } from '../../../../lib/private/seed-file';

const OPTIONS = { format: 'csv', blankCells: 'LEAVE_ALONE' } as const;
const BLOCK = 1000;

const fail = () => {
  throw new Error('nobody expected this');
};

/** A file that is written while it is read. */
const table = function* (blocks: number, written: { rows: number }) {
  yield 'username,given_name,custom:plan\n';
  for (let block = 0; block < blocks; block++) {
    const row = (index: number) => `user-${block * BLOCK + index},"Name, ${index}",gold\n`;
    written.rows += BLOCK;
    yield Array.from({ length: BLOCK }, (_, index) => row(index)).join('');
  }
};

test.each([
  ['as it is', (source: Readable) => source],
  ['compressed', (source: Readable) => source.pipe(createGzip())],
])('a file %s is read no faster than its rows are taken', async (_, packed) => {
  const written = { rows: 0 };
  let taken = 0;
  let ahead = 0;
  await readSeedFile(packed(Readable.from(table(200, written))), OPTIONS, {
    row: async () => {
      await setImmediate();
      taken++;
      ahead = Math.max(ahead, written.rows - taken);
    },
    problem: fail,
  });
  expect(taken).toBe(200 * BLOCK);
  expect(ahead).toBeLessThan(60 * BLOCK);
});

test.each([['csv' as const], ['jsonl' as const]])(
  'a source that fails is no mistake of the file (%s)',
  async (format) => {
    const source = Readable.from(
      (function* () {
        yield format === 'csv' ? 'username,given_name\nann,' : '{"username":';
        throw new Error('connection reset');
      })(),
    );
    await expect(readSeedFile(source, { ...OPTIONS, format }, { row: fail, problem: fail })).rejects.toThrow(
      'connection reset',
    );
  },
);

test.each([
  ['throws', () => {throw new Error('disk full');}],
  ['answers with a failure', () => Promise.reject(new Error('disk full'))],
])('a sink that %s ends the reading', async (_, row) => {
  const source = Readable.from(['username,given_name\nann,Ann\nben,Ben\n']);
  await expect(readSeedFile(source, OPTIONS, { row, problem: fail })).rejects.toThrow('disk full');
}); // prettier-ignore

test('a line is known by its number, wherever pieces end', async () => {
  const bytes = Buffer.from('username,nickname\r\nann,A\r\n\r\nben,\xff\r\n', 'latin1');
  const problems: number[] = [];
  await readSeedFile(Readable.from(Array.from(bytes, (byte) => Buffer.from([byte]))), OPTIONS, {
    row: () => undefined,
    problem: ({ line }) => void problems.push(line),
  });
  expect(problems).toEqual([4]);
});

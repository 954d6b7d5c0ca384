import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { readPieces, readText } from './read-text';

const NAMES = ['given_name', 'family_name', 'nickname', 'address', 'custom:a', 'custom:b'];
const DELIMITERS = [',', ';', '\t'];

/** Anything that Cognito might hold: no blank, no white space alone, no NUL. */
const values = fc
  .string({ unit: 'binary', maxLength: 20 })
  .filter((text) => text.trim() !== '' && !text.includes('\0'));
const awkward = fc.constantFrom(
  '"',
  '""',
  'a"b',
  '"a',
  ',',
  ';',
  '\t',
  'a\nb',
  'a\r\nb',
  'a\rb',
  '\\',
  '\\,',
  '\ufeff',
  'é🎈',
  "'",
);
const cells = fc.option(fc.oneof(values, awkward.map((text) => `${text}x`), awkward.map((text) => `x${text}`)), { nil: '' }); // prettier-ignore

interface Table {
  /** The cells behind the username. */
  readonly rows: readonly (readonly string[])[];
  readonly delimiter: string;
  readonly lineBreak: string;
  readonly isMarked: boolean;
  readonly isEnded: boolean;
  readonly isQuoted: boolean;
}

const tables: fc.Arbitrary<Table> = fc.record({
  rows: fc.array(fc.tuple(...NAMES.map(() => cells)), { minLength: 1, maxLength: 8 }),
  delimiter: fc.constantFrom(...DELIMITERS),
  lineBreak: fc.constantFrom('\n', '\r\n'),
  isMarked: fc.boolean(),
  isEnded: fc.boolean(),
  isQuoted: fc.boolean(),
});

interface Written {
  readonly text: string;
  readonly users: readonly [string, Record<string, string>][];
}

const writtenBy = ({ rows, delimiter, lineBreak, isMarked, isEnded, isQuoted }: Table): Written => {
  const quoted = (cell: string) =>
    isQuoted || /[",;\t\r\n\ufeff]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell;
  const lines = [['username', ...NAMES], ...rows.map((row, index) => [`user${index}`, ...row])];
  const text = lines.map((line) => line.map((cell) => quoted(cell)).join(delimiter)).join(lineBreak);
  return {
    text: `${isMarked ? '\ufeff' : ''}${text}${isEnded ? lineBreak : ''}`,
    users: rows.map((row, index) => [
      `user${index}`,
      Object.fromEntries(row.flatMap((cell, column) => (cell === '' ? [] : [[NAMES[column], cell]]))),
    ]),
  };
};

test('what a CSV writer writes is read as it was', () =>
  fc.assert(
    fc.property(tables.map(writtenBy), ({ text, users }) => {
      const { rows, problems } = readText(text);
      expect(problems).toEqual([]);
      expect(rows.map(({ user }) => [user.username, user.attributes])).toEqual(users);
    }),
    { numRuns: 500 },
  ));

/** Cuts text into pieces of the lengths, and what is left into one. */
const cut = (bytes: Buffer, lengths: readonly number[]): Buffer[] => {
  const pieces: Buffer[] = [];
  let start = 0;
  for (const length of lengths) {
    pieces.push(bytes.subarray(start, start + length));
    start += length;
  }
  return [...pieces, bytes.subarray(start)];
};

const breakage = fc.constantFrom('', '\nx,y', '\nann,"open', '\n"a"b,1,2,3,4,5,6\n', '\r\nann,a,b,c,d,e,f,g');

test('a stream is read as the whole is, wherever its pieces end', () =>
  fc.assert(
    fc.asyncProperty(
      tables.map(writtenBy),
      breakage,
      fc.array(fc.nat(40), { maxLength: 30 }),
      fc.boolean(),
      async ({ text }, more, lengths, isPacked) => {
        const bytes = isPacked ? gzipSync(text + more) : Buffer.from(text + more);
        expect(await readPieces(cut(bytes, lengths))).toEqual(readText(bytes));
      },
    ),
    { numRuns: 500 },
  ));

test('no bytes make reading throw, and what is wrong with them does not depend on how they come', () =>
  fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.string({ maxLength: 60 }).map((text) => new TextEncoder().encode(text))), // prettier-ignore
      fc.constantFrom('csv' as const, 'jsonl' as const),
      async (array, format) => {
        const bytes = Buffer.concat([
          format === 'csv' ? Buffer.from('username,custom:a\nann,') : Buffer.alloc(0),
          array,
        ]);
        const whole = readText(bytes, { format });
        const pieces = await readPieces(
          Array.from(bytes, (byte) => Buffer.from([byte])),
          { format },
        );
        // Whoever has the whole sees at once that it is no text; of a stream, the rows before that are known by then.
        const isText = !whole.problems.some(({ rule }) => /UTF-8|NUL/.test(rule));
        expect(isText ? pieces.problems : pieces.problems.slice(-1)).toEqual(whole.problems);
      },
    ),
    { numRuns: 500 },
  ));

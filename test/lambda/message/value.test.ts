import fc from 'fast-check';
import { escapeValue, plainValue } from '../../../lambda/message/value';
import { valueInAddress, withoutAddresses } from '../../../lib/private/contracts/message-addresses';
import { FRAGMENTS } from './adversarial/corpus';

/** Every code point, lone surrogates included. */
const CODE_POINTS = Array.from({ length: 0x110000 }, (_, codePoint) => codePoint);
const matching = (pattern: RegExp): string[] =>
  CODE_POINTS.map((codePoint) => String.fromCodePoint(codePoint)).filter((character) => pattern.test(character));

const REFUSED = /[^\p{L}\p{M}\p{S}\p{N}\p{P} ]/u;

test.each([
  ['controls', /\p{Cc}/u],
  ['format characters', /\p{Cf}/u],
  ['blanks', /\p{Z}/u],
  ['surrogates', /\p{Cs}/u],
])('of all %s, none is left between digits but a plain blank', (_, pattern) => {
  const left = matching(pattern).map((character) => plainValue(`1${character}2`));
  expect(left.filter((text) => text !== '12' && text !== '1 2')).toEqual([]);
});

test('of all characters, none leaves what Cognito refuses but the two joiners', () => {
  const left = CODE_POINTS.filter((codePoint) =>
    REFUSED.test(plainValue(`a${String.fromCodePoint(codePoint)}b`) ?? ''),
  );
  expect(left).toEqual([0x200c, 0x200d]);
  for (const part of ['subject', 'html', 'sms'] as const) {
    expect(escapeValue(part, plainValue('a\u200C\u200Db\u200Cc')!, '')).not.toMatch(REFUSED);
  }
});

test.each([
  ['private characters', 'a\uE000\u{F0000}\u{10FFFD}b'],
  ['characters that are none', 'a\uFFFE\uFFFF\uFDD0\u{1FFFF}b'],
  ['unassigned characters', 'a\u0378\u{E0080}b'],
  ['lone surrogates', 'a\uD83D\uD83Db\uDE00'],
])('%s are removed', (_, value) => {
  expect(plainValue(value)).toBe('ab');
});

test.each([
  ['a\r\n\t\v\f\u0085\u2028\u2029b', 'a b'],
  ['a\u00A0\u3000\u2003b', 'a b'],
  [' a \n', 'a'],
  ['\u0301\u0338a', 'a'],
  [' \u0301 \u0338 a', 'a'],
  ['a\u0301', 'a\u0301'],
  ['\u0301\u200Da', 'a'],
  ['\uFEFFa', 'a'],
])('%j is read as %j', (value, text) => {
  expect(plainValue(value)).toBe(text);
});

test.each([
  undefined,
  null,
  1,
  {},
  ['a'],
  Object('a'),
  '',
  ' ',
  '\u200B',
  '\u0301',
  '\u200D\u200C',
  '\u0301\u200D\u0301',
  '\u202E \uFEFF',
  '\uD800',
  'a'.repeat(257),
])('%# is no value', (value) => {
  expect(plainValue(value)).toBeUndefined();
});

test.each([
  ['می\u200Cخواهم', 'می\u200Cخواهم'],
  ['क्\u200Dष', 'क्\u200Dष'],
  ['👩🏽\u200D🚀', '👩🏽\u200D🚀'],
  ['❤\uFE0F\u200D🔥', '❤\uFE0F\u200D🔥'],
  ['\u200Da\u200D', 'a'],
  ['a\u200D\u200Db', 'ab'],
  ['1\u200D2', '12'],
  ['a\u200D b', 'a b'],
  ['<\u200Db', '<b'],
  ['a\u200D\uD800b', 'ab'],
])('a joiner stays between letters and emoji alone: %j', (value, text) => {
  expect(plainValue(value)).toBe(text);
});

describe('an address in a value', () => {
  test('does not hide behind a joiner, which parts words to some clients and is nothing to others', () => {
    expect(plainValue('com\u200Dsms:+4912345')).toBe('comsms:+4912345');
    expect(plainValue('com\u200Cmailto:x')).toBe('commailto:x');
    expect(plainValue('ev\u200Dil.com')).toBe('evil. com');
    expect(
      valueInAddress([
        { text: 'com&zwj;sms', isValue: false },
        { text: ':+49', isValue: true },
      ]),
    ).toBe(true);
  });

  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(...FRAGMENTS),
      fc.constantFrom('.', '。', '@', ':', '/', '\\', 'www', 'tel', 'a', 'com', '1', ' ', '\u200D'),
    ),
    { maxLength: 6 },
  );
  const text = pieces.map((parts) => parts.join('').slice(0, 256));

  test('is parted once and for all', () => {
    fc.assert(
      fc.property(text, (value) => {
        const plain = plainValue(value);
        if (plain === undefined) return;
        expect(valueInAddress([{ text: plain, isValue: true }])).toBe(false);
        expect(withoutAddresses(plain)).toBe(plain);
      }),
      { numRuns: 2_000 },
    );
  });

  test('changes by blanks and by NFKC alone', () => {
    fc.assert(
      fc.property(text, (value) => {
        const plain = plainValue(value);
        // Normalised again, since what is taken out may have stood between two marks.
        const bare = (words: string): string =>
          words
            .normalize('NFKC')
            .replace(/[\s\p{C}]/gu, '')
            .normalize('NFKC');
        if (plain !== undefined) expect(bare(value)).toContain(bare(plain));
      }),
      { numRuns: 2_000, examples: [['\u2066a\u2067b\u2068c\u2069\u0301\u200d\u0301']] },
    );
  });
});

describe('a value in a part', () => {
  test('has no brackets, quotes, ampersands and braces of its own in HTML', () => {
    expect(escapeValue('html', `<>"'{}#&`, '')).toBe('&lt;&gt;&quot;&#39;&#123;&#125;&#35;&amp;');
  });

  test('has no braces and no encoded word elsewhere', () => {
    for (const part of ['subject', 'sms'] as const) expect(escapeValue(part, '{a}=?==??', '')).toBe('(a)= ?== ??');
  });

  test('does not go on with what an ampersand or a bracket has begun', () => {
    for (const before of ['&', '&#', '&#x', '&l', 'a&notin', '<', '<b']) {
      expect(escapeValue('html', 'lt;', before)).toBe('&#108;t;');
    }
    for (const before of ['', 'a', '& ', '&amp;', '<b>', 'a &lt; '])
      expect(escapeValue('html', 'lt;', before)).toBe('lt;');
    expect(escapeValue('sms', 'lt;', '&')).toBe('lt;');
  });
});

import { readMetadata } from '../../../lambda/message/metadata';
import type { TextRuleWire } from '../../../lib/private/contracts/text-rule';

const read = (rule: Partial<TextRuleWire>, x: unknown) => readMetadata({ x: { maxLength: 64, ...rule } }, { x });

const kept = (x: string) => ({ values: { x }, refused: [] });
const refused = { values: {}, refused: ['x'] };
const absent = { values: {}, refused: [] };

test('a declared key is seen', () => {
  expect(read({}, 'blue')).toEqual(kept('blue'));
});

test('an undeclared key is ignored, and not complained about', () => {
  expect(readMetadata({ x: { maxLength: 64 } }, { x: 'a', y: '<b>', constructor: 'c', __proto__: 'd' })).toEqual(
    kept('a'),
  );
  expect(readMetadata({}, { y: '<b>' })).toEqual(absent);
});

test.each([undefined, null])('%s is as absent as no key at all', (x) => {
  expect(read({}, x)).toEqual(absent);
  expect(readMetadata({ x: { maxLength: 64 } }, {})).toEqual(absent);
});

test.each([[1], [true], [['blue']], [{ toString: () => 'blue' }], [Object('blue')], [Symbol('blue')], [() => 'blue']])(
  'what is no string breaks every rule (%#)',
  (x) => {
    expect(read({}, x)).toEqual(refused);
    expect(read({ values: ['blue'] }, x)).toEqual(refused);
    expect(read({ pattern: '.*' }, x)).toEqual(refused);
  },
);

test('a value longer than its rule allows is refused, and never cut', () => {
  expect(read({ maxLength: 4 }, 'blue')).toEqual(kept('blue'));
  expect(read({ maxLength: 4 }, 'green')).toEqual(refused);
  expect(read({ maxLength: 4 }, '👍👍👍')).toEqual(refused);
  expect(read({}, 'x'.repeat(1_000_000))).toEqual(refused);
});

test('a value outside a closed list is refused', () => {
  expect(read({ values: ['blue', 'green'] }, 'green')).toEqual(kept('green'));
  for (const x of ['Blue', 'blue ', 'blue\n', 'blu', 'blue,green', '', '\u200Bblue']) {
    expect(read({ values: ['blue', 'green'] }, x)).toEqual(refused);
  }
});

describe('a pattern', () => {
  test('holds for the whole value', () => {
    expect(read({ pattern: '[a-z]+' }, 'blue')).toEqual(kept('blue'));
    for (const x of ['blue1', '1blue', 'Blue', 'blue\n', '\nblue', '<b>\nblue', 'blue\r\nBcc: x', '']) {
      expect(read({ pattern: '[a-z]+' }, x)).toEqual(refused);
    }
  });

  test.each(['axx', 'xxb', 'xbx', 'aa', 'bb', 'ab'])(
    'of two alternatives holds for the whole value, which %s is not',
    (x) => {
      expect(read({ pattern: 'a|b' }, x)).toEqual(refused);
    },
  );

  test('of two alternatives lets either through', () => {
    expect(read({ pattern: 'a|b' }, 'a')).toEqual(kept('a'));
    expect(read({ pattern: 'a|b' }, 'b')).toEqual(kept('b'));
  });

  test('reads a character outside the basic plane as one', () => {
    expect(read({ pattern: '.' }, '👍')).toEqual(kept('👍'));
    expect(read({ pattern: '\\p{L}+' }, 'größe')).toEqual(kept('größe'));
  });

  test('is the same for the second event', () => {
    expect(read({ pattern: '[a-z]+' }, 'blue')).toEqual(read({ pattern: '[a-z]+' }, 'blue'));
  });
});

test('an inherited value is nobody’s', () => {
  expect(readMetadata({ x: { maxLength: 64 } }, Object.create({ x: 'blue' }))).toEqual(absent);
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    expect(readMetadata(JSON.parse(`{"${name}":{"maxLength":64}}`), {})).toEqual(absent);
  }
});

test('a key that has the name of an inherited property is a key like any other', () => {
  expect(readMetadata({ constructor: { maxLength: 64 } } as never, { constructor: 'blue' } as never)).toEqual({
    values: { constructor: 'blue' },
    refused: [],
  });
});

test('all that is refused is listed by its name', () => {
  const rules = {
    a: { maxLength: 1 },
    b: { maxLength: 9, values: ['x'] },
    c: { maxLength: 9, pattern: 'x' },
    d: { maxLength: 9 },
  };
  expect(readMetadata(rules, { a: 'xx', b: 'y', c: 'y', d: 'fine' })).toEqual({
    values: { d: 'fine' },
    refused: ['a', 'b', 'c'],
  });
});

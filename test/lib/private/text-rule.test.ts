import { Lazy } from 'aws-cdk-lib';
import fc from 'fast-check';
import { MetadataKey, WritableAttribute } from '../../../lib';
import { checkRule, longestOf, ruleOnWire, type TextRule } from '../../../lib/private/text-rule';
import { meets } from '../../../lambda/rules/text-rule';

const rule = (parts: Partial<TextRule>): TextRule => ({
  _maxLength: 64,
  _pattern: undefined,
  _values: undefined,
  ...parts,
});
const check = (parts: Partial<TextRule>, longest = 256) => checkRule(rule(parts), longest);

describe('the length', () => {
  test.each([1, 2, 255, 256])('of %d is one', (_maxLength) => expect(check({ _maxLength })).toEqual([]));

  test.each([0, -1, 257, 1.5, NaN, Infinity, '5', null, undefined, {}])('of %p is none', (_maxLength) => {
    expect(check({ _maxLength: _maxLength as never })).toEqual([
      'values may have from 1 to 256 characters: correct maxLength, or shorten the values',
    ]);
  });
});

describe('a pattern', () => {
  test.each([
    '', 'a', '[a-z][a-z0-9-]*', '[a-z0-9]+(?:-[a-z0-9]+)*', '\\d{4}-\\d{2}', '[\\p{L} ]+', 'a|b|c', '(?:ab)+', '[^\\s]+', '\\u{1F600}', 'a{1,5}b',
    '\\p{Lu}\\p{Ll}+', 'x?y?z?',
  ])('%p with one way to match is one', (_pattern) => expect(check({ _pattern })).toEqual([])); // prettier-ignore

  test.each(['(a+)+', '(a|b|ab)*', '(.*)*', 'a*a*a*a*b', '(\\w+\\s?)*$', '([a-z]+)*x'])(
    '%p with more than one is none',
    (_pattern) => {
      expect(check({ _pattern })).toEqual([
        'the pattern has more than one way to match, and a value could keep it busy for minutes: write it in one way, such as [a-z0-9]+(?:-[a-z0-9]+)*',
      ]);
    },
  );

  test('of properties of characters is none where they would be confused if they were any', () => {
    expect(check({ _pattern: '\\p{L}+(?:-\\p{L}+)*' })).toEqual([
      expect.stringMatching(
        /^the pattern has more than one way to match, where \\p{…} counts as any character, and a value/,
      ),
    ]);
  });

  test.each(['(', ')', '[a', 'a{2,1}', '\\p{Nothing}', '\\', '*', '(?<n', 'a)|(?:b', '\\_', 'a{', '}'])(
    '%p that is no expression of its own is none',
    (_pattern) => {
      expect(check({ _pattern })).toEqual(['the pattern is no regular expression (JavaScript, flag u): correct it']);
    },
  );

  test.each(['(?<name>a)', '(?<year>\\d{4})-\\k<year>'])('%p that cannot be looked at is none', (_pattern) => {
    expect(check({ _pattern })).toEqual([
      'the pattern holds what cannot be checked, such as a named group: write (?:…)',
    ]);
  });

  test.each([5, null, {}, /a/, ['a'], true])('%p that is no text is none', (_pattern) => {
    expect(check({ _pattern: _pattern as never })).toEqual(['the pattern is no text: write it as one']);
  });
});

describe('a closed list', () => {
  test('of texts is one', () => expect(check({ _values: ['a', ' b '] })).toEqual([]));

  test.each([[[]], ['de'], [null], [5], [{}]])('%p is none', (_values) => {
    expect(check({ _values: _values as never })).toEqual(['has no values, so none can ever arrive: name them']);
  });

  test.each(['', undefined, null, 5, Lazy.string({ produce: () => 'a' })])('with %p in it is none', (value) => {
    expect(check({ _values: ['a', value as never] })).toEqual([
      'a value is blank or no string known at synthesis: write it out',
    ]);
  });

  test.each<[unknown, number]>([
    [['a', 'bcd', 'ef'], 3],
    [['👍'], 2],
    [[], 1],
    [undefined, 1],
    [null, 1],
    ['abc', 1],
    [[undefined, 12345], 9],
  ])('%p has the length of its longest', (values, length) => expect(longestOf(values)).toBe(length));
});

test('all that is wrong is told at once', () => {
  expect(check({ _maxLength: 0, _pattern: '(', _values: [] })).toHaveLength(3);
});

describe('on the wire', () => {
  test('is what is declared, and nothing else', () => {
    expect(ruleOnWire(MetadataKey.of('k'))).toEqual({ maxLength: 64 });
    expect(ruleOnWire(WritableAttribute.of('k'))).toEqual({ maxLength: 2048 });
    expect(ruleOnWire(WritableAttribute.of('k', { maxLength: 5, pattern: '' }))).toEqual({ maxLength: 5, pattern: '' });
    expect(ruleOnWire(WritableAttribute.oneOf('k', ['a', 'bc']))).toEqual({ maxLength: 2, values: ['a', 'bc'] });
  });

  test('says what the function holds texts to', () => {
    const texts = fc.string({ minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        fc.array(texts, { minLength: 1, maxLength: 5 }),
        texts,
        fc.integer({ min: 1, max: 12 }),
        (values, text, maxLength) => {
          expect(meets(ruleOnWire(WritableAttribute.oneOf('k', values)), text)).toBe(values.includes(text));
          expect(meets(ruleOnWire(WritableAttribute.of('k', { maxLength })), text)).toBe(text.length <= maxLength);
          expect(meets(ruleOnWire(WritableAttribute.of('k', { pattern: 'a|b+' })), text)).toBe(
            /^(?:a|b+)$/u.test(text),
          );
        },
      ),
    );
  });

  test('an author’s list may change afterwards', () => {
    const values = ['a'];
    const attribute = WritableAttribute.oneOf('k', values);
    values.push('b');
    expect(ruleOnWire(attribute).values).toEqual(['a']);
  });
});

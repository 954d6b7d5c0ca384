import fc from 'fast-check';
import { readChange, readCode, readMetadata } from '../../../lambda/api/body';
import { Problem } from '../../../lambda/api/problem';
import type { ApiWire } from '../../../lib/private/contracts/api';
import { PROBLEMS, VALUE_ERRORS } from '../../../lib/private/contracts/api-problems';
import { problemOf } from './support/problem-of';

const DEFINITION: ApiWire = {
  routes: {},
  readable: [],
  writable: {
    given_name: { maxLength: 10 },
    family_name: { maxLength: 10, required: true },
    nickname: { maxLength: 8, pattern: '[a-z]+' },
    'custom:theme': { maxLength: 5, values: ['light', 'dark'] },
    'custom:count': { maxLength: 2, pattern: 'a|bb' },
    email: { maxLength: 30 },
    birthdate: { maxLength: 2048 },
  },
  metadata: { campaign: { maxLength: 6, values: ['spring'] }, referrer: { maxLength: 5, pattern: '[a-z]*' } },
};

const change = (body: unknown, locale?: string) => readChange(DEFINITION, body, locale);
const changed = (attributes: object) => change({ attributes }).attributes;
const errorsOf = (attributes: unknown, clientMetadata: unknown = {}) =>
  problemOf(() => change({ attributes, clientMetadata })).errors.map(({ code, pointer }) => [code, pointer]);

describe('a change', () => {
  test('has the values as they were sent, and empty ones for what is deleted', () => {
    const body = { attributes: { given_name: ' Ann ', nickname: null, email: '\t', birthdate: '' } };
    expect(change(body)).toEqual({
      attributes: { given_name: ' Ann ', nickname: '', email: '', birthdate: '' },
      clientMetadata: { source: 'self-service' },
    });
  });

  test('has the language of the caller, which nobody else names', () => {
    expect(change({}, 'de-AT')).toEqual({
      attributes: {},
      clientMetadata: { source: 'self-service', locale: 'de-AT' },
    });
    expect(errorsOf({}, { locale: 'fr' })).toEqual([['unknown-metadata', '#/clientMetadata/locale']]);
  });

  test('says itself where it comes from, even where a declaration lets callers say so', () => {
    const metadata = { source: { maxLength: 20 }, locale: { maxLength: 20 } };
    const { clientMetadata } = readChange(
      { ...DEFINITION, metadata },
      { clientMetadata: { source: 'x', locale: 'y' } },
      'de',
    );
    expect(clientMetadata).toEqual({ source: 'self-service', locale: 'de' });
  });

  test.each([
    ['a', true],
    ['bb', true],
    ['ab', false],
    ['abb', false],
    ['a\n', false],
  ])('takes what matches a pattern as a whole: %j', (value, fits) => {
    if (fits) expect(changed({ 'custom:count': value })).toEqual({ 'custom:count': value });
    else expect(problemOf(() => changed({ 'custom:count': value })).code).toBe('values-refused');
  });

  test('counts characters as Cognito does, and takes an emoji for two', () => {
    expect(changed({ given_name: '😀'.repeat(5) })).toEqual({ given_name: '😀'.repeat(5) });
    expect(errorsOf({ given_name: `${'😀'.repeat(5)}x` })).toEqual([['too-long', '#/attributes/given_name']]);
  });

  test('does not leave out what it cannot do, and does the rest', () => {
    expect(errorsOf({ given_name: 'Ann', nickname: 'No', family_name: null, sub: 'x' }, { tone: 'x' })).toEqual([
      ['pattern', '#/attributes/nickname'],
      ['required', '#/attributes/family_name'],
      ['not-writable', '#/attributes/sub'],
      ['unknown-metadata', '#/clientMetadata/tone'],
    ]);
  });
});

describe('a code', () => {
  test.each([
    ['a digit', '1'],
    ['six digits', '123456'],
    ['any sign', 'a-b😀'],
    ['as many as Cognito takes', 'x'.repeat(2048)],
  ])('may be %s', (_, code) => expect(readCode({ code })).toBe(code));

  test.each([
    ['nothing', ''],
    ['a blank', ' '],
    ['white space before it', ' 123456'],
    ['a line break behind it', '123456\n'],
    ['a hard space in it', '12\u00a034'],
    ['more than Cognito takes', 'x'.repeat(2049)],
    ['a number', 123456],
    ['null', null],
    ['left out', undefined],
    ['a list', ['1']],
    ['an object', {}],
  ])('may not be %s', (_, code) => expect(problemOf(() => readCode({ code })).code).toBe('malformed-request'));

  test.each([undefined, null, 'x', [], { code: '1', name: 'x' }, {}])('stands in nothing but an object: %j', (body) => {
    expect(problemOf(() => readCode(body)).code).toBe('malformed-request');
  });
});

test('ClientMetadata may be left out, with its body', () => {
  for (const body of [undefined, null, {}]) {
    expect(readMetadata(DEFINITION, body, undefined)).toEqual({ source: 'self-service' });
  }
});

/** What may be said of each attribute and key, and what may be said of anything. */
const RIGHT: Readonly<Record<string, readonly unknown[]>> = {
  given_name: ['Ann', '😀', ' ', null],
  family_name: ['Ann'],
  nickname: ['ann', ''],
  'custom:theme': ['light', 'dark'],
  'custom:count': ['a', 'bb'],
  email: ['a@b.example'],
  birthdate: ['1990-01-31'],
  campaign: ['spring'],
  referrer: ['', 'page'],
};
const NAMES = ['sub', 'email_verified', 'custom:tenant', '__proto__', 'constructor', 'toString', 'source', 'locale'];
const name = fc.oneof(fc.constantFrom(...Object.keys(RIGHT), ...NAMES), fc.string({ unit: 'binary' }));
const value = fc.oneof(
  fc.constantFrom(...Object.values(RIGHT).flat(), 'Bb', 'a\n', '\ud800', '\u0000', 5, true, [], {}),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.jsonValue(),
);

/** Through JSON, as it comes: `__proto__` is a key there. */
const map = (declared: object) => {
  const right = fc
    .constantFrom(...Object.keys(declared))
    .chain((one) => fc.tuple(fc.constant(one), fc.constantFrom(...RIGHT[one])));
  return fc
    .array(fc.oneof({ weight: 9, arbitrary: right }, fc.tuple(name, value)), { maxLength: 4 })
    .map((entries) => entries.map((entry) => entry.map((part) => JSON.stringify(part)).join(':')))
    .map((members) => JSON.parse(`{${members.join()}}`) as unknown);
};

const { writable, metadata } = DEFINITION;
const bodies = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ attributes: map(writable), clientMetadata: map(metadata) }, { requiredKeys: [] }),
  },
  fc.record({ attributes: fc.jsonValue(), clientMetadata: fc.jsonValue() }),
  fc.jsonValue(),
);

/** Written once more, in another way than the product's. */
const KEEPS: Readonly<Record<string, RegExp>> = {
  given_name: /^[^]{0,10}$/,
  family_name: /^(?=[^]*\S)[^]{1,10}$/,
  nickname: /^[a-z]{0,8}$/,
  'custom:theme': /^(light|dark|)$/,
  'custom:count': /^(a|bb|)$/,
  email: /^([^\s@]+@[^\s@]+|)$/,
  birthdate: /^(\d{4}-\d\d-\d\d|)$/,
};

test('whatever is sent is refused with a Problem, or changes listed attributes to values that keep to their rules', () => {
  let taken = 0;
  fc.assert(
    fc.property(bodies, fc.option(fc.constant('de'), { nil: undefined }), (body, locale) => {
      let read;
      try {
        read = change(body, locale);
      } catch (error) {
        expect(error).toBeInstanceOf(Problem);
        const { code, errors, body: told } = error as Problem;
        expect(told).toMatchObject({ status: PROBLEMS[code].status });
        expect(errors.length > 0).toBe(code === 'values-refused');
        expect(errors.length).toBeLessThanOrEqual(20);
        for (const found of errors) {
          expect(Object.keys(VALUE_ERRORS)).toContain(found.code);
          expect(found.pointer).toMatch(/^#\/(attributes|clientMetadata)\/[\w%.!~*'()-]*$/);
        }
        return;
      }
      taken++;
      const { attributes, clientMetadata } = read;
      for (const [name, value] of Object.entries(attributes)) expect(value).toMatch(KEEPS[name]);
      const { source, locale: told, campaign = 'spring', referrer = '', ...rest } = clientMetadata;
      expect({ source, told, rest }).toEqual({ source: 'self-service', told: locale, rest: {} });
      expect(campaign).toBe('spring');
      expect(referrer).toMatch(/^[a-z]{0,5}$/);
    }),
    { numRuns: 3_000 },
  );

  expect(taken).toBeGreaterThan(600);
});

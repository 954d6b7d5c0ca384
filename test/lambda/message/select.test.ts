import { selectText } from '../../../lambda/message/select';
import type { VariantWire } from '../../../lib/private/contracts/message';

const SOURCE = 'CustomMessage_SignUp';

/** A variant with an SMS in the given locales; a text's file is named by the variant and the locale. */
const variant = (name: string, when: VariantWire['when'] = {}, locales = ['']): VariantWire => ({
  name,
  when,
  texts: { sms: Object.fromEntries(locales.map((locale) => [locale, `${name}/${locale}`])) },
});

const select = (
  variants: VariantWire[],
  metadata: Record<string, string> = {},
  { locales = [''], channel = 'sms' as 'sms' | 'email', source = SOURCE } = {},
) => selectText({ metadata: {}, sources: { [SOURCE]: variants } }, source, channel, metadata, locales);

test('a variant without conditions is for whatever metadata', () => {
  expect(select([variant('any')])).toBe('any/');
  expect(select([variant('any')], { campaign: 'blue' })).toBe('any/');
});

test('another source has no text of this one', () => {
  expect(select([variant('any')], {}, { source: 'CustomMessage_ResendCode' })).toBeUndefined();
});

test.each(['constructor', '__proto__', 'toString', ''])('%j is no source', (source) => {
  expect(select([variant('any')], {}, { source })).toBeUndefined();
});

test('every condition must be met', () => {
  const both = [variant('both', { campaign: ['blue'], tier: ['gold'] })];
  expect(select(both, { campaign: 'blue', tier: 'gold', more: 'x' })).toBe('both/');
  expect(select(both, { campaign: 'blue' })).toBeUndefined();
  expect(select(both, { campaign: 'blue', tier: 'Gold' })).toBeUndefined();
});

test('one of several values will do', () => {
  const either = [variant('either', { campaign: ['blue', 'green'] })];
  expect(select(either, { campaign: 'green' })).toBe('either/');
  expect(select(either, { campaign: 'blue,green' })).toBeUndefined();
});

test('the first that fits is used: synthesis lists the most specific first', () => {
  const variants = [variant('two', { a: ['1'], b: ['2'] }), variant('one', { a: ['1'] }), variant('any')];
  expect(select(variants, { a: '1', b: '2' })).toBe('two/');
  expect(select(variants, { a: '1' })).toBe('one/');
  expect(select(variants, { b: '2' })).toBe('any/');
});

test('an inherited property is not metadata', () => {
  const metadata = Object.create({ campaign: 'blue' }) as Record<string, string>;
  expect(select([variant('blue', { campaign: ['blue'] })], metadata)).toBeUndefined();
});

test('a channel without texts is looked for in the next variant', () => {
  const email: VariantWire = { when: {}, texts: { email: { '': 'mail' } } };
  expect(select([variant('blue', { campaign: ['blue'] }), email], { campaign: 'blue' }, { channel: 'email' })).toBe(
    'mail',
  );
});

test('of a variant’s texts, the one in the best locale is used', () => {
  const variants = [variant('any', {}, ['de-at', 'de', ''])];
  expect(select(variants, {}, { locales: ['de-at', 'de', ''] })).toBe('any/de-at');
  expect(select(variants, {}, { locales: ['de-ch', 'de', ''] })).toBe('any/de');
  expect(select(variants, {}, { locales: ['fr', ''] })).toBe('any/');
});

test('a variant that does not speak the language leaves the word to the next', () => {
  const variants = [variant('blue', { campaign: ['blue'] }, ['de']), variant('any')];
  expect(select(variants, { campaign: 'blue' }, { locales: ['fr', ''] })).toBe('any/');
});

test('an inherited name is no locale', () => {
  expect(
    select([variant('any', {}, ['de'])], {}, { locales: ['constructor', 'valueof', '__proto__', ''] }),
  ).toBeUndefined();
});

import { localeFallback } from '../../../lambda/message/locale';

/** Without the tags that name a script which goes without saying. */
const fallback = (...wishes: unknown[]) => localeFallback(wishes).filter((tag) => !/-(latn|hebr)(-|$)/.test(tag));

test.each<[unknown, string[]]>([
  ['de', ['de']],
  ['de-AT', ['de-at', 'de']],
  ['de_AT', ['de-at', 'de']],
  ['DE-at', ['de-at', 'de']],
  [' de-AT\n', ['de-at', 'de']],
  ['es-419', ['es-419', 'es']],
  ['sl-rozaj-biske', ['sl-biske-rozaj', 'sl-biske', 'sl']],
  ['iw-IL', ['he-il', 'he']],
  ['en_UK', ['en-gb', 'en']],
])('%j is looked for with its parents, the best first', (wish, tags) => {
  expect(fallback(wish)).toEqual([...tags, '']);
});

test.each([
  ['zh-TW', ['zh-tw', 'zh-hant-tw', 'zh-hant', 'zh']],
  ['zh-CN', ['zh-cn', 'zh-hans-cn', 'zh-hans', 'zh']],
  ['zh', ['zh', 'zh-hans']],
  ['zh-Hant-TW', ['zh-hant-tw', 'zh-tw', 'zh-hant', 'zh']],
  ['zh-Hans-TW', ['zh-hans-tw', 'zh-hans', 'zh']],
  ['sr-Cyrl', ['sr-cyrl', 'sr']],
  ['de-AT', ['de-at', 'de-latn-at', 'de-latn', 'de']],
])('%s is looked for by its script as well, which people leave out', (wish, tags) => {
  expect(localeFallback([wish])).toEqual([...tags, '']);
});

test('a single letter begins an extension and is no parent (RFC 4647, 3.4)', () => {
  expect(fallback('de-AT-x-private')).toEqual(['de-at-x-private', 'de-at', 'de', '']);
  expect(fallback('zh-u-co-pinyin')).toEqual(['zh-u-co-pinyin', 'zh-u-co', 'zh-hans', 'zh', '']);
  expect(fallback('x')).toEqual(['']);
});

test('a wish is looked for with all its parents before the next', () => {
  expect(fallback('de-AT', 'fr-CA', 'en')).toEqual(['de-at', 'de', 'fr-ca', 'fr', 'en', '']);
});

test('what two wishes share is looked for once, where the first wants it', () => {
  expect(fallback('de-AT', 'de-CH', 'de')).toEqual(['de-at', 'de', 'de-ch', '']);
});

test.each([
  undefined,
  null,
  1,
  ['de'],
  { toString: () => 'de' },
  '',
  ' ',
  '-',
  'de-',
  '-de',
  'de--AT',
  'de.AT',
  'de-AT.UTF-8',
  'de@euro',
  'de;q=0.5',
  'de, en',
  'de/../en',
  'deutschland',
  'dé',
  'de\0',
  'de\u200B-AT',
  'de‐AT',
  '\uD800',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  'CustomMessage_SignUp/0/de.sms.json',
])('%j is no language and counts for nothing', (wish) => {
  expect(fallback(wish)).toEqual(['']);
  expect(fallback(wish, 'de')).toEqual(['de', '']);
});

test('a name that objects inherit is but a tag that no text has', () => {
  expect(fallback('toString', 'valueOf')).toEqual(['tostring', 'valueof', '']);
});

test('a tag of over 35 characters counts for nothing', () => {
  expect(fallback(`de-${'a'.repeat(8)}-${'b'.repeat(8)}-${'c'.repeat(8)}-${'d'.repeat(5)}`)).toHaveLength(6);
  expect(fallback(`de-${'a'.repeat(8)}-${'b'.repeat(8)}-${'c'.repeat(8)}-${'d'.repeat(6)}`)).toEqual(['']);
  expect(fallback('a'.repeat(10_000))).toEqual(['']);
  expect(fallback('de-'.repeat(10_000))).toEqual(['']);
  expect(fallback(`de${' '.repeat(1_000_000)}`)).toEqual(['']);
});

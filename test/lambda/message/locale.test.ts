import { localeFallback } from '../../../lambda/message/locale';

test.each<[unknown, string[]]>([
  ['de', ['de']],
  ['de-AT', ['de-at', 'de']],
  ['de_AT', ['de-at', 'de']],
  ['DE-at', ['de-at', 'de']],
  [' de-AT\n', ['de-at', 'de']],
  ['zh-Hant-TW', ['zh-hant-tw', 'zh-hant', 'zh']],
  ['es-419', ['es-419', 'es']],
  ['sl-rozaj-biske', ['sl-biske-rozaj', 'sl-biske', 'sl']],
  ['iw-IL', ['he-il', 'he']],
  ['en_UK', ['en-gb', 'en']],
])('%j is looked for with its parents, the best first', (wish, tags) => {
  expect(localeFallback([wish])).toEqual([...tags, '']);
});

test('a single letter begins an extension and is no parent (RFC 4647, 3.4)', () => {
  expect(localeFallback(['de-AT-x-private'])).toEqual(['de-at-x-private', 'de-at', 'de', '']);
  expect(localeFallback(['zh-u-co-pinyin'])).toEqual(['zh-u-co-pinyin', 'zh-u-co', 'zh', '']);
  expect(localeFallback(['x'])).toEqual(['']);
});

test('a wish is looked for with all its parents before the next', () => {
  expect(localeFallback(['de-AT', 'fr-CA', 'en'])).toEqual(['de-at', 'de', 'fr-ca', 'fr', 'en', '']);
});

test('what two wishes share is looked for once, where the first wants it', () => {
  expect(localeFallback(['de-AT', 'de-CH', 'de'])).toEqual(['de-at', 'de', 'de-ch', '']);
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
  expect(localeFallback([wish])).toEqual(['']);
  expect(localeFallback([wish, 'de'])).toEqual(['de', '']);
});

test('a name that objects inherit is but a tag that no text has', () => {
  expect(localeFallback(['toString', 'valueOf'])).toEqual(['tostring', 'valueof', '']);
});

test('a tag of over 35 characters counts for nothing', () => {
  expect(localeFallback([`de-${'a'.repeat(8)}-${'b'.repeat(8)}-${'c'.repeat(8)}-${'d'.repeat(5)}`])).toHaveLength(6);
  expect(localeFallback([`de-${'a'.repeat(8)}-${'b'.repeat(8)}-${'c'.repeat(8)}-${'d'.repeat(6)}`])).toEqual(['']);
  expect(localeFallback(['a'.repeat(10_000)])).toEqual(['']);
  expect(localeFallback(['de-'.repeat(10_000)])).toEqual(['']);
  expect(localeFallback([`de${' '.repeat(1_000_000)}`])).toEqual(['']);
});

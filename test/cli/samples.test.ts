import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { readSamples } from '../../cli/preview/samples';
import type { MessageIndexWire } from '../../lib/private/contracts/message';
import { removeFolders, temporaryFolder } from './support/fixture';

afterAll(removeFolders);

const INDEX: MessageIndexWire = {
  metadata: {
    campaign: { maxLength: 20, values: ['spring', 'autumn'] },
    order: { maxLength: 6, pattern: '\\d+' },
    lang: { maxLength: 5 },
  },
  localeKey: 'lang',
  sources: {},
};

const read = (content: unknown) => {
  const file = path.join(temporaryFolder(), 'samples.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readSamples(file, [INDEX]);
};

test('what is given is taken, the rest is empty', () => {
  expect(read({ userAttributes: { given_name: 'Zoë' } })).toEqual({
    userName: undefined,
    userAttributes: { given_name: 'Zoë' },
    clientMetadata: {},
  });
});

test.each([
  ['no JSON', '{', /is not JSON .*: write \{/],
  ['no object', [], /must hold a JSON object: write \{/],
  ['a key of nobody’s', { attributes: {} }, /attributes is none of userName, userAttributes and clientMetadata/],
  ['a user name that is none', { userName: '' }, /userName must be a text/],
  ['attributes that are none', { userAttributes: [] }, /userAttributes must be an object of texts/],
  [
    'a value that is no text',
    { userAttributes: { age: 7 } },
    /userAttributes\.age must be a text: .*; put it in quotes/,
  ],
  ['the locale', { userAttributes: { locale: 'de' } }, /leave userAttributes\.locale out/],
  ['the locale by metadata', { clientMetadata: { lang: 'de' } }, /leave clientMetadata\.lang out/],
  [
    'metadata that no trigger declares',
    { clientMetadata: { x: '1' } },
    /no trigger declares .* x, .*campaign, lang, order/,
  ],
  ['a value that is none of those allowed', { clientMetadata: { campaign: 'x' } }, /must be one of spring, autumn/],
  ['a value against the pattern', { clientMetadata: { order: 'x' } }, /must be 1 to 6 characters that match \\d\+/],
])('%s is refused', (_, content, message) => {
  expect(() => read(content)).toThrow(message);
});

test('a file that is not there is told', () => {
  expect(() => readSamples('/nowhere/samples.json', [])).toThrow(/samples\.json cannot be read \(ENOENT/);
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { apiDefinition } from '../../lib/private/api/definition';
import { openApiDocument } from '../../lib/private/api/open-api';
import { OPERATIONS } from '../../lib/private/contracts/api';
import { PROBLEM_TYPE, PROBLEMS, VALUE_ERRORS } from '../../lib/private/contracts/api-problems';
import { MetadataKey, WritableAttribute } from '../../lib';

// Node's own require: the linter is ECMAScript modules, which jest does not load.
const native = process.getBuiltinModule('node:module').createRequire(__filename);
const { createConfig, lintFromString } = native('@redocly/openapi-core') as typeof import('@redocly/openapi-core', {
  with: { 'resolution-mode': 'import' },
});

const documentOf = (
  writable: WritableAttribute[],
  options: { readonly readable?: string[]; readonly metadata?: MetadataKey[]; readonly path?: string } = {},
): any => {
  const { readable, metadata = [], path: under = '/me' } = options;
  return openApiDocument(apiDefinition({ path: under, writable, readable, sensitive: [], metadata }, undefined));
};

const FULL = () =>
  documentOf(
    [
      WritableAttribute.of('email'),
      WritableAttribute.of('phoneNumber'),
      WritableAttribute.of('nickname', { maxLength: 40, pattern: '[\\p{L} ]+' }),
      WritableAttribute.oneOf('custom:theme', ['dark', 'light']),
    ],
    { readable: ['sub', 'email', 'nickname'], metadata: [MetadataKey.oneOf('campaign', ['spring'])] },
  );

const findings = async (document: unknown): Promise<string[]> => {
  const config = await createConfig({ extends: ['recommended-strict'] });
  const problems = await lintFromString({ source: JSON.stringify(document), config });
  return problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`);
};

test.each([
  ['with everything', FULL()],
  ['without an address', documentOf([WritableAttribute.of('nickname')])],
  ['of attributes that can only be read', documentOf([], { readable: ['email'] })],
  ['under another path', documentOf([WritableAttribute.of('email')], { path: '/accounts/v1' })],
])('Redocly finds nothing in a document %s, by its strictest rules', async (_, document) => {
  expect(await findings(document)).toEqual([]);
});

test('(which would find a mistake)', async () => {
  const document = FULL();
  delete document.paths['/me/attributes'].get.responses;
  expect(await findings(document)).not.toEqual([]);
});

test('every operation is in it, once', () => {
  const operations = Object.values<any>(FULL().paths).flatMap((methods) => Object.values<any>(methods));
  expect(operations.map(({ operationId }) => operationId).sort()).toEqual([
    'changeAttributes',
    'confirmAttribute',
    'deleteAttribute',
    'readAttributes',
    'sendVerificationCode',
  ]);
  expect(operations).toHaveLength(OPERATIONS.length);
});

test('what cannot be asked is not offered', () => {
  expect(Object.keys(documentOf([WritableAttribute.of('nickname')]).paths)).toEqual([
    '/me/attributes',
    '/me/attributes/{name}',
  ]);
  expect(Object.keys(documentOf([], { readable: ['email'] }).paths['/me/attributes'])).toEqual(['get']);
});

test('the rules of attributes and ClientMetadata stand in it', () => {
  const { Change, ClientMetadata, Attributes } = FULL().components.schemas;
  const { attributes } = Change.properties;
  expect(Object.keys(attributes.properties)).toEqual(['email', 'phone_number', 'nickname', 'custom:theme']);
  expect(attributes.additionalProperties).toBe(false);
  expect(attributes.properties.nickname.anyOf[0]).toEqual({
    type: 'string',
    maxLength: 40,
    description: 'Characters are UTF-16 code units.',
    pattern: '^(?:[\\p{L} ]+)$',
  });
  expect(attributes.properties['custom:theme'].anyOf[0]).toEqual({ type: 'string', enum: ['dark', 'light'] });
  expect(ClientMetadata.properties).toEqual({ campaign: { type: 'string', enum: ['spring'] } });
  expect(Object.keys(Attributes.properties.attributes.properties)).toEqual(['sub', 'email', 'nickname']);
});

test('every problem that the function can answer with stands at some operation', () => {
  const text = JSON.stringify(FULL().paths);
  expect(Object.keys(PROBLEMS).filter((code) => !text.includes(`(\`${code}\`)`))).toEqual([]);
});

test('every problem and every error of a value has its words in the guide, where its type leads', () => {
  const guide = readFileSync(path.join(__dirname, '../../docs/self-service.md'), 'utf8');
  expect(PROBLEM_TYPE).toMatch(/docs\/self-service\.md#$/);
  expect(Object.keys(PROBLEMS).filter((code) => !guide.includes(`\n#### ${code}\n`))).toEqual([]);
  expect(Object.keys(VALUE_ERRORS).filter((code) => !guide.includes(`\`${code}\``))).toEqual([]);
});

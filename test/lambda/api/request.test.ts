import fc from 'fast-check';
import { Problem } from '../../../lambda/api/problem';
import { readRequest } from '../../../lambda/api/request';
import { type ApiWire, OPERATIONS, ROUTES } from '../../../lib/private/contracts/api';
import { problemOf } from './support/problem-of';

const DEFINITION: ApiWire = {
  routes: Object.fromEntries(
    OPERATIONS.map((operation) => [`${ROUTES[operation].method} /me${ROUTES[operation].path}`, operation]),
  ),
  readable: [],
  writable: {},
  metadata: {},
};

const CHANGE = 'PATCH /me/attributes';
const REMOVE = 'DELETE /me/attributes/{name}';

/** An event as API Gateway sends it (payload 2.0). */
const event = (over: object = {}, claims: object | undefined = { token_use: 'access' }) => ({
  version: '2.0',
  routeKey: CHANGE,
  headers: { authorization: 'Bearer a.b.c', 'content-type': 'application/json' },
  requestContext: { authorizer: { jwt: { claims, scopes: null } } },
  isBase64Encoded: false,
  ...over,
});
const read = (over?: object, claims?: object) => readRequest(DEFINITION, event(over, claims));
const codeOf = (over: object, claims?: object) => problemOf(() => read(over, claims)).code;

test('what is asked is taken out of the event', () => {
  const headers = { authorization: 'Bearer a.b.c', 'content-type': 'application/json', 'accept-language': 'de-AT' };
  expect(read({ headers, body: '{"attributes":{}}' })).toEqual({
    operation: 'change',
    name: '',
    accessToken: 'a.b.c',
    locale: 'de-AT',
    body: { attributes: {} },
  });
});

test.each(OPERATIONS)('a route of the definition is known by its key: %s', (operation) => {
  const { method, path } = ROUTES[operation];
  expect(read({ routeKey: `${method} /me${path}` }).operation).toBe(operation);
});

test.each([
  undefined,
  null,
  5,
  '',
  '$default',
  'PATCH /attributes',
  'patch /me/attributes',
  '__proto__',
  'constructor',
])('another route is none: %j', (routeKey) => expect(codeOf({ routeKey })).toBe('no-such-attribute'));

test.each([
  ['Bearer a.b.c', 'a.b.c'],
  ['bearer  a.b.c', 'a.b.c'],
  ['a.b.c', 'a.b.c'],
  ['Bearer Bearer a.b.c', 'Bearer a.b.c'],
])('the token is what follows the scheme: %j', (authorization, accessToken) => {
  expect(read({ headers: { authorization } }).accessToken).toBe(accessToken);
});

test.each([
  ['an ID token', { requestContext: { authorizer: { jwt: { claims: { token_use: 'id' } } } } }],
  ['claims that say nothing', { requestContext: { authorizer: { jwt: { claims: {} } } } }],
  ['no claims', { requestContext: { authorizer: { jwt: {} } } }],
  ['no authorizer, as where the routes have lost it', { requestContext: {} }],
  ['no context', { requestContext: undefined }],
  ['claims of another authorizer', { requestContext: { authorizer: { lambda: { token_use: 'access' } } } }],
])('%s is no reason to act for anybody', (_, over) => expect(codeOf(over)).toBe('token-refused'));

test.each([
  ['nickname', 'nickname'],
  ['custom:plan', 'custom:plan'],
  ['custom%3Aplan', 'custom:plan'],
  ['100%', '100%'],
  ['%E0%A4%A', '%E0%A4%A'],
  ['', ''],
])('a name is decoded where it can be: %j', (sent, name) => {
  expect(read({ routeKey: REMOVE, pathParameters: { name: sent } }).name).toBe(name);
});

describe('a body', () => {
  const headers = { 'content-type': 'application/merge-patch+json; charset=UTF-8' };
  const base64 = (bytes: string | Buffer) => ({
    headers,
    body: Buffer.from(bytes as string).toString('base64'),
    isBase64Encoded: true,
  });

  test('may come in Base64', () => expect(read(base64('{"a":"é"}')).body).toEqual({ a: 'é' }));

  test('in Base64 is not taken for text, nor text for Base64', () => {
    expect(codeOf({ ...base64('{}'), isBase64Encoded: false })).toBe('malformed-request');
    expect(codeOf({ ...base64('{}'), body: '{}' })).toBe('malformed-request');
    expect(read({ headers, body: '{}', isBase64Encoded: 'true' }).body).toEqual({});
  });

  test.each([
    ['half a character', Buffer.from([0x22, 0xc3, 0x22])],
    ['Latin 1', Buffer.from('"é"', 'latin1')],
    ['UTF-16', Buffer.from('"é"', 'utf16le')],
  ])('has to be UTF-8, and is not %s', (_, bytes) => expect(codeOf(base64(bytes))).toBe('malformed-request'));

  test('may be as large as it may be, and no larger', () => {
    expect(read({ body: `"${'x'.repeat(16_382)}"` }).body).toHaveLength(16_382);
    expect(codeOf({ body: `"${'x'.repeat(16_383)}"` })).toBe('body-too-large');
    expect(codeOf({ body: `"${'é'.repeat(8_192)}"` })).toBe('body-too-large');
    expect(codeOf(base64(`"${'x'.repeat(16_383)}"`))).toBe('body-too-large');
  });

  test('is looked at only where the call takes one', () => {
    expect(read({ routeKey: REMOVE, body: '{' }).body).toBeUndefined();
    expect(read({ routeKey: 'GET /me/attributes', body: '{' }).body).toBeUndefined();
    expect(codeOf({ routeKey: 'POST /me/attributes/{name}/verification', body: '{' })).toBe('malformed-request');
    expect(codeOf({ routeKey: 'POST /me/attributes/{name}/verification-code', body: '{' })).toBe('malformed-request');
  });

  test.each([undefined, null, '', 5, {}])('that is %j is none', (body) => expect(read({ body }).body).toBeUndefined());
});

test('the name in the path is decoded no further than to one that is listed', () => {
  const definition = { ...DEFINITION, writable: { 'custom:a%41': { maxLength: 5 }, 'custom:aA': { maxLength: 5 } } };
  const nameIn = (name: string) => readRequest(definition, event({ routeKey: REMOVE, pathParameters: { name } })).name;
  expect(['custom:a%41', 'custom%3AaA'].map(nameIn)).toEqual(['custom:a%41', 'custom:aA']);
});

describe('the language', () => {
  const locale = (header: unknown) => read({ headers: { 'accept-language': header } }).locale;

  test.each([
    ['de', 'de'],
    ['en;q=0.1, de-AT;q=0.7, fr;q=0.2', 'de-AT'],
    ['en;q=0.5, de;q=0.5', 'en'],
    ['EN-us', 'en-US'],
    ['iw', 'he'],
    ['zh-hant-hk', 'zh-Hant-HK'],
    [`de, ${'x'.repeat(900)}`, 'de'],
    ['de-aaaaa-bbbbb-ccccc-ddddd-eeeee-fffff, sv', 'sv'], // longer than a tag has to be
  ])('is the best of those named, as a tag is written: %s', (header, tag) => expect(locale(header)).toBe(tag));

  test.each([
    undefined,
    '',
    '*',
    'de;q=0',
    '1',
    '-',
    'a',
    'de-',
    'en_US',
    'x'.repeat(36),
    `sh-x-${'a'.repeat(8)}-${'b'.repeat(8)}-${'c'.repeat(8)}-abc`, // 35 characters, and 40 as sr-Latn-x-…
    `de,${' '.repeat(1_000)}`,
    5,
  ])('is none where none is named: %j', (header) => expect(locale(header)).toBeUndefined());
});

/** Anything where API Gateway sends something, and mostly what it sends. */
const events = fc.oneof(
  fc.anything(),
  fc.record(
    {
      routeKey: fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...Object.keys(DEFINITION.routes)) }, fc.anything()),
      headers: fc.oneof(
        {
          weight: 4,
          arbitrary: fc.dictionary(
            fc.oneof(fc.constantFrom('authorization', 'content-type', 'accept-language', '__proto__'), fc.string()),
            fc.oneof(
              fc.constantFrom('application/json', 'de;q=0.5, *', 'Bearer a.b.c'),
              fc.string({ unit: 'binary' }),
              fc
                .array(fc.constantFrom('de', '-', ';', 'q=', '0.5', ',', '*', 'x', ' ', '_'))
                .map((parts) => parts.join('')),
              fc.anything(),
            ),
          ),
        },
        fc.anything(),
      ),
      pathParameters: fc.oneof(
        fc.record({ name: fc.oneof(fc.string({ unit: 'binary' }), fc.constant('%'), fc.anything()) }),
        fc.anything(),
      ),
      body: fc.oneof(fc.json(), fc.string({ unit: 'binary' }), fc.base64String(), fc.anything()),
      isBase64Encoded: fc.oneof(fc.boolean(), fc.anything()),
      requestContext: fc.oneof({ weight: 8, arbitrary: fc.constant(event().requestContext) }, fc.anything()),
    },
    { requiredKeys: [] },
  ),
);

test('whatever arrives is a request, or is refused with a Problem', () => {
  let taken = 0;
  fc.assert(
    fc.property(events, (arrived) => {
      try {
        const { operation, name, accessToken, locale } = readRequest(DEFINITION, arrived);
        taken++;
        expect(OPERATIONS).toContain(operation);
        expect([typeof name, typeof accessToken]).toEqual(['string', 'string']);
        // It is put into a message: a tag, and no more.
        if (locale !== undefined) expect(locale).toMatch(/^[A-Za-z0-9]{2,8}(-[A-Za-z0-9]{1,8})*$/);
      } catch (error) {
        expect(error).toBeInstanceOf(Problem);
      }
    }),
    { numRuns: 3_000 },
  );
  expect(taken).toBeGreaterThan(300);
});

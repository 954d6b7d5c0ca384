/** What the function refuses by itself: nothing is changed, and Cognito is not asked. */
import { request } from 'node:http';
import { expectProblem } from './api/support/problems';
import { type Answer, type Person, type SelfService, startSelfService } from './api/support/self-service';

let service: SelfService;
let ann: Person;

const ANN = {
  given_name: 'Annabel',
  family_name: 'Zimmermann',
  nickname: 'belle',
  'custom:tenant': 'blue-harbour',
  email: 'annabel@example.com',
  email_verified: 'false',
};

beforeAll(async () => {
  service = await startSelfService();
  ann = await service.person(ANN);
});
afterAll(() => service.stop());
afterAll(() => service.expectSecrecy());
beforeEach(() => service.forget());
afterEach(async () => {
  expect(await ann.attributes()).toEqual(ANN);
  expect(service.calls()).toEqual([]);
  expect(service.cognito.deliveries).toEqual([]);
});

const JSON_TYPE = { 'content-type': 'application/json' };
const sendText = (body: string | Uint8Array, headers: Record<string, string> = JSON_TYPE): Promise<Answer> =>
  ann.ask('PATCH', '', { body, headers });
const errorsOf = async (answer: Promise<Answer>) => expectProblem(await answer, 422, 'values-refused').errors;

describe('an attribute that is not listed', () => {
  test.each([
    ['custom:tenant', 'custom%3Atenant'],
    ['family_name'],
    ['email_verified'],
    ['phone_number_verified'],
    ['sub'],
    ['givenName'],
    ['Nickname'],
    ['nickname '],
    ['theme'],
    ['custom:custom:theme', 'custom%3Acustom%3Atheme'],
    ['dev:theme', 'dev%3Atheme'],
    ['__proto__'],
    ['constructor'],
    ['toString'],
    ['hasOwnProperty'],
    ['', ''],
    ['a/b~c', 'a~1b~0c'],
    ['ñ "<b>"', '%C3%B1%20%22%3Cb%3E%22'],
  ])('is not changed: %j', async (name, pointer = encodeURIComponent(name)) => {
    // By hand: in a literal, __proto__ is no key.
    const text = `{"attributes":{"given_name":"Anouk-Marie",${JSON.stringify(name)}:"true"}}`;
    expect(await errorsOf(sendText(text))).toEqual([
      { code: 'not-writable', detail: 'You cannot change this attribute.', pointer: `#/attributes/${pointer}` },
    ]);
  });

  test.each(['custom:tenant', 'email_verified', 'family_name', 'sub', '__proto__', 'constructor', 'toString'])(
    'is not deleted: %s',
    async (name) => void expectProblem(await ann.remove(name), 404, 'no-such-attribute'),
  );

  test('is told by no more than the beginning of its name', async () => {
    const [{ pointer }] = await errorsOf(ann.change({ ['é'.repeat(5000)]: 'anything' }));
    expect(decodeURIComponent(pointer)).toBe(`#/attributes/${'é'.repeat(64)}`);
  });

  test('is told even where half a character ends its name', async () => {
    const [{ pointer }] = await errorsOf(sendText('{"attributes":{"x\\ud83d":"anything"}}'));
    expect(decodeURIComponent(pointer)).toBe('#/attributes/x\ufffd');
  });
});

describe('a value that breaks its rule', () => {
  test.each([
    ['longer than declared', 'given_name', 'a'.repeat(41), 'too-long', 'At most 40 characters are taken.'],
    ['longer than Cognito takes', 'custom:bio', 'b'.repeat(2049), 'too-long', 'At most 2048 characters are taken.'],
    ['against the pattern', 'nickname', 'Belle!', 'pattern'],
    ['only begins as the pattern says', 'nickname', 'belle\n', 'pattern'],
    ['none of those allowed', 'custom:theme', 'dark', 'not-allowed'],
    ['no e-mail address', 'email', 'annabel', 'format'],
    ['two e-mail addresses', 'email', 'a@example.com b@example.com', 'format'],
    ['no phone number', 'phone_number', '0664 12345', 'format'],
    ['no day', 'birthdate', '1990-02-30', 'format'],
    ['no language', 'locale', 'german, please', 'format'],
    ['a number', 'nickname', 12345, 'not-a-text'],
    ['true', 'nickname', true, 'not-a-text'],
    ['a list', 'nickname', ['belle'], 'not-a-text'],
    ['an empty list', 'nickname', [], 'not-a-text'],
    ['an object', 'nickname', { toString: 'belle' }, 'not-a-text'],
    ['half a character', 'custom:bio', 'abcd\ud83d', 'not-a-text'],
  ])('is refused: %s', async (_, name, value, code, detail = expect.any(String)) => {
    expect(await errorsOf(ann.change({ given_name: 'Anouk-Marie', [name]: value }))).toEqual([
      { code, detail, pointer: `#/attributes/${encodeURIComponent(name)}` },
    ]);
  });

  test('is told with all the others, and never by itself', async () => {
    const answer = await ann.change(
      { nickname: 'Hidden-Value-1', email: 'Hidden-Value-2', 'custom:tenant': 'Hidden-Value-3', given_name: 7 },
      { campaign: 'Hidden-Value-4', tone: 'Hidden-Value-5' },
    );
    expect(expectProblem(answer, 422, 'values-refused').errors.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['pattern', '#/attributes/nickname'],
      ['format', '#/attributes/email'],
      ['not-writable', '#/attributes/custom%3Atenant'],
      ['not-a-text', '#/attributes/given_name'],
      ['metadata-refused', '#/clientMetadata/campaign'],
      ['unknown-metadata', '#/clientMetadata/tone'],
    ]);
    expect(JSON.stringify(answer.body)).not.toContain('Hidden');
  });

  test('is told twenty times at most', async () => {
    const attributes = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`custom:a${index}`, 'anything']));
    expect(await errorsOf(ann.change(attributes))).toHaveLength(20);
  });
});

describe('a body', () => {
  test.each([
    ['nothing', ''],
    ['no JSON', '{"attributes":'],
    ['two of them', '{}{}'],
    ['JavaScript', "{attributes:{nickname:'other'}}"],
    ['a number', '5'],
    ['a text', '"attributes"'],
    ['null', 'null'],
    ['a list', '[{"attributes":{"nickname":"other"}}]'],
    ['attributes in a list', '{"attributes":[{"name":"nickname","value":"other"}]}'],
    ['attributes in a text', '{"attributes":"nickname"}'],
    ['no attributes but null', '{"attributes":null}'],
    ['what nobody knows', '{"attributes":{"nickname":"other"},"username":"ben"}'],
    ['a token', '{"attributes":{"nickname":"other"},"accessToken":"x.y.z"}'],
    ['a prototype', '{"__proto__":{"attributes":{"nickname":"other"}}}'],
    ['a nested prototype', '{"attributes":{"nickname":"other"},"constructor":{"prototype":{"isAdmin":true}}}'],
    ['a thousand brackets', '['.repeat(8000)],
  ])('is refused where it holds %s', async (_, text) => {
    const answer = await sendText(text);
    const { detail, errors } = expectProblem(answer, 400, 'malformed-request');
    expect(detail).toEqual(expect.any(String));
    expect(errors).toEqual([]);
  });

  test('is not quoted where it is no JSON', async () => {
    const answer = await sendText('{"attributes":{"nickname":Hidden-Value-6');
    expect(expectProblem(answer, 400, 'malformed-request')).toEqual({ detail: 'The body is not JSON.', errors: [] });
  });

  // Of the other type, API Gateway hands over a text, and has put another character in its place.
  test('is refused where it is no UTF-8', async () => {
    const bytes = Buffer.from('{"attributes":{"custom:bio":"caf\u00e9"}}', 'latin1');
    const answer = await sendText(bytes, { 'content-type': 'application/merge-patch+json' });
    expectProblem(answer, 400, 'malformed-request');
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'application/json-patch+json',
    'application/merge-patch+json+x',
    'application/json, text/html',
    'json',
    ';',
  ])('is refused as %s', async (type) => {
    const answer = await sendText('{"attributes":{"nickname":"other"}}', { 'content-type': type });
    const { detail } = expectProblem(answer, 415, 'unsupported-media-type');
    expect(detail).toBe('The content type has to be application/merge-patch+json or application/json.');
  });

  test.each(['application/json', 'application/merge-patch+json'])(
    'is refused where it is larger than 16,384 bytes, in characters or not: %s',
    async (type) => {
      const padded = (bytes: number) => `{"attributes":{"custom:tenant":"x"}${' '.repeat(bytes - 36)}}`;
      expect(Buffer.byteLength(padded(16_384))).toBe(16_384);
      expectProblem(await sendText(padded(16_384), { 'content-type': type }), 422, 'values-refused');
      const { detail } = expectProblem(await sendText(padded(16_385), { 'content-type': type }), 413, 'body-too-large');
      expect(detail).toBe('At most 16384 bytes are taken.');
      const wide = `{"attributes":{"custom:bio":"${'é'.repeat(8_200)}"}}`;
      expectProblem(await sendText(wide, { 'content-type': type }), 413, 'body-too-large');
      expectProblem(await sendText('x'.repeat(5_000_000), { 'content-type': type }), 413, 'body-too-large');
    },
  );

  test('is refused without a type', async () => {
    expectProblem(
      await sendText(Buffer.from('{"attributes":{"nickname":"other"}}'), {}),
      415,
      'unsupported-media-type',
    );
  });

  test('is refused by API Gateway where it is larger than that takes', async () => {
    const before = service.api.invocations();
    expect((await sendText('x'.repeat(10 * 1024 * 1024 + 1))).status).toBe(413);
    expect(service.api.invocations()).toBe(before);
  });
});

describe('a path', () => {
  /** As it is: `fetch` would resolve dots, and encode what is not. */
  const deletes = (path: string): Promise<{ status: number; type?: string }> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(service.api.endpoint);
      const headers = { authorization: `Bearer ${ann.accessToken}` };
      request({ hostname, port, path, method: 'DELETE', headers }, (answer) => {
        answer.resume();
        answer.once('end', () => resolve({ status: answer.statusCode!, type: answer.headers['content-type'] }));
      })
        .once('error', reject)
        .end();
    });

  test.each([
    '%00',
    'nickname%00',
    'nickname%20',
    '%20nickname',
    'nickname%2F',
    'nickname%2F..%2Fgiven_name',
    '%2e%2e%2fattributes',
    'nickname%',
    '%E0%A4%A',
    '%ff',
    '%25',
    '%2525',
    'NICKNAME',
    'nickname,given_name',
    'nickname;x=1',
    '*',
    '{name}',
    '$%7Bname%7D',
    '__proto__',
    '%5F%5Fproto%5F%5F',
    'custom%253Atenant',
    'custom%25253Atheme',
    'x'.repeat(4000),
  ])('that names no listed attribute leads nowhere: %s', async (name) => {
    expect(await deletes(`/me/attributes/${name}`)).toEqual({ status: 404, type: 'application/problem+json' });
  });

  test.each([
    '/me/attributes/',
    '/me/attributes//nickname',
    '/me/attributes/nickname/',
    '/me/attributes/nickname/verification',
    '/me/attributes/../attributes/nickname',
    '//me/attributes/nickname',
    '/me/Attributes/nickname',
    '/me%2Fattributes%2Fnickname',
    '/attributes/nickname',
    '/$default/me/attributes/nickname',
    '/',
  ])('that is none of the API leads nowhere: %s', async (path) => {
    const before = service.api.invocations();
    expect(await deletes(path)).toMatchObject({ status: 404 });
    expect(service.api.invocations()).toBe(before);
  });

  test.each(['POST', 'PUT', 'HEAD', 'OPTIONS'])('takes no %s', async (method) => {
    const before = service.api.invocations();
    expect((await fetch(service.api.url, { method })).status).toBe(404);
    expect(service.api.invocations()).toBe(before);
  });
});

/** What stands around the function: headers of every answer, CORS, rates and the log of accesses. */
import { HttpClient } from '../support/http';
import { ORIGIN, type Person, type SelfService, startSelfService } from './api/support/self-service';

let service: SelfService;
let ann: Person;

const ANN = { nickname: 'belle', given_name: 'Annabel', email: 'annabel@example.com', email_verified: 'true' };

beforeAll(async () => {
  service = await startSelfService();
});
afterAll(() => service.stop());
afterAll(() => service.expectSecrecy());
beforeEach(async () => {
  service.forget();
  ann = await service.person(ANN);
});

const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': expect.stringMatching(/^max-age=\d{8,}/),
  'x-content-type-options': 'nosniff',
};

describe('every answer of the function', () => {
  test.each<[string, () => ReturnType<Person['ask']>, number]>([
    ['attributes', () => ann.read(), 200],
    ['a change', () => ann.change({ nickname: 'anouk' }), 200],
    ['a code that was sent', () => ann.sendCode('email'), 202],
    ['a deletion', () => ann.remove('nickname'), 204],
    ['a malformed request', () => ann.ask('PATCH', '', { body: '{' }), 415],
    ['no such attribute', () => ann.remove('nosuch'), 404],
    ['values that were refused', () => ann.change({ nickname: 'Not This' }), 422],
    ['a wrong code', () => ann.confirm('email', '000000'), 422],
  ])('tells browsers to keep, frame and guess nothing: %s', async (_, send, expected) => {
    const { status, headers } = await send();
    expect(status).toBe(expected);
    expect(Object.fromEntries(headers)).toMatchObject(SECURITY_HEADERS);
  });

  test('does so too where Cognito fails', async () => {
    service.cognito.setFaults(() => ({ kind: 'reset' }));
    expect(Object.fromEntries((await ann.read()).headers)).toMatchObject(SECURITY_HEADERS);
  });
});

describe('a page of another origin', () => {
  const preflight = (origin: string, method = 'PATCH', path = '') =>
    fetch(service.api.url + path, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': 'authorization' },
    });
  const granted = ({ headers }: { headers: Headers }) =>
    Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));

  test.each([
    ['PATCH', ''],
    ['GET', ''],
    ['POST', '/email/verification'],
    ['DELETE', '/nickname'],
  ])('may call the API where its origin is allowed: %s %s', async (method, path) => {
    const before = service.api.invocations();
    const answer = await preflight(ORIGIN, method, path);
    expect(answer.status).toBe(204);
    expect(granted(answer)).toEqual({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-methods': 'GET,PATCH,POST,DELETE',
      'access-control-allow-headers': 'authorization,content-type',
      'access-control-expose-headers': 'retry-after',
      'access-control-max-age': '600',
    });
    expect(service.api.invocations()).toBe(before);
  });

  test('may read its answers, those without a token too, and when to come again', async () => {
    for (const authorization of [undefined, 'none']) {
      const answer = await ann.ask('GET', '', { authorization, headers: { origin: ORIGIN } });
      expect(granted(answer)).toMatchObject({
        'access-control-allow-origin': ORIGIN,
        'access-control-expose-headers': 'retry-after',
      });
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  test.each([
    'https://evil.example',
    'http://app.example.com',
    'https://app.example.com.evil.example',
    'https://app.example.com:8443',
    'https://sub.app.example.com',
    'null',
    '*',
  ])('may not where it is none of those: %s', async (origin) => {
    expect(granted(await preflight(origin))).toEqual({});
    expect(granted(await ann.ask('GET', '', { headers: { origin } }))).toEqual({});
  });

  test('may not at all where none is allowed', async () => {
    const own = await startSelfService({ api: { endpoint: undefined } });
    try {
      const ben = await own.person();
      const answer = await fetch(own.api.url, {
        method: 'OPTIONS',
        headers: { origin: ORIGIN, 'access-control-request-method': 'PATCH' },
      });
      expect(answer.status).toBe(404);
      expect(granted(await ben.ask('GET', '', { headers: { origin: ORIGIN } }))).toEqual({});
    } finally {
      await own.stop();
    }
  });
});

describe('rates', () => {
  let own: SelfService;
  const RATES = { reads: 4, changes: 2, codes: 1 };

  beforeAll(async () => {
    own = await startSelfService({ throttled: true, api: { rates: RATES } });
  });
  afterAll(() => own.stop());

  test.each<[string, keyof typeof RATES, (person: Person, index: number) => ReturnType<Person['ask']>]>([
    ['GET', 'reads', (ben) => ben.read()],
    ['PATCH', 'changes', (ben, index) => ben.change({ nickname: `nick-${index}` })],
    ['DELETE', 'changes', (ben) => ben.remove('nickname')],
    ['POST …/verification-code', 'codes', (ben) => ben.sendCode('email')],
    ['POST …/verification', 'codes', (ben) => ben.confirm('email', '000000')],
  ])('hold by themselves, twice over at once, and let nobody through beyond: %s', async (_, kind, send) => {
    const ben = await own.person(ANN);
    const before = own.api.invocations();
    const since = performance.now();
    const answers = await Promise.all(Array.from({ length: 40 }, (_one, index) => send(ben, index)));
    const seconds = (performance.now() - since) / 1000;
    const refused = answers.filter(({ status }) => status === 429);
    for (const { body } of refused) expect(body).toEqual({ message: 'Too Many Requests' });
    const taken = answers.length - refused.length;
    expect(own.api.invocations() - before).toBe(taken);
    expect(taken).toBeGreaterThanOrEqual(2 * RATES[kind]);
    expect(taken).toBeLessThanOrEqual(2 * RATES[kind] + RATES[kind] * seconds);
  });
});

test('the log of accesses tells when, which and how it went, and nothing that a caller has sent', async () => {
  const http = new HttpClient();
  const before = service.api.accessLog.length;
  try {
    const headers = {
      authorization: `Bearer ${ann.accessToken}`,
      'user-agent': 'Hidden-Agent',
      'x-forwarded-for': '192.0.2.1',
    };
    await http.send(`${service.api.url}?Hidden-Query=1`, { method: 'GET', headers });
    await http.send(`${service.api.url}/Hidden-Name`, { method: 'DELETE', headers });
    await http.send(`${service.api.url}/Hidden-Path/x`, { method: 'GET', headers });
    await http.send(service.api.url, { method: 'GET', headers: { ...headers, authorization: 'Bearer Hidden-Token' } });
  } finally {
    http.stop();
  }
  const lines = service.api.accessLog.slice(before).map((line): Record<string, string> => JSON.parse(line));
  expect(lines.map(({ routeKey, status, errorType }) => [routeKey, status, errorType])).toEqual([
    ['GET /me/attributes', '200', '-'],
    ['DELETE /me/attributes/{name}', '404', '-'],
    ['-', '404', 'NOT_FOUND'],
    ['GET /me/attributes', '401', 'UNAUTHORIZED'],
  ]);
  for (const line of lines) {
    expect(Object.keys(line)).toEqual([
      'requestId',
      'requestTime',
      'routeKey',
      'status',
      'errorType',
      'responseLength',
      'responseLatency',
      'integrationLatency',
    ]);
    expect(JSON.stringify(line)).not.toMatch(/Hidden|192\.0\.2\.1|127\.0\.0\.1|Bearer/);
  }
});

import { setTimeout as sleep } from 'node:timers/promises';
import { signedToken } from './cognito-access-token';
import { HttpClient } from './http';
import type { InvokeResult } from './lambda-environment';
import { type LocalCognito, startLocalCognito } from './local-cognito';
import { type HttpApiOptions, type LocalHttpApi, type Resources, startLocalHttpApi } from './local-http-api';

const ORIGIN = 'https://app.example.com';
const ROUTE = 'PATCH /me/{name}/x';

const RESOURCES: Resources = {
  Api: {
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: { CorsConfiguration: { AllowOrigins: [ORIGIN], AllowMethods: ['PATCH'], MaxAge: 60 } },
  },
  Stage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: {
      AccessLogSettings: { Format: '{"key":"$context.routeKey","status":"$context.status","x":"$context.unknown"}' },
      RouteSettings: { [ROUTE]: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 } },
    },
  },
  Authorizer: {
    Type: 'AWS::ApiGatewayV2::Authorizer',
    Properties: {
      JwtConfiguration: {
        Issuer: { 'Fn::Join': ['/', ['https://aws', { Ref: 'Pool' }]] },
        Audience: [{ Ref: 'Client' }],
      },
    },
  },
  Route: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: { RouteKey: ROUTE, AuthorizerId: { Ref: 'Authorizer' }, AuthorizationScopes: ['read', 'write'] },
  },
  Open: { Type: 'AWS::ApiGatewayV2::Route', Properties: { RouteKey: 'POST /open' } },
};

let cognito: LocalCognito;
let api: LocalHttpApi;
let events: any[];
let result: InvokeResult;
const http = new HttpClient();

const start = (over: Partial<HttpApiOptions> = {}) =>
  startLocalHttpApi({
    resources: RESOURCES,
    references: { Pool: 'local_pool', Client: 'client' },
    userPoolId: 'local_pool',
    issuer: cognito.directEndpoint,
    function: {
      invoke: async (event) => {
        events.push(JSON.parse(JSON.stringify(event)));
        return result;
      },
    },
    ...over,
  });

beforeAll(async () => {
  cognito = await startLocalCognito();
  api = await start();
});
afterAll(async () => {
  http.stop();
  await api.stop();
  await cognito.stop();
});
beforeEach(() => {
  events = [];
  result = { payload: { statusCode: 201, headers: { 'x-own': 'yes' }, body: 'done' } };
});

const claims = (over: object = {}) => ({
  iss: `${cognito.directEndpoint}/local_pool`,
  client_id: 'client',
  scope: 'openid write',
  exp: Math.floor(Date.now() / 1000) + 60,
  groups: ['a', 'b'],
  ...over,
});
const send = (path: string, headers: Record<string, string> = {}, body?: string, method = 'PATCH') =>
  http.send(api.endpoint + path, {
    method,
    headers: { authorization: `Bearer ${signedToken(claims())}`, ...headers },
    body,
  });

test('the function gets the event of payload 2.0, and its answer goes back', async () => {
  const headers = { 'content-type': 'application/json', 'X-Some': 'Value' };
  const answer = await send('/me/custom%3Aplan/x?a=1&b=2', headers, '{"ä":1}');
  expect(answer).toMatchObject({ status: 201, headers: { 'x-own': 'yes' }, body: 'done' });
  expect(events).toMatchObject([
    {
      version: '2.0',
      routeKey: ROUTE,
      rawPath: '/me/custom%3Aplan/x',
      rawQueryString: 'a=1&b=2',
      headers: { 'content-type': 'application/json', 'x-some': 'Value' },
      pathParameters: { name: 'custom:plan' },
      requestContext: {
        http: { method: 'PATCH' },
        authorizer: { jwt: { claims: { client_id: 'client', groups: 'a,b' } } },
      },
      body: '{"ä":1}',
      isBase64Encoded: false,
    },
  ]);
});

test('a body that is no text comes in Base64, and none not at all', async () => {
  await send('/open', { 'content-type': 'application/merge-patch+json' }, '{"ä":1}', 'POST');
  await send('/open', {}, undefined, 'POST');
  const [{ body, isBase64Encoded }, none] = events;
  expect([Buffer.from(body, 'base64').toString(), isBase64Encoded]).toEqual(['{"ä":1}', true]);
  expect([none.body, none.isBase64Encoded]).toEqual([undefined, false]);
});

test.each(['/me/a', '/me/a/x/', '/me//x', '//me/a/x', '/Me/a/x', '/me/a/y', '/', '/me/a%2Fx', '/open'])(
  'a path that no route has is not found: %s',
  async (path) => {
    expect(await send(path)).toMatchObject({ status: 404, body: '{"message":"Not Found"}' });
    expect(events).toEqual([]);
  },
);

test.each<[string, (over: object) => string | undefined, number]>([
  ['no token', () => undefined, 401],
  ['an expired one', () => signedToken(claims({ exp: 1 })), 401],
  ["another issuer's", () => signedToken(claims({ iss: 'https://evil.example/local_pool' })), 401],
  ["another pool's", () => signedToken(claims({ iss: `${cognito.directEndpoint}/local_other` })), 401],
  ["another client's", () => signedToken(claims({ client_id: 'other' })), 401],
  ['one for somebody else, whatever its client', () => signedToken(claims({ aud: 'other' })), 401],
  ['none of the scopes', () => signedToken(claims({ scope: 'reads' })), 403],
  ['one of the scopes', () => signedToken(claims({ scope: 'x read' })), 201],
  ['an audience in the place of a client', () => signedToken(claims({ aud: 'client', client_id: undefined })), 201],
])('a token is checked: %s', async (_, token, status) => {
  expect((await send('/me/a/x', { authorization: token({}) ? `Bearer ${token({})}` : '' })).status).toBe(status);
  expect(events).toHaveLength(status === 201 ? 1 : 0);
});

test('a route without an authorizer asks for none, and shows no claims', async () => {
  await send('/open', { authorization: 'x' }, undefined, 'POST');
  expect(events).toMatchObject([{ routeKey: 'POST /open' }]);
  expect(events[0].requestContext.authorizer).toBeUndefined();
});

test.each<[string, InvokeResult]>([
  ['an error', { functionError: { errorType: 'Error', errorMessage: 'Hidden-Words' } }],
  ['no answer', { payload: null }],
])('a function that gives %s is answered for', async (_, given) => {
  result = given;
  expect(await send('/me/a/x')).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
});

test('CORS is answered without the function, for the declared origins alone, and added to every answer', async () => {
  const preflight = { origin: ORIGIN, 'access-control-request-method': 'PATCH' };
  const granted = { 'access-control-allow-origin': ORIGIN, 'access-control-allow-methods': 'PATCH' };
  expect(await send('/me/a/x', preflight, undefined, 'OPTIONS')).toMatchObject({ status: 204, headers: granted });
  expect(events).toEqual([]);
  for (const path of ['/me/a/x', '/nowhere'])
    expect((await send(path, { origin: ORIGIN })).headers).toMatchObject(granted);
  const { headers } = await send('/me/a/x', { origin: 'https://evil.example' });
  expect(headers['access-control-allow-origin']).toBeUndefined();
});

test('the log of accesses is as the stage declares it', async () => {
  const before = api.accessLog.length;
  await send('/me/a/x');
  await send('/nowhere');
  expect(api.accessLog.slice(before)).toEqual([
    `{"key":"${ROUTE}","status":"201","x":"-"}`,
    '{"key":"-","status":"404","x":"-"}',
  ]);
});

test('rates hold where they are asked for, and come back with time', async () => {
  for (let count = 0; count < 5; count++) expect((await send('/me/a/x')).status).toBe(201);
  const former = api;
  api = await start({ throttled: true });
  try {
    const statuses = await Promise.all([1, 2, 3].map(async () => (await send('/me/a/x')).status));
    expect(statuses.sort()).toEqual([201, 201, 429]);
    await sleep(1_050);
    expect((await send('/me/a/x')).status).toBe(201);
    expect(api.invocations()).toBe(3);
  } finally {
    await api.stop();
    api = former;
  }
});

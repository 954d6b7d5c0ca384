/** Whose token is taken: what API Gateway refuses never reaches the function, and what it cannot know Cognito refuses. */
import { generateKeyPairSync } from 'node:crypto';
import { AdminDeleteUserCommand, AdminDisableUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { type AccessClaims, claimsOf, publicKeyPem, signedToken } from '../support/cognito-access-token';
import { type Answer, type Person, type SelfService, startSelfService } from './api/support/self-service';

let service: SelfService;
let ann: Person;

const ANN = { given_name: 'Annabel', nickname: 'belle', email: 'annabel@example.com', email_verified: 'true' };

beforeAll(async () => {
  service = await startSelfService();
});
afterAll(() => service.stop());
afterAll(() => service.expectSecrecy());
beforeEach(async () => {
  service.forget();
  ann = await service.person(ANN);
});

type Send = (authorization: string) => Promise<Answer>;

const ROUTES: [route: string, send: Send][] = [
  ['GET', (authorization) => ann.ask('GET', '', { authorization })],
  ['PATCH', (authorization) => ann.ask('PATCH', '', { authorization, body: { attributes: { nickname: 'other' } } })],
  ['POST …/verification-code', (authorization) => ann.ask('POST', '/email/verification-code', { authorization })],
  [
    'POST …/verification',
    (authorization) => ann.ask('POST', '/email/verification', { authorization, body: { code: '123456' } }),
  ],
  ['DELETE', (authorization) => ann.ask('DELETE', '/nickname', { authorization })],
];

const now = () => Math.floor(Date.now() / 1000);
const says = (over: Partial<AccessClaims> & { readonly nbf?: number; readonly iat?: number; readonly aud?: string }) =>
  signedToken({ ...claimsOf(ann.accessToken), ...over });

const forger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const forgersKey = forger.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** A token that is right but for one thing. Signed here, since the emulator is as old as the test. */
const REFUSED: [what: string, token: () => string | Promise<string>][] = [
  ['garbage', () => 'garbage'],
  ['three parts of garbage', () => 'a.b.c'],
  ['another scheme', () => 'Basic YW5uOnBhc3N3b3Jk'],
  ['a token that has expired', () => says({ exp: now() - 1 })],
  ['a token that is not yet valid', () => says({ nbf: now() + 600 })],
  ['a token of the future', () => says({ iat: now() + 600 })],
  ['a token without an end', () => says({ exp: undefined })],
  ['a token forged with a key of the same name', () => signedToken(claimsOf(ann.accessToken), { key: forgersKey })],
  [
    'a token forged with a key of another name',
    () => signedToken(claimsOf(ann.accessToken), { key: forgersKey, kid: 'x' }),
  ],
  ['a token that is not signed', () => signedToken(claimsOf(ann.accessToken), { alg: 'none' })],
  [
    'a token signed with the public key',
    () => signedToken(claimsOf(ann.accessToken), { alg: 'HS256', key: publicKeyPem() }),
  ],
  ['a token whose claims were changed', () => withClaims({ ...claimsOf(ann.accessToken), sub: 'x' })],
  ['a token of another issuer', () => says({ iss: `https://evil.example/${service.pool}` })],
  ['a token of another audience', () => says({ aud: 'another' })],
  ["another app client's token", async () => foreignToken(service.pool)],
  ["another pool's token", async () => foreignToken(await service.cognito.createPool())],
  [
    "another pool's token that names this app client",
    async () => foreignToken(await service.cognito.createPool(), service.client),
  ],
];

const withClaims = (claims: object): string => {
  const [head, , signature] = ann.accessToken.split('.');
  return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
};

const foreignToken = async (pool: string, namedClient?: string): Promise<string> => {
  const client = await service.cognito.createAppClient(pool);
  if (pool !== service.pool) await service.cognito.createUser(pool, ann.username);
  const token = await service.cognito.signIn(pool, client, ann.username);
  return namedClient === undefined ? token : signedToken({ ...claimsOf(token), client_id: namedClient });
};

const NOT_SCOPED: [what: string, token: () => string][] = [
  ['a token without scopes', () => says({ scope: undefined })],
  ['a token with other scopes', () => says({ scope: 'openid email aws.cognito.signin.user' })],
];

const expectNothingDone = async (send: () => Promise<Answer>, status: number): Promise<Answer> => {
  const before = service.api.invocations();
  const answer = await send();
  expect(answer.status).toBe(status);
  expect(service.api.invocations()).toBe(before);
  expect(service.calls()).toEqual([]);
  expect(await ann.attributes()).toEqual(ANN);
  return answer;
};

test('a token signed here is one that is taken', async () => {
  expect((await ann.ask('GET', '', { authorization: `Bearer ${says({})}` })).status).toBe(200);
});

test.each(['Bearer ', 'bearer ', 'BEARER ', ''])('a token is taken after %j', async (scheme) => {
  const { status } = await ann.ask('GET', '', { authorization: scheme + ann.accessToken });
  expect(status).toBe(200);
});

describe.each(ROUTES)('%s', (_, send) => {
  test('without a token, reaches nobody', () => expectNothingDone(() => send(''), 401));

  test.each(REFUSED)('with %s, reaches nobody', async (_what, token) => {
    const sent = await token();
    await expectNothingDone(() => send(sent.includes(' ') ? sent : `Bearer ${sent}`), 401);
  });

  test.each(NOT_SCOPED)('with %s, reaches nobody', async (_what, token) => {
    const { headers } = await expectNothingDone(() => send(`Bearer ${token()}`), 403);
    expect(headers.get('www-authenticate')).toContain('insufficient_scope');
  });

  test('with an ID token, reaches nobody', async () => {
    await service.cognito.seedUsers(service.pool, [{ username: 'with-password', password: 'Correct-Horse-1' }]);
    const signedIn = await service.cognito.authenticate(service.client, 'with-password', 'Correct-Horse-1');
    if (!('idToken' in signedIn)) throw new Error('there is a challenge');
    await expectNothingDone(() => send(`Bearer ${signedIn.idToken}`), 403);
  });

  test.each([
    ['has been deleted', () => new AdminDeleteUserCommand({ UserPoolId: service.pool, Username: ann.username })],
    ['has been disabled', () => new AdminDisableUserCommand({ UserPoolId: service.pool, Username: ann.username })],
  ])('with the token of a user who %s, is refused by Cognito', async (_what, command) => {
    await service.cognito.client(service.cognito.directEndpoint).send(command() as AdminDeleteUserCommand);
    const { status, headers, body } = await send(`Bearer ${ann.accessToken}`);
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(body).toMatchObject({ status: 401, title: 'Sign in again' });
    expect(service.cognito.calls).toMatchObject([{ applied: false }]);
    expect(service.cognito.deliveries).toEqual([]);
  });

  test('with a token that has been revoked, is refused by Cognito', async () => {
    const message = 'Access Token has been revoked';
    service.cognito.setFaults(() => ({ kind: 'error', type: 'NotAuthorizedException', message }));
    expect(await send(`Bearer ${ann.accessToken}`)).toMatchObject({ status: 401, body: { title: 'Sign in again' } });
  });
});

test('an ID token with the scope of an access token is refused by the function, should it ever come so far', async () => {
  const { status, body } = await ann.ask('GET', '', { authorization: `Bearer ${says({ token_use: 'id' })}` });
  expect({ status, body }).toMatchObject({ status: 401, body: { title: 'Sign in again' } });
  expect(service.calls()).toEqual([]);
});

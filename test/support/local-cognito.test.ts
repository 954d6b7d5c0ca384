import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  AdminCreateUserCommand,
  AdminDeleteUserAttributesCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  DeleteUserPoolCommand,
  GetUserAttributeVerificationCodeCommand,
  ListUsersCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { LambdaRunner } from './lambda-runner';
import { startLocalCognito } from './local-cognito';
import type { LocalCognito, PoolOptions } from './local-cognito';
import { list, refusal } from './refusal';

let cognito: LocalCognito;
let client: CognitoIdentityProviderClient;
let pool: string;

const POOL: PoolOptions = {
  customAttributes: {
    tenant: { min: 3, max: 10 },
    level: { type: 'Number', min: 1, max: 9 },
    beta: { type: 'Boolean' },
    since: { type: 'DateTime' },
    origin: { mutable: false },
  },
  autoVerified: ['email', 'phone_number'],
  required: ['family_name'],
};

beforeAll(async () => {
  cognito = await startLocalCognito();
  client = cognito.client();
  pool = await cognito.createPool(POOL);
});

afterAll(() => cognito.stop());

beforeEach(async () => {
  cognito.setFaults();
  cognito.setQuotas();
  cognito.setLatency(0);
  cognito.setCustomMessage();
  await cognito.seedUsers(pool, [
    { username: 'alice', attributes: { family_name: 'Adams', email: 'alice@example.com', email_verified: 'true' } },
    { username: 'bob', attributes: { family_name: 'Brown' } },
  ]);
  cognito.clearCalls();
  cognito.clearDeliveries();
});

const update = (
  Username: string,
  attributes: Record<string, string>,
  { UserPoolId = pool, ClientMetadata }: { UserPoolId?: string; ClientMetadata?: Record<string, string> } = {},
) =>
  client.send(
    new AdminUpdateUserAttributesCommand({ UserPoolId, Username, UserAttributes: list(attributes), ClientMetadata }),
  );

const remove = (Username: string, ...UserAttributeNames: string[]) =>
  client.send(new AdminDeleteUserAttributesCommand({ UserPoolId: pool, Username, UserAttributeNames }));

const get = (Username: string, UserPoolId = pool) => client.send(new AdminGetUserCommand({ UserPoolId, Username }));

const invalid = (message: unknown) => ({ name: 'InvalidParameterException', message, status: 400 });

describe('users', () => {
  test('are created, read and listed', async () => {
    const own = await cognito.createPool();
    expect(await cognito.createUser(own, 'carol', { given_name: 'Carol' })).toBe('carol');
    expect(await cognito.attributes(own, 'carol')).toEqual({ given_name: 'Carol' });
    expect(await cognito.attributes(own, 'nobody')).toBeUndefined();
    expect(await cognito.users(own)).toEqual([
      {
        username: 'carol',
        sub: expect.stringMatching(/^[\da-f-]{36}$/),
        status: 'FORCE_CHANGE_PASSWORD',
        enabled: true,
        attributes: { given_name: 'Carol' },
      },
    ]);
  });

  test('may bear any name, and are found by sub', async () => {
    const own = await cognito.createPool();
    for (const name of ['__proto__', 'constructor', '42']) {
      expect(await cognito.attributes(own, name)).toBeUndefined();
      await cognito.createUser(own, name, { given_name: name });
      const { sub } = (await cognito.user(own, name))!;
      expect((await get(sub, own)).Username).toBe(name);
    }
  });

  test('who sign in with an address get another username', async () => {
    const own = await cognito.createPool({ usernameAttributes: ['email'] });
    const username = await cognito.createUser(own, 'carol@example.com');
    expect(username).not.toBe('carol@example.com');
    await update('carol@example.com', { given_name: 'Carol' }, { UserPoolId: own });
    expect(await cognito.attributes(own, username)).toEqual({ email: 'carol@example.com', given_name: 'Carol' });
  });

  test('who do not exist are not found', async () => {
    const notFound = { name: 'UserNotFoundException', message: 'User does not exist.', status: 400 };
    expect(await refusal(update('nobody', { given_name: 'N' }))).toEqual(notFound);
    expect(await refusal(remove('nobody', 'given_name'))).toEqual(notFound);
    expect(await refusal(get('nobody'))).toEqual(notFound);
  });

  test('by the thousand are there in no time', async () => {
    const own = await cognito.createPool();
    const started = performance.now();
    await cognito.seedUsers(
      own,
      Array.from({ length: 5000 }, (_, index) => ({ username: `user-${index}` })),
    );
    expect(performance.now() - started).toBeLessThan(1000);
    expect(await cognito.users(own)).toHaveLength(5000);
  });
});

test('a pool that does not exist is not found, before and after its deletion', async () => {
  const unknown = { name: 'ResourceNotFoundException', message: 'User pool local_none does not exist.', status: 400 };
  expect(await refusal(update('alice', { given_name: 'A' }, { UserPoolId: 'local_none' }))).toEqual(unknown);
  expect(await refusal(get('alice', 'local_none'))).toEqual(unknown);
  expect(await refusal(client.send(new ListUsersCommand({ UserPoolId: 'local_none' })))).toEqual(unknown);
  const own = await cognito.createPool();
  await client.send(new ListUsersCommand({ UserPoolId: own }));
  await client.send(new DeleteUserPoolCommand({ UserPoolId: own }));
  expect(await refusal(get('alice', own))).toEqual({ ...unknown, message: `User pool ${own} does not exist.` });
});

test('an error carries its type in the body and in the header', async () => {
  const answer = await fetch(cognito.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.AdminGetUser',
    },
    body: JSON.stringify({ UserPoolId: pool, Username: 'nobody' }),
  });
  expect(answer.headers.get('x-amzn-errortype')).toBe('UserNotFoundException');
  expect(await answer.json()).toEqual({ __type: 'UserNotFoundException', message: 'User does not exist.' });
});

describe('AdminUpdateUserAttributes', () => {
  test('sets what the schema allows', async () => {
    const attributes = {
      'custom:tenant': 'blue',
      'custom:level': '9',
      'custom:beta': 'true',
      'custom:since': '2024-02-29',
      birthdate: '2000-01-31',
      phone_number: '+491234567',
      phone_number_verified: 'true',
      updated_at: '1700000000',
    };
    await update('bob', attributes);
    expect(await cognito.attributes(pool, 'bob')).toEqual({ family_name: 'Brown', ...attributes });
  });

  test.each([
    ['an unknown attribute', 'custom:none', 'x', 'Attribute does not exist in the schema.'],
    ['a custom attribute without its prefix', 'tenant', 'blue', 'Attribute does not exist in the schema.'],
    ['an immutable attribute', 'custom:origin', 'x', 'immutable'],
    ['sub', 'sub', 'x', 'immutable'],
    ['a short string', 'custom:tenant', 'ab', 'no shorter than 3'],
    ['a long string', 'custom:tenant', 'elevenchars', 'no longer than 10'],
    ['a low number', 'custom:level', '0', 'no less than 1'],
    ['a high number', 'custom:level', '10', 'no greater than 9'],
    ['no number', 'custom:level', 'high', "'high' is not a number"],
    ['no standard number', 'updated_at', 'today', "'today' is not a number"],
    ['no boolean', 'custom:beta', 'yes', "'yes' is not a boolean"],
    ['no standard boolean', 'email_verified', 'True', "'True' is not a boolean"],
    ['no date', 'custom:since', 'lately', "'lately' is not a date"],
    ['a phone number not in E.164', 'phone_number', '0123 456', 'Invalid phone number format: 0123 456'],
    ['no address', 'email', 'nobody', 'Invalid email address format: nobody'],
    ['a short birthdate', 'birthdate', '2000-1-1', 'no shorter than 10'],
    ['a birthdate the wrong way round', 'birthdate', '31.01.2000', 'Invalid date: 31.01.2000'],
    ['a name above 32 characters', `custom:${'n'.repeat(26)}`, 'x', 'length less than or equal to 32'],
    ['a value above 2048 characters', 'given_name', 'v'.repeat(2049), 'length less than or equal to 2048'],
    ['the blank value of a required attribute', 'family_name', '', 'The attribute is required'],
  ])('refuses %s, and changes nothing', async (_what, name, value, message) => {
    const before = await cognito.attributes(pool, 'bob');
    expect(await refusal(update('bob', { given_name: 'Bob', [name]: value }))).toEqual(
      invalid(expect.stringContaining(message)),
    );
    expect(await cognito.attributes(pool, 'bob')).toEqual(before);
  });

  test('a blank value deletes, and messages nobody', async () => {
    await update('alice', { email: '', 'custom:tenant': 'blue' });
    await update('alice', { 'custom:tenant': '' });
    expect(await cognito.attributes(pool, 'alice')).toEqual({ family_name: 'Adams', email_verified: 'true' });
    expect(cognito.deliveries).toEqual([]);
  });

  test.each(['true', 'false'])(
    'email_verified=%s alone concerns the current address, without a message',
    async (flag) => {
      await update('alice', { email_verified: flag });
      expect(await cognito.attributes(pool, 'alice')).toMatchObject({
        email: 'alice@example.com',
        email_verified: flag,
      });
      expect(cognito.deliveries).toEqual([]);
      expect(await refusal(update('bob', { email_verified: flag }))).toEqual(
        invalid('Email is required to verify/un-verify an email'),
      );
    },
  );
});

describe('AdminDeleteUserAttributes', () => {
  test('deletes', async () => {
    await update('bob', { 'custom:tenant': 'blue', given_name: 'Bob' });
    await remove('bob', 'custom:tenant');
    expect(await cognito.attributes(pool, 'bob')).toEqual({ family_name: 'Brown', given_name: 'Bob' });
  });

  test.each([
    ['family_name', 'The attribute is required'],
    ['sub', 'immutable'],
    ['custom:none', 'Attribute does not exist in the schema.'],
  ])('refuses %s', async (name, message) => {
    expect(await refusal(remove('bob', name))).toEqual(invalid(expect.stringContaining(message)));
    expect(await cognito.user(pool, 'bob')).toMatchObject({ sub: expect.stringMatching(/./) });
  });
});

describe('ListUsers', () => {
  let crowd: string;

  beforeAll(async () => {
    crowd = await cognito.createPool();
    await cognito.seedUsers(
      crowd,
      Array.from({ length: 130 }, (_, index) => ({
        username: `user-${index}`,
        attributes: { email: `user-${index}@example.com`, given_name: 'U' },
      })),
    );
  });

  const pages = async (Limit?: number, Filter?: string): Promise<string[][]> => {
    const all: string[][] = [];
    let PaginationToken: string | undefined;
    do {
      const page = await client.send(new ListUsersCommand({ UserPoolId: crowd, Limit, Filter, PaginationToken }));
      all.push(page.Users!.map(({ Username }) => Username!));
      ({ PaginationToken } = page);
    } while (PaginationToken);
    return all;
  };

  test('answers 60 users a page, each once', async () => {
    const all = await pages();
    expect(all.map((page) => page.length)).toEqual([60, 60, 10]);
    expect(new Set(all.flat()).size).toBe(130);
  });

  test('heeds the limit, to the last full page', async () => {
    expect((await pages(26)).map((page) => page.length)).toEqual([26, 26, 26, 26, 26]);
    expect(await refusal(pages(61))).toMatchObject(invalid(expect.stringContaining('less than or equal to 60')));
  });

  test('filters, with or without blanks, before it pages', async () => {
    expect(await pages(2, 'username ^= "user-12"')).toEqual([
      ['user-12', 'user-120'],
      ['user-121', 'user-122'],
      ['user-123', 'user-124'],
      ['user-125', 'user-126'],
      ['user-127', 'user-128'],
      ['user-129'],
    ]);
    expect(await pages(60, 'email="user-7@example.com"')).toEqual([['user-7']]);
  });

  test('gives the attributes asked for', async () => {
    const { Users } = await client.send(
      new ListUsersCommand({ UserPoolId: crowd, Limit: 1, AttributesToGet: ['email'] }),
    );
    expect(Users![0].Attributes).toEqual([{ Name: 'email', Value: 'user-0@example.com' }]);
  });

  test('refuses a token it did not give', async () => {
    const forged = new ListUsersCommand({ UserPoolId: crowd, PaginationToken: 'forged' });
    expect(await refusal(client.send(forged))).toMatchObject(invalid('Invalid pagination token.'));
  });
});

describe('messages', () => {
  test('reach the new address, with the text of the pool where there is no trigger', async () => {
    await update('alice', { email: 'new@example.com' });
    const [delivery, ...others] = cognito.deliveries;
    expect(others).toEqual([]);
    expect(delivery).toMatchObject({
      source: 'CustomMessage_UpdateUserAttribute',
      username: 'alice',
      medium: 'EMAIL',
      destination: 'new@example.com',
      custom: false,
      emailSubject: 'Your verification code',
      emailMessage: `Your verification code is ${delivery.code}. `,
    });
    expect(delivery).not.toHaveProperty('smsMessage');
    expect(await cognito.attributes(pool, 'alice')).toMatchObject({
      email: 'new@example.com',
      email_verified: 'false',
    });
  });

  test('reach a user who had no address before', async () => {
    await update('bob', { phone_number: '+15550100' });
    expect(cognito.deliveries).toMatchObject([
      { medium: 'SMS', destination: '+15550100', smsMessage: expect.stringMatching(/\d{6}/) },
    ]);
    await update('bob', { email: 'bob@example.com' });
    expect(cognito.deliveries[1]).toMatchObject({ medium: 'EMAIL', destination: 'bob@example.com' });
  });

  test('go out for each contact that changes unverified, and for nothing else', async () => {
    await update('alice', { email: 'one@example.com', email_verified: 'true', 'custom:tenant': 'blue' });
    await update('alice', { 'custom:tenant': 'green' });
    expect(cognito.deliveries).toEqual([]);
    await update('alice', { email: 'two@example.com', phone_number: '+15550101' });
    expect(cognito.deliveries.map(({ destination }) => destination)).toEqual(['two@example.com', '+15550101']);
  });

  test('do not go out for a contact that the pool does not verify', async () => {
    const own = await cognito.createPool({ autoVerified: ['email'] });
    await cognito.createUser(own, 'carol', { email: 'carol@example.com' });
    await update('carol', { phone_number: '+15550102' }, { UserPoolId: own });
    expect(cognito.deliveries).toEqual([]);
  });

  test('are written by the trigger, which sees the event Cognito sends', async () => {
    const events: object[] = [];
    cognito.setCustomMessage((event: { request: { codeParameter: string }; response: object }) => {
      events.push(structuredClone(event));
      const code = event.request.codeParameter;
      return { ...event, response: { emailSubject: 'Hello', emailMessage: `Use ${code}, ${code}!` } };
    });
    await update('alice', { email: 'new@example.com' }, { ClientMetadata: { campaign: 'welcome' } });
    expect(events).toEqual([
      {
        version: '1',
        region: 'us-east-1',
        userPoolId: pool,
        userName: 'alice',
        callerContext: { awsSdkVersion: expect.any(String), clientId: 'CLIENT_ID_NOT_APPLICABLE' },
        triggerSource: 'CustomMessage_UpdateUserAttribute',
        request: {
          userAttributes: expect.objectContaining({ email: 'new@example.com', 'cognito:user_status': 'CONFIRMED' }),
          codeParameter: '{####}',
          linkParameter: null,
          usernameParameter: null,
          clientMetadata: { campaign: 'welcome' },
        },
        response: { smsMessage: null, emailMessage: null, emailSubject: null },
      },
    ]);
    const [{ code, ...delivery }] = cognito.deliveries;
    expect(delivery).toMatchObject({ custom: true, emailSubject: 'Hello', emailMessage: `Use ${code}, ${code}!` });

    await update('alice', { email: 'other@example.com' });
    expect(events[1]).not.toHaveProperty('request.clientMetadata');
  });

  test('fall back to the text of the pool where the trigger returns the event unchanged', async () => {
    cognito.setCustomMessage((event: object) => event);
    await update('alice', { email: 'new@example.com' });
    expect(cognito.deliveries).toMatchObject([{ custom: false, emailSubject: 'Your verification code' }]);
  });

  test.each([
    ['lacks the code', { emailMessage: 'Welcome!' }],
    ['is too short', { smsMessage: '{###' }],
    ['is too long', { emailMessage: `{####}${'x'.repeat(20_000)}` }],
    ['holds a character Cognito refuses', { emailMessage: 'Code\u200d {####}' }],
    ['has a long subject', { emailSubject: 's'.repeat(141), emailMessage: 'Code {####}' }],
  ])('are refused where the text %s', async (_what, response) => {
    cognito.setCustomMessage((event: object) => ({ ...event, response }));
    expect(await refusal(update('alice', { email: 'new@example.com' }))).toMatchObject({
      name: 'InvalidLambdaResponseException',
    });
    expect(cognito.deliveries).toEqual([]);
  });

  test('fail the update where the trigger throws, answers nothing or is not there', async () => {
    const change = () => refusal(update('alice', { email: 'new@example.com' }));
    cognito.setCustomMessage(() => {
      throw new Error('out of order');
    });
    expect(await change()).toEqual({
      name: 'UserLambdaValidationException',
      message: 'CustomMessage failed with error out of order.',
      status: 400,
    });
    cognito.setCustomMessage(() => undefined);
    expect(await change()).toMatchObject({ name: 'InvalidLambdaResponseException' });

    cognito.setCustomMessage({ endpoint: cognito.endpoint.replace(/\d+$/, '1'), functionName: 'elsewhere' });
    expect(await change()).toMatchObject({ name: 'UnexpectedLambdaException' });
  });

  test('fail the update where the trigger takes too long three times', async () => {
    const impatient = await startLocalCognito({ triggerTimeoutMs: 50 });
    try {
      let attempts = 0;
      impatient.setCustomMessage(() => {
        attempts += 1;
        return new Promise((resolve) => setTimeout(resolve, 500).unref());
      });
      const own = await impatient.createPool({ autoVerified: ['email'] });
      await impatient.createUser(own, 'carol');
      const command = new AdminUpdateUserAttributesCommand({
        UserPoolId: own,
        Username: 'carol',
        UserAttributes: list({ email: 'carol@example.com' }),
      });
      expect(await refusal(impatient.client().send(command))).toMatchObject({
        name: 'UnexpectedLambdaException',
        message: expect.stringContaining('Socket timeout'),
      });
      expect(attempts).toBe(3);
    } finally {
      await impatient.stop();
    }
  });

  test('come from a LambdaRunner over HTTP', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'local-cognito-'));
    const bundle = path.join(directory, 'index.js');
    writeFileSync(
      bundle,
      'exports.handler = async (event) => ({ ...event, response: { emailMessage: `${event.request.clientMetadata.campaign}: {####}` } });',
    );
    const fn = new LambdaRunner({ bundle });
    try {
      cognito.setCustomMessage(fn);
      await update('alice', { email: 'new@example.com' }, { ClientMetadata: { campaign: 'spring' } });
      expect(cognito.deliveries).toMatchObject([{ emailMessage: expect.stringMatching(/^spring: \d{6}$/) }]);
    } finally {
      await fn.stop();
      rmSync(directory, { recursive: true });
    }
  });
});

describe('a pool that keeps the original address', () => {
  let own: string;

  beforeEach(async () => {
    own = await cognito.createPool({ autoVerified: ['email'], keepOriginal: ['email'] });
    await cognito.createUser(own, 'carol', { email: 'old@example.com', email_verified: 'true' });
  });

  test('shows the old one until the code is confirmed', async () => {
    await update('carol', { email: 'new@example.com', given_name: 'Carol' }, { UserPoolId: own });
    const old = { email: 'old@example.com', email_verified: 'true', given_name: 'Carol' };
    expect(await cognito.attributes(own, 'carol')).toEqual(old);
    expect(cognito.deliveries).toMatchObject([{ destination: 'new@example.com' }]);

    const appClient = await cognito.createAppClient(own);
    const AccessToken = await cognito.signIn(own, appClient, 'carol');
    const [{ code: Code }] = cognito.deliveries;
    await client.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: 'email', Code }));
    expect(await cognito.attributes(own, 'carol')).toEqual({ ...old, email: 'new@example.com' });
  });

  test('takes the new one at once where the request declares it verified', async () => {
    await update('carol', { email: 'new@example.com', email_verified: 'true' }, { UserPoolId: own });
    expect(await cognito.attributes(own, 'carol')).toEqual({ email: 'new@example.com', email_verified: 'true' });
    expect(cognito.deliveries).toEqual([]);
  });
});

describe('a signed-in user', () => {
  let token: string;

  beforeEach(async () => {
    const appClient = await cognito.createAppClient(pool, { writeAttributes: ['email', 'custom:tenant'] });
    token = await cognito.signIn(pool, appClient, 'alice');
  });

  const change = (attributes: Record<string, string>, AccessToken = token) =>
    client.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: list(attributes) }));

  test('changes what the app client may write', async () => {
    const { CodeDeliveryDetailsList } = await change({ 'custom:tenant': 'blue', email: 'new@example.com' });
    expect(CodeDeliveryDetailsList).toEqual([
      { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'n***@e***' },
    ]);
    expect(await cognito.attributes(pool, 'alice')).toMatchObject({
      'custom:tenant': 'blue',
      email: 'new@example.com',
    });
    expect(cognito.deliveries).toMatchObject([{ destination: 'new@example.com' }]);
    expect(cognito.calls).toMatchObject([{ operation: 'UpdateUserAttributes', username: 'alice' }]);
  });

  test('asks for another code', async () => {
    const command = new GetUserAttributeVerificationCodeCommand({ AccessToken: token, AttributeName: 'email' });
    const { CodeDeliveryDetails } = await client.send(command);
    expect(CodeDeliveryDetails).toMatchObject({ AttributeName: 'email', Destination: 'a***@e***' });
    expect(cognito.deliveries).toMatchObject([{ source: 'CustomMessage_VerifyUserAttribute' }]);
  });

  test('changes nothing else, nor against the schema, nor with a token not from the pool', async () => {
    expect(await refusal(change({ given_name: 'A' }))).toMatchObject({ name: 'NotAuthorizedException' });
    expect(await refusal(change({ 'custom:tenant': 'ab' }))).toMatchObject(invalid(expect.any(String)));
    const [header, payload, signature] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'x' })).toString('base64url');
    for (const wrong of ['none', `${header}.${forged}.${signature}`])
      expect(await refusal(change({ 'custom:tenant': 'blue' }, wrong))).toEqual({
        name: 'NotAuthorizedException',
        message: 'Invalid Access Token',
        status: 400,
      });
  });

  test('bears a token whose keys the proxy passes on', async () => {
    const keys = await fetch(`${cognito.endpoint}/${pool}/.well-known/jwks.json`);
    expect(await keys.json()).toMatchObject({ keys: [{ kty: 'RSA' }] });
  });
});

describe('the record of calls', () => {
  test('holds names and keys, never values', async () => {
    await update('alice', { email: 'secret@example.com' }, { ClientMetadata: { campaign: 'secret' } });
    await refusal(get('nobody'));
    expect(cognito.calls).toEqual([
      {
        operation: 'AdminUpdateUserAttributes',
        category: 'UserUpdate',
        userPoolId: pool,
        signer: 'local',
        username: 'alice',
        attributeNames: ['email'],
        clientMetadataKeys: ['campaign'],
        at: expect.any(Number),
        answeredAt: expect.any(Number),
        status: 200,
        errorType: undefined,
        applied: true,
      },
      expect.objectContaining({
        operation: 'AdminGetUser',
        category: 'UserRead',
        username: 'nobody',
        status: 400,
        errorType: 'UserNotFoundException',
        applied: false,
      }),
    ]);
    expect(JSON.stringify(cognito.calls)).not.toContain('secret');
    expect(cognito.calls[1].at).toBeGreaterThanOrEqual(cognito.calls[0].at);
    cognito.clearCalls();
    expect(cognito.calls).toEqual([]);
  });

  test('leaves out what the test itself prepares', async () => {
    const own = await cognito.createPool();
    await cognito.createUser(own, 'carol');
    await cognito.attributes(own, 'carol');
    expect(cognito.calls).toEqual([]);
  });
});

describe('quotas', () => {
  const throttled = { name: 'TooManyRequestsException', message: 'Rate exceeded', status: 400 };

  test('throttle a category beyond its burst, refill at its rate, and leave the others alone', async () => {
    cognito.setQuotas({ UserUpdate: { ratePerSecond: 4, burst: 2 } });
    await update('bob', { given_name: '1' });
    await update('bob', { given_name: '2' });
    expect(await refusal(update('bob', { given_name: '3' }))).toEqual(throttled);
    expect(await refusal(remove('bob', 'given_name'))).toEqual(throttled);
    await get('bob');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await update('bob', { given_name: '4' });
    expect(await cognito.attributes(pool, 'bob')).toMatchObject({ given_name: '4' });
    expect(cognito.calls.map(({ status }) => status)).toEqual([200, 200, 400, 400, 200, 200]);
  });

  test('may answer 429, have a burst of one second, and be lifted', async () => {
    cognito.setQuotas({ UserRead: 1, UserList: 1, UserCreation: 1 }, 429);
    const listing = () => client.send(new ListUsersCommand({ UserPoolId: pool, Limit: 1 }));
    const creation = () => client.send(new AdminCreateUserCommand({ UserPoolId: pool, Username: 'frank' }));
    await get('bob');
    await listing();
    await refusal(creation());
    for (const call of [() => get('bob'), listing, creation])
      expect(await refusal(call())).toEqual({ ...throttled, status: 429 });
    cognito.setQuotas();
    await get('bob');
  });
});

describe('faults', () => {
  const given = () => cognito.attributes(pool, 'bob').then((attributes) => attributes?.given_name);
  const change = () => update('bob', { given_name: 'Bob' });

  test('see the call, once, and choose', async () => {
    let asked = 0;
    cognito.setFaults(({ username, attributeNames }) => {
      asked += 1;
      return username === 'alice' && attributeNames.includes('given_name') ? { kind: 'throttle' } : undefined;
    });
    await change();
    expect(await refusal(update('alice', { given_name: 'A' }))).toMatchObject({ name: 'TooManyRequestsException' });
    expect(asked).toBe(2);
  });

  test.each([
    [{ kind: 'throttle' } as const, 'TooManyRequestsException', 400],
    [{ kind: 'internalError' } as const, 'InternalErrorException', 500],
    [{ kind: 'error', type: 'AliasExistsException' } as const, 'AliasExistsException', 400],
    [{ kind: 'error', type: 'ForbiddenException', message: 'm', status: 403 } as const, 'ForbiddenException', 403],
  ])('%j befalls a call before or after it is carried out', async (fault, name, status) => {
    cognito.setFaults(() => fault);
    expect(await refusal(change())).toMatchObject({ name, status });
    expect(await given()).toBeUndefined();
    cognito.setFaults(() => ({ ...fault, when: 'after' }));
    expect(await refusal(change())).toMatchObject({ name, status });
    expect(await given()).toBe('Bob');
    expect(cognito.calls.map(({ applied, errorType }) => [applied, errorType])).toEqual([
      [false, name],
      [true, name],
    ]);
  });

  test('reset the connection before the change, or lose its response', async () => {
    cognito.setFaults(() => ({ kind: 'reset' }));
    expect(await refusal(change())).toMatchObject({ message: expect.stringContaining('ECONNRESET') });
    expect(await given()).toBeUndefined();
    cognito.setFaults(() => ({ kind: 'reset', when: 'after' }));
    expect(await refusal(change())).toMatchObject({ message: expect.stringContaining('ECONNRESET') });
    expect(await given()).toBe('Bob');
    expect(cognito.calls).toMatchObject([
      { errorType: 'ConnectionReset', applied: false },
      { errorType: 'ConnectionReset', applied: true },
    ]);
    expect(cognito.calls.map(({ status }) => status)).toEqual([undefined, undefined]);
  });

  test('take time: one call, or every call', async () => {
    const duration = async () => {
      const started = performance.now();
      await change();
      return performance.now() - started;
    };
    cognito.setFaults(() => ({ kind: 'latency', milliseconds: 60 }));
    expect(await duration()).toBeGreaterThanOrEqual(55);
    cognito.setFaults();
    cognito.setLatency(60);
    expect(await duration()).toBeGreaterThanOrEqual(55);
    expect(await given()).toBe('Bob');
  });
});

test('nothing is written to the working directory, nor to stdout', async () => {
  const written = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  await update('alice', { email: 'new@example.com' });
  await refusal(get('nobody'));
  const lines = written.mock.calls.length;
  written.mockRestore();
  expect(lines).toBe(0);
  expect(existsSync('.cognito')).toBe(false);
});

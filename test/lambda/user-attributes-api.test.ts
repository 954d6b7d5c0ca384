/** What people can do with their attributes: the shipped function behind an HTTP API, before a Cognito. */
import { ClientAttributes, StringAttribute, UserPool } from 'aws-cdk-lib/aws-cognito';
import { WritableAttribute } from '../../lib';
import { type SelfService, startSelfService } from './api/support/self-service';

let service: SelfService;

beforeAll(async () => {
  service = await startSelfService();
});
afterAll(() => service.stop());
afterAll(() => service.expectSecrecy());
beforeEach(() => service.forget());

const ANN = {
  given_name: 'Annabel',
  family_name: 'Zimmermann',
  nickname: 'belle',
  'custom:theme': 'dark-mode',
  'custom:tenant': 'blue-harbour',
  email: 'annabel@example.com',
  email_verified: 'true',
};

const without = (name: string) => Object.fromEntries(Object.entries(ANN).filter(([other]) => other !== name));

const NOTHING_SENT = { status: 200, body: { codesSent: [] } };

describe('reading', () => {
  test('shows the readable attributes that have a value, and no other', async () => {
    const ann = await service.person(ANN);
    const { status, headers, body } = await ann.read();
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json');
    expect(body).toEqual({
      attributes: {
        given_name: 'Annabel',
        nickname: 'belle',
        'custom:theme': 'dark-mode',
        email: 'annabel@example.com',
        email_verified: 'true',
      },
    });
    expect(service.calls()).toEqual(['GetUser']);
  });
});

describe('changing', () => {
  test('sets several attributes in one call, and leaves the others alone', async () => {
    const ann = await service.person(ANN);
    const changed = await ann.change({ given_name: 'Anne-Sophie', nickname: 'sophie', 'custom:bio': 'Sails & sings' });
    expect(changed).toMatchObject(NOTHING_SENT);
    expect(await ann.attributes()).toEqual({
      ...ANN,
      given_name: 'Anne-Sophie',
      nickname: 'sophie',
      'custom:bio': 'Sails & sings',
    });
    expect(service.calls()).toEqual(['UpdateUserAttributes']);
    expect(service.cognito.deliveries).toEqual([]);
  });

  test('is read back', async () => {
    const ann = await service.person(ANN);
    await ann.change({ locale: 'de-AT', birthdate: '1990-02-28' });
    expect((await ann.read()).body).toMatchObject({ attributes: { locale: 'de-AT', birthdate: '1990-02-28' } });
  });

  test.each([
    ['null', null],
    ['an empty text', ''],
    ['white space', ' \t\n\u00a0\u2003'],
  ])('%s deletes, in the same call as what is set', async (_, blank) => {
    const ann = await service.person(ANN);
    expect(await ann.change({ nickname: blank, given_name: 'Anouk' })).toMatchObject(NOTHING_SENT);
    expect(await ann.attributes()).toEqual({ ...without('nickname'), given_name: 'Anouk' });
    expect(service.calls()).toEqual(['UpdateUserAttributes']);
  });

  test('deletes what nobody has set', async () => {
    const ann = await service.person();
    expect(await ann.change({ nickname: null })).toMatchObject(NOTHING_SENT);
  });

  test.each([
    ['nothing at all', {}],
    ['no attributes', { attributes: {} }],
    ['no attributes, and ClientMetadata', { attributes: {}, clientMetadata: { campaign: 'spring-sale' } }],
  ])('%s makes no call', async (_, body) => {
    const ann = await service.person(ANN);
    expect(await ann.ask('PATCH', '', { body })).toMatchObject(NOTHING_SENT);
    expect(service.calls()).toEqual([]);
  });

  test.each(['application/merge-patch+json', 'application/json', 'Application/JSON; charset=utf-8'])(
    'takes a body of the type %s, whatever characters it holds',
    async (type) => {
      const ann = await service.person();
      const body = JSON.stringify({ attributes: { given_name: 'Zoë 😀 李', 'custom:bio': '"<\\>"\u200d' } });
      expect(await ann.ask('PATCH', '', { body, headers: { 'content-type': type } })).toMatchObject(NOTHING_SENT);
      expect(await ann.attributes()).toEqual({ given_name: 'Zoë 😀 李', 'custom:bio': '"<\\>"\u200d' });
    },
  );

  test('keeps to nobody but oneself', async () => {
    const [ann, ben] = [await service.person(ANN), await service.person({ given_name: 'Benjamin' })];
    await ben.change({ given_name: 'Benedict', nickname: 'bene' });
    await ben.remove('custom:theme');
    expect(await ann.attributes()).toEqual(ANN);
    expect(await ben.attributes()).toEqual({ given_name: 'Benedict', nickname: 'bene' });
  });

  test('takes values as long as their rules allow', async () => {
    const ann = await service.person();
    const bio = 'b'.repeat(2048);
    expect(await ann.change({ given_name: 'a'.repeat(40), 'custom:bio': bio })).toMatchObject(NOTHING_SENT);
    expect(await ann.attributes()).toEqual({ given_name: 'a'.repeat(40), 'custom:bio': bio });
  });

  test('two changes at once are both there', async () => {
    const ann = await service.person(ANN);
    await Promise.all([ann.change({ given_name: 'Anja-Maria' }), ann.change({ locale: 'fr-CH' })]);
    expect(await ann.attributes()).toEqual({ ...ANN, given_name: 'Anja-Maria', locale: 'fr-CH' });
  });
});

describe('deleting', () => {
  test.each(['custom%3Atheme', 'custom:theme', 'custom%253Atheme'])(
    'takes the attribute in the path: %s',
    async (name) => {
      const ann = await service.person(ANN);
      const { status, body } = await ann.ask('DELETE', `/${name}`);
      expect({ status, body }).toEqual({ status: 204, body: undefined });
      expect(await ann.attributes()).toEqual(without('custom:theme'));
      expect(service.calls()).toEqual(['DeleteUserAttributes']);
    },
  );

  test('heeds no body', async () => {
    const ann = await service.person(ANN);
    const answer = await ann.ask('DELETE', '/nickname', { body: '{', headers: { 'content-type': 'text/plain' } });
    expect(answer.status).toBe(204);
  });

  test('may be asked for twice', async () => {
    const ann = await service.person(ANN);
    expect((await ann.remove('nickname')).status).toBe(204);
    expect((await ann.remove('nickname')).status).toBe(204);
  });
});

test('every request is counted, with what it changed', async () => {
  const ann = await service.person(ANN);
  const before = service.api.runner.logs.length;
  await ann.change({ given_name: 'Annika', nickname: null, email: 'annika@example.com' });
  await ann.read();
  await ann.change({ 'custom:tenant': 'red-harbour' });
  const lines = service.api.runner.logs.slice(before).map((line) => JSON.parse(line));
  const of = { service: 'UserAttributesApi', UserPoolId: service.pool };
  expect(lines.map(({ _aws, ...counted }) => counted)).toEqual([
    { ...of, Requests: 1, ChangedAttributes: 3, SentCodes: 1 },
    { ...of, Requests: 1, ChangedAttributes: 0, SentCodes: 0 },
    { ...of, Requests: 1, Problems: 1 },
    { ...of, Problem: 'values-refused', Problems: 1 },
  ]);
  expect(lines.map(({ _aws }) => _aws.CloudWatchMetrics[0].Dimensions)).toEqual([
    [['service', 'UserPoolId']],
    [['service', 'UserPoolId']],
    [['service', 'UserPoolId']],
    [['service', 'UserPoolId', 'Problem']],
  ]);
});

describe('a pool of the stack', () => {
  let own: SelfService;

  beforeAll(async () => {
    own = await startSelfService({
      pool: { required: ['given_name', 'email'], customAttributes: { theme: {}, bio: { max: 10 }, tenant: {} } },
      declare: (stack) => {
        const userPool = new UserPool(stack, 'Pool', {
          standardAttributes: { givenName: { required: true }, email: { required: true } },
          customAttributes: { bio: new StringAttribute({ maxLen: 10, mutable: true }) },
          autoVerify: { email: true },
          keepOriginal: { email: true },
        });
        const all = new ClientAttributes()
          .withStandardAttributes({ givenName: true, nickname: true, email: true, emailVerified: true })
          .withCustomAttributes('bio');
        return {
          userPool,
          userPoolClients: [userPool.addClient('Web', { readAttributes: all, writeAttributes: all })],
        };
      },
      api: { writable: ['givenName', 'nickname', 'email', 'custom:bio'].map((name) => WritableAttribute.of(name)) },
    });
  });
  afterAll(() => own.stop());
  afterAll(() => own.expectSecrecy());
  beforeEach(() => own.forget());

  const REQUIRED = { given_name: 'Annabel', email: 'annabel@example.com', nickname: 'belle' };

  test('lets people change what it requires, and delete the rest', async () => {
    const ann = await own.person(REQUIRED);
    expect(await ann.change({ given_name: 'Anne-Sophie', nickname: null })).toMatchObject(NOTHING_SENT);
    expect(await ann.attributes()).toEqual({ given_name: 'Anne-Sophie', email: 'annabel@example.com' });
  });

  test.each([null, '', '  '])('refuses %j for what it requires, before Cognito does', async (blank) => {
    const ann = await own.person(REQUIRED);
    const { status, body } = await ann.change({ given_name: blank, nickname: 'other' });
    expect(status).toBe(422);
    expect(body).toMatchObject({
      errors: [{ code: 'required', detail: 'This attribute cannot be deleted.', pointer: '#/attributes/given_name' }],
    });
    expect(await ann.attributes()).toEqual(REQUIRED);
    expect(own.calls()).toEqual([]);
  });

  test('refuses to delete what it requires', async () => {
    const ann = await own.person(REQUIRED);
    const { status, body } = await ann.remove('email');
    expect(status).toBe(403);
    expect(body).toMatchObject({ title: 'You may not do this', detail: 'This attribute cannot be deleted.' });
    expect(own.calls()).toEqual([]);
  });

  test('limits values as its schema does', async () => {
    const ann = await own.person(REQUIRED);
    const { body } = await ann.change({ 'custom:bio': 'elevenchars' });
    expect(body).toMatchObject({
      errors: [{ code: 'too-long', detail: 'At most 10 characters are taken.', pointer: '#/attributes/custom%3Abio' }],
    });
    expect(own.calls()).toEqual([]);
    expect(await ann.change({ 'custom:bio': 'tenletters' })).toMatchObject(NOTHING_SENT);
  });
});

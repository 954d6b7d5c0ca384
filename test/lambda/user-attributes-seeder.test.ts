import path from 'node:path';
import { DEFAULTS, encode, type Seed } from '../../lib/private/contracts/seed';
import type { DeclaredUser } from '../../lib/private/contracts/seed-user';
import { CustomResource } from '../support/custom-resource';
import { LambdaRunner } from '../support/lambda-runner';
import { type CognitoCall, type LocalCognito, startLocalCognito } from '../support/local-cognito';

let cognito: LocalCognito;
let seeder: LambdaRunner;
let pool: string;

beforeAll(async () => {
  cognito = await startLocalCognito();
  seeder = new LambdaRunner({
    bundle: path.join(__dirname, '../../assets/user-attributes-seeder/index.js'),
    env: { AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito.endpoint },
    timeoutSeconds: 60,
    memoryMb: 256,
  });
});
afterAll(async () => {
  await seeder.stop();
  await cognito.stop();
});
beforeEach(async () => {
  pool = await cognito.createPool({
    autoVerified: ['email'],
    customAttributes: {
      tenant: { min: 2, max: 20 },
      seats: { type: 'Number', min: 1, max: 500 },
      plan: { mutable: false },
    },
  });
  for (const name of ['ann', 'ben', 'cleo']) {
    await cognito.createUser(pool, name, { family_name: `Familyof${name}`, 'custom:tenant': 'formertenant' });
  }
  cognito.clearCalls();
  cognito.clearDeliveries();
});
afterEach(() => {
  cognito.setFaults();
  cognito.setQuotas();
});

type Attributes = Record<string, string>;

const users = (declared: Record<string, Attributes>): DeclaredUser[] =>
  Object.entries(declared).map(([username, attributes]) => ({ username, attributes }));

const properties = (declared: Record<string, Attributes>, over: Partial<Seed> = {}) =>
  encode(
    {
      userPoolId: pool,
      source: { kind: 'inline', users: users(declared) },
      ...DEFAULTS,
      requestsPerSecond: 500,
      ...over,
    },
    () => false,
  );

const resource = () => new CustomResource(seeder);
const attributes = (username: string) => cognito.attributes(pool, username);
const operations = (calls: readonly CognitoCall[] = cognito.calls) => calls.map(({ operation }) => operation);
const writes = () => operations().filter((operation) => operation !== 'AdminGetUser');

describe('a life', () => {
  test('create, update, and removal that retains', async () => {
    const life = resource();
    const created = await life.create(properties({ ann: { given_name: 'Anna' }, ben: { 'custom:seats': '5' } }));
    expect(created.data).toEqual({
      ChangedUsers: '2',
      CreatedUsers: '0',
      UnchangedUsers: '0',
      SkippedUsers: '0',
      FailedUsers: '0',
    });
    expect(await attributes('ann')).toEqual({
      given_name: 'Anna',
      family_name: 'Familyofann',
      'custom:tenant': 'formertenant',
    });

    cognito.clearCalls();
    const updated = await life.update(properties({ ann: { given_name: 'Annabel' }, ben: { 'custom:seats': '5' } }));
    expect(updated.data).toMatchObject({ ChangedUsers: '1', UnchangedUsers: '1', SkippedUsers: '0', FailedUsers: '0' });
    expect(operations()).toEqual(['AdminGetUser', 'AdminUpdateUserAttributes']);
    expect(await attributes('ann')).toMatchObject({ given_name: 'Annabel' });

    cognito.clearCalls();
    expect((await life.remove()).failed).toBeUndefined();
    expect(operations()).toEqual([]);
    expect(await attributes('ann')).toMatchObject({ given_name: 'Annabel' });
  });

  test('removal that destroys deletes what was declared and still is so', async () => {
    const life = resource();
    await life.create(
      properties({ ann: { given_name: 'Anna', nickname: 'Annie', 'custom:seats': '7' } }, { onRemoval: 'DESTROY' }),
    );
    await resource().create(properties({ ann: { nickname: 'changedsince' } }));
    await life.remove();
    expect(await attributes('ann')).toEqual({
      nickname: 'changedsince',
      family_name: 'Familyofann',
      'custom:tenant': 'formertenant',
    });
  });

  test('removal after the users or the pool have gone succeeds', async () => {
    const life = resource();
    await life.create(properties({ ann: { given_name: 'Anna' } }, { onRemoval: 'DESTROY' }));
    const gone = properties({ nobody: { given_name: 'Nobody' } }, { onRemoval: 'DESTROY' });
    expect((await life.send('Delete', gone)).failed).toBeUndefined();
    expect((await life.send('Delete', { ...gone, UserPoolId: 'local_nosuchpool' })).failed).toBeUndefined();
  });

  test('another pool is another resource: its users get everything, and the former pool is cleaned', async () => {
    const formerPool = pool;
    const otherPool = await cognito.createPool();
    await cognito.createUser(otherPool, 'ann', {});
    const life = resource();
    await life.create(properties({ ann: { given_name: 'Anna' } }, { onRemoval: 'DESTROY' }));
    const { physicalId } = life;
    await life.update(properties({ ann: { given_name: 'Anna' } }, { userPoolId: otherPool, onRemoval: 'DESTROY' }));
    expect(life.physicalId).not.toBe(physicalId);
    expect(await cognito.attributes(otherPool, 'ann')).toEqual({ given_name: 'Anna' });
    expect(await cognito.attributes(formerPool, 'ann')).not.toHaveProperty('given_name');
  });

  test('the physical id stays through updates', async () => {
    const life = resource();
    await life.create(properties({ ann: { given_name: 'Anna' } }));
    const { physicalId } = life;
    await life.update(properties({ ben: { given_name: 'Benjamin' } }));
    expect(life.physicalId).toBe(physicalId);
    expect(physicalId).toBe(`${pool}/Seeder`);
  });

  test('a removal keeps the physical id, whatever it is', async () => {
    const declaration = properties({ ann: { given_name: 'Anna' } }, { onRemoval: 'DESTROY' });
    expect(await resource().send('Delete', declaration, undefined, 'of-a-former-version')).toMatchObject({
      physicalId: 'of-a-former-version',
    });
  });

  test('a request that comes twice changes and messages nobody twice', async () => {
    const life = resource();
    const declaration = properties({ ann: { email: 'anna@example.com' } });
    await life.create(declaration);
    await life.create(declaration);
    expect(writes()).toEqual(['AdminUpdateUserAttributes']);
    expect(cognito.deliveries).toHaveLength(1);
  });
});

describe('calls', () => {
  test('a user costs one update and one deletion at most', async () => {
    const life = resource();
    await life.create(properties({ ann: { given_name: 'Anna', nickname: 'Annie', locale: 'de' } }));
    cognito.clearCalls();
    await life.update(
      properties({ ann: { given_name: 'Annabel', middle_name: 'Mariella', address: '', 'custom:tenant': '' } }),
    );
    expect(writes()).toEqual(['AdminUpdateUserAttributes', 'AdminDeleteUserAttributes']);
    expect(cognito.calls[1].attributeNames).toEqual(['given_name', 'middle_name']);
    expect([...cognito.calls[2].attributeNames].sort()).toEqual(['custom:tenant', 'locale', 'nickname']);
    expect(await attributes('ann')).toEqual({
      given_name: 'Annabel',
      middle_name: 'Mariella',
      family_name: 'Familyofann',
    });
  });

  test('an address and its flag go together, and nobody is messaged', async () => {
    await resource().create(properties({ ann: { email: 'anna@example.com', email_verified: 'true' } }));
    expect(await attributes('ann')).toMatchObject({ email: 'anna@example.com', email_verified: 'true' });
    expect(cognito.deliveries).toEqual([]);
  });

  test('metadata goes with every change', async () => {
    await resource().create(
      properties(
        {},
        {
          source: {
            kind: 'inline',
            users: [{ username: 'ann', attributes: { email: 'anna@example.com' }, clientMetadata: { b: '2' } }],
          },
          clientMetadata: { a: '1' },
        },
      ),
    );
    const update = cognito.calls.find(({ operation }) => operation === 'AdminUpdateUserAttributes');
    expect([...(update?.clientMetadataKeys ?? [])].sort()).toEqual(['a', 'b']);
  });
});

describe('missing users', () => {
  test('fail a deployment before its first write, by name', async () => {
    const { failed } = await resource().create(
      properties({ ann: { given_name: 'Anna' }, zoe: { given_name: 'Zoelle' } }),
    );
    expect(failed).toMatch(/does not have all declared users.*Nothing was changed.*zoe: UserNotFoundException/);
    expect(writes()).toEqual([]);
  });

  test('are skipped and counted where that is declared', async () => {
    const declaration = properties(
      { ann: { given_name: 'Anna' }, zoe: { given_name: 'Zoelle' } },
      { onMissingUser: 'SKIP' },
    );
    expect((await resource().create(declaration)).data).toEqual({
      ChangedUsers: '1',
      CreatedUsers: '0',
      UnchangedUsers: '0',
      SkippedUsers: '1',
      FailedUsers: '0',
    });
  });

  test('in an e-mail pool, a user is found by alias, and twice the same user is refused', async () => {
    pool = await cognito.createPool({ usernameAttributes: ['email'] });
    const id = await cognito.createUser(pool, 'ann@example.com', { email: 'ann@example.com' });
    await resource().create(properties({ 'ann@example.com': { given_name: 'Anna' } }));
    expect(await cognito.attributes(pool, id)).toMatchObject({ given_name: 'Anna', email: 'ann@example.com' });

    // Its own alias changes, and then something is deleted.
    await resource().create(
      properties({ 'ann@example.com': { email: 'anna@example.com', email_verified: 'true', given_name: '' } }),
    );
    expect(await cognito.attributes(pool, id)).toEqual({ email: 'anna@example.com', email_verified: 'true' });

    const { failed } = await resource().create(
      properties({ 'anna@example.com': { given_name: 'Xenia' }, [id]: { nickname: 'Annie' } }),
    );
    expect(failed).toMatch(/declare each user once.*Nothing was changed/);
    expect(failed).not.toContain('anna@example.com');
  });
});

describe('failures', () => {
  test('of several users are told at once, with attribute and remedy and without values', async () => {
    const { failed } = await resource().create(
      properties({
        ann: { 'custom:nothing': 'secretvalue1' },
        ben: { phone_number: 'secretvalue2', phone_number_verified: 'true' },
        cleo: { 'custom:plan': 'secretvalue3', 'custom:seats': '9' },
      }),
    );
    expect(failed).toMatch(/3 users failed. All users are as they were before/);
    expect(failed).toMatch(/ann: InvalidParameterException \(custom:nothing\), add the attribute/);
    expect(failed).toMatch(/ben: InvalidParameterException \(phone_number\), .*E\.164/);
    expect(failed).toMatch(/cleo: InvalidParameterException \(custom:plan\), .*immutable/);
    expect(failed).not.toContain('secretvalue');
  });

  test('of an update leave the users as they were, with no message to anybody', async () => {
    const life = resource();
    await life.create(properties({ ann: { given_name: 'Anna', email: 'anna@example.com', email_verified: 'true' } }));
    const before = await cognito.users(pool);
    cognito.clearDeliveries();

    const { failed, rollback } = await life.update(
      properties({
        ann: { given_name: 'Annabel', email: 'annabel@example.com', email_verified: 'true', locale: 'fr' },
        ben: { 'custom:tenant': 'blue' },
        cleo: { 'custom:seats': '9000' },
      }),
    );
    expect(failed).toMatch(/cleo: InvalidParameterException/);
    expect(rollback?.failed).toBeUndefined();
    expect(await cognito.users(pool)).toEqual(before);
    expect(cognito.deliveries).toEqual([]);
  });

  test('of an update leave a user as they were whose alias it had changed', async () => {
    pool = await cognito.createPool({
      usernameAttributes: ['email'],
      customAttributes: { seats: { type: 'Number', max: 9 } },
    });
    const ann = await cognito.createUser(pool, 'ann@old.example', {
      nickname: 'Annie',
      email: 'ann@old.example',
      email_verified: 'true',
    });
    const ben = await cognito.createUser(pool, 'ben@old.example', { email: 'ben@old.example', email_verified: 'true' });
    const before = await cognito.users(pool);
    const { failed } = await resource().create(
      properties({
        [ann]: { email: 'anna@example.com', email_verified: 'true', nickname: '' },
        'ann@old.example': { locale: 'de' },
      }),
    );
    expect(failed).toMatch(/declare each user once/);
    const second = await resource().create(
      properties({
        'ann@old.example': { email: 'anna@example.com', email_verified: 'true', locale: 'de', nickname: '' },
        [ben]: { 'custom:seats': '10' },
      }),
    );
    expect(second.failed).toMatch(/All users are as they were before/);
    expect(await cognito.users(pool)).toEqual(before);
  });

  test('of the same user under another name than before are found, also where that name is not changed', async () => {
    pool = await cognito.createPool({ usernameAttributes: ['email'] });
    const ann = await cognito.createUser(pool, 'ann@old.example', { email: 'ann@old.example' });
    const life = resource();
    await life.create(properties({ [ann]: { nickname: 'Annie' } }));
    const { failed } = await life.update(
      properties({ [ann]: { nickname: 'Annie' }, 'ann@old.example': { nickname: 'Xenia' } }),
    );
    expect(failed).toMatch(/declare each user once/);
    expect(await cognito.attributes(pool, ann)).toMatchObject({ nickname: 'Annie' });
  });

  test('of a creation leave the users as they were', async () => {
    const before = await cognito.users(pool);
    const { failed } = await resource().create(
      properties({
        ann: { 'custom:tenant': 'blue', nickname: 'Annie' },
        ben: { family_name: '' },
        cleo: { 'custom:seats': '0' },
      }),
    );
    expect(failed).toBeDefined();
    expect(await cognito.users(pool)).toEqual(before);
  });

  test('fit the answer that CloudFormation takes, however many', async () => {
    const many = Array.from({ length: 120 }, (_, i) => `user-${'x'.repeat(100)}${i}`);
    await cognito.seedUsers(
      pool,
      many.map((username) => ({ username })),
    );
    const declared = Object.fromEntries(many.map((username) => [username, { 'custom:seats': '9000' }]));
    const { failed, reason } = await resource().create(properties(declared)); // the driver throws where it does not fit
    expect(failed).toMatch(/^120 users failed/);
    expect(reason).not.toMatch(/^ +at /m);
  });

  test('of time come before the first write, with the numbers', async () => {
    const hasty = new LambdaRunner({
      bundle: path.join(__dirname, '../../assets/user-attributes-seeder/index.js'),
      env: { AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito.endpoint },
      timeoutSeconds: 7,
      memoryMb: 256,
    });
    const { failed } = await new CustomResource(hasty).create(
      properties({ ann: { given_name: 'Anna' }, ben: { given_name: 'Benjamin' } }, { requestsPerSecond: 1 }),
    );
    await hasty.stop();
    expect(hasty.logs.map((line) => JSON.parse(line)).find((line) => line._aws)).toMatchObject({ FailedUsers: 2 });
    expect(failed).toMatch(/at 1 a second.*there are 0 s for it.*requestsPerSecond.*Nothing was changed/);
    expect(writes()).toEqual([]);
  });

  test('to read the properties name the field, and do not stand in the way back', async () => {
    const life = resource();
    await life.create(properties({ ann: { given_name: 'Anna' } }));
    const { failed, rollback } = await life.update({ ...properties({}), RequestsPerSecond: '0' });
    expect(failed).toMatch(/RequestsPerSecond must be a number above 0/);
    expect(rollback?.failed).toBeUndefined();
    expect((await life.send('Delete', { UserPoolId: pool })).failed).toBeUndefined();
    expect(await attributes('ann')).toMatchObject({ given_name: 'Anna' });
  });

  test('leave a way back that is as quick as the way forward was', async () => {
    const everybody = Array.from({ length: 60 }, (_, i) => `user${i}`);
    await cognito.seedUsers(
      pool,
      everybody.map((username) => ({ username })),
    );
    const life = resource();
    await life.create(properties({ ann: { given_name: 'Anna' } }, { requestsPerSecond: 1 }));
    const many = Object.fromEntries(everybody.map((username) => [username, { nickname: 'Annie' }]));
    const { failed, rollback } = await life.update(properties({ ...many, ben: { 'custom:seats': '0' } }));
    expect(failed).toBeDefined();
    expect(rollback?.failed).toBeUndefined();
  });
});

describe('trouble on the way', () => {
  const everybody = Array.from({ length: 40 }, (_, i) => `user${i}`);
  const declared = (value: string) =>
    Object.fromEntries(everybody.map((username) => [username, { 'custom:tenant': value }]));
  const expectEverybody = async (value: string) => {
    const tenants = (await cognito.users(pool)).map(({ username, attributes: a }) => [username, a['custom:tenant']]);
    expect(tenants.filter(([username]) => everybody.includes(username))).toEqual(
      expect.arrayContaining(everybody.map((username) => [username, value])),
    );
  };
  beforeEach(() =>
    cognito.seedUsers(
      pool,
      everybody.map((username) => ({ username })),
    ),
  );

  test('half of all calls throttled: every attribute is right in the end', async () => {
    // None, one or two refusals before a call gets through: one on average.
    const refusals = new Map<string, number>();
    cognito.setQuotas(undefined, 429);
    cognito.setFaults(({ operation, username }) => {
      const key = `${operation} ${username}`;
      const refused = refusals.get(key) ?? 0;
      refusals.set(key, refused + 1);
      return refused < Number(username?.slice('user'.length)) % 3 ? { kind: 'throttle' } : undefined;
    });
    expect((await resource().create(properties(declared('bluetenant')))).failed).toBeUndefined();
    const throttled = cognito.calls.filter(({ errorType }) => errorType === 'TooManyRequestsException');
    expect(throttled.length / cognito.calls.length).toBeCloseTo(0.5, 1);
    expect(metrics().ThrottledRequests).toBe(throttled.length);
    await expectEverybody('bluetenant');
  });

  test('a quota below the pace: every attribute is right in the end', async () => {
    cognito.setQuotas({ UserUpdate: { ratePerSecond: 40, burst: 5 } });
    expect((await resource().create(properties(declared('quotatenant')))).failed).toBeUndefined();
    await expectEverybody('quotatenant');
  });

  test.each([
    ['connections reset before Cognito has seen the call', { kind: 'reset' } as const],
    ['answers lost after Cognito has carried the call out', { kind: 'reset', when: 'after' } as const],
    ['internal errors', { kind: 'internalError' } as const],
    ['triggers that time out', { kind: 'error', type: 'UnexpectedLambdaException' } as const],
    ['a policy that has not arrived yet', { kind: 'error', type: 'AccessDeniedException' } as const],
  ])('%s are tried again', async (_, fault) => {
    const seen = new Set<string>();
    cognito.setFaults(({ operation, username }) => {
      const key = `${operation} ${username}`;
      if (seen.has(key) || !username?.endsWith('7')) return undefined;
      seen.add(key);
      return fault;
    });
    expect((await resource().create(properties(declared('thirdtenant')))).failed).toBeUndefined();
    await expectEverybody('thirdtenant');
  });

  test('a fault that stays is told after a few tries, and all is as before', async () => {
    const before = await cognito.users(pool);
    cognito.setFaults(({ operation, username, attributeNames }) =>
      operation === 'AdminUpdateUserAttributes' && username === 'user7' && attributeNames.length > 0
        ? {
            kind: 'error',
            type: 'UserLambdaValidationException',
            message: 'CustomMessage failed with error bluetenant.',
          }
        : undefined,
    );
    const { failed } = await resource().create(properties(declared('bluetenant')));
    expect(failed).toMatch(
      /1 user failed. All users are as they were before. user7: UserLambdaValidationException, a trigger/,
    );
    expect(failed).not.toContain('bluetenant');
    expect(await cognito.users(pool)).toEqual(before);
  });
});

/** The latest invocation's. */
const metrics = () =>
  seeder.logs
    .map((line) => JSON.parse(line))
    .filter((line) => line._aws)
    .pop();

describe('what is told', () => {
  test('metrics carry counts under the dimensions that the construct’s metrics have', async () => {
    await resource().create(
      properties({ ann: { given_name: 'Anna' }, zoe: { given_name: 'Zoelle' } }, { onMissingUser: 'SKIP' }),
    );
    const emf = metrics();
    expect(emf).toMatchObject({
      ChangedUsers: 1,
      FailedUsers: 0,
      ThrottledRequests: 0,
      service: 'UserAttributesSeeder',
      UserPoolId: pool,
      Seeder: 'Seeder',
      _aws: { CloudWatchMetrics: [{ Namespace: 'CognitoUserAttributes' }] },
    });
    expect(emf._aws.CloudWatchMetrics[0].Dimensions.map((set: string[]) => [...set].sort())).toContainEqual([
      'Seeder',
      'UserPoolId',
      'service',
    ]);
  });

  test('metrics of a failure are counted too', async () => {
    await resource().create(properties({ ann: { 'custom:seats': '0' } }));
    expect(metrics()).toMatchObject({
      FailedUsers: 1,
      ChangedUsers: 0,
    });
  });

  test('no value of an attribute is in any line of the log of all these tests, and every line is JSON', () => {
    // ann's and ben's values are above; this stands last, and looks at everything.
    const values =
      /Anna|Annabel|Annie|Benjamin|Mariella|Zoelle|Xenia|Nobody|changedsince|formertenant|Familyof|anna@|annabel@|secretvalue|bluetenant|quotatenant|thirdtenant/;
    expect(seeder.logs.length).toBeGreaterThan(0);
    expect(seeder.logs.filter((line) => values.test(line))).toEqual([]);
    for (const line of seeder.logs) expect(() => JSON.parse(line)).not.toThrow();
  });
});

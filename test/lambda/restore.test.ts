import { AdminDeleteUserCommand, AdminUpdateUserAttributesCommand } from '@aws-sdk/client-cognito-identity-provider';
import fc from 'fast-check';
import type { Seed } from '../../lib/private/contracts/seed';
import type { DeclaredUser } from '../../lib/private/contracts/seed-user';
import type { CustomResource } from '../support/custom-resource';
import { type LocalSeeder, startLocalSeeder } from '../support/seeder';
import { seedProperties } from '../support/seeds';

let local: LocalSeeder;
let pool: string;

beforeAll(async () => {
  local = await startLocalSeeder();
});
afterAll(() => local?.stop());
beforeEach(async () => {
  local.cognito.setFaults();
  local.setRollingBack(false);
  pool = await local.cognito.createPool({ autoVerified: ['email'], customAttributes: { tenant: {}, plan: {} } });
});

type Attributes = Record<string, string>;
interface Prior {
  readonly attributes: Attributes;
  readonly enabled: boolean;
}

const remembering = (users: DeclaredUser[], over: Partial<Seed> = {}) =>
  seedProperties(
    pool,
    { kind: 'inline', users },
    { formerValues: 'RESTORE', bucket: 'memory', requestsPerSecond: 1000, ...over },
  );

/** The whole pool, byte for byte, a text for each user and group. */
const snapshot = async (): Promise<string[]> => {
  const [users, groups] = await Promise.all([local.cognito.users(pool), local.cognito.groups(pool)]);
  return [
    ...users.map((user) => JSON.stringify({ ...user, attributes: sorted(user.attributes) })),
    ...Object.entries(groups).map(([group, names]) => JSON.stringify([group, ...[...names].sort()])),
  ].sort();
};
/** What is there now and was not before. */
const changes = async (before: readonly string[]): Promise<string[]> => {
  const was = new Set(before);
  const is = await snapshot();
  return [...is.filter((text) => !was.has(text)), ...before.slice(is.length)].slice(0, 3);
};
const sorted = (record: Attributes) => Object.entries(record).sort();
const attributesOf = async (name: string) => (await local.cognito.user(pool, name))?.attributes;

const back = async (action: () => Promise<{ failed?: string }>) => {
  local.setRollingBack(true);
  const answer = await action();
  local.setRollingBack(false);
  expect(answer.failed).toBeUndefined();
};

/** As people have them: an address has a flag. */
const value = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).filter((text) => text.trim() !== '');
const prior: fc.Arbitrary<Prior> = fc.record({
  attributes: fc
    .record(
      { nickname: value, locale: value, 'custom:tenant': value, 'custom:plan': value, email: fc.emailAddress() },
      { requiredKeys: [] },
    )
    .chain((attributes) =>
      fc
        .constantFrom('true', 'false')
        .map((flag): Attributes =>
          attributes.email === undefined ? attributes : { ...attributes, email_verified: flag },
        ),
    ),
  enabled: fc.boolean(),
});
const declared = fc.record(
  {
    nickname: fc.oneof(value, fc.constant('')),
    locale: fc.oneof(value, fc.constant('')),
    'custom:tenant': value,
    email: fc.emailAddress(),
  },
  { requiredKeys: [] },
);
const username = (index: number) => `user${String(index).padStart(4, '0')}`;

const populate = async (priors: readonly Prior[]) => {
  await local.cognito.seedUsers(
    pool,
    priors.map((each, index) => ({ username: username(index), ...each })),
  );
  await local.cognito.createGroup(
    pool,
    'beta',
    priors.flatMap((_, index) => (index % 3 === 0 ? [username(index)] : [])),
  );
};
const declare = (values: readonly Attributes[], offset = 0): DeclaredUser[] =>
  values.map((each, index) => ({
    username: username(index),
    attributes: each.email === undefined ? each : { ...each, email_verified: 'true' },
    ...((index + offset) % 2 === 0 ? { groups: ['beta'] } : {}),
    ...((index + offset) % 5 === 0 ? { enabled: index % 10 === 0 } : {}),
  }));

const SIZE = 1000;
const [PRIORS, FIRST, SECOND] = [
  fc.sample(prior, { numRuns: SIZE, seed: 5 }),
  fc.sample(declared, { numRuns: SIZE, seed: 6 }),
  fc.sample(declared, { numRuns: SIZE, seed: 7 }),
];

describe('1,000 users with arbitrary values', () => {
  test('of a creation that fails at a random user nothing is left', async () => {
    await populate(PRIORS);
    const before = await snapshot();
    const changed = FIRST.flatMap((each, index) => (each['custom:tenant'] ? [username(index)] : []));
    const unlucky = changed[Math.floor(Math.random() * changed.length)];
    local.cognito.setFaults(({ operation, username: name }) =>
      operation === 'AdminUpdateUserAttributes' && name === unlucky
        ? { kind: 'error', type: 'NotAuthorizedException', status: 400 }
        : undefined,
    );
    const answer = await local.resource().create(remembering(declare(FIRST)));
    if (answer.failed === undefined) throw new Error(`${unlucky} was to fail`);
    expect(await changes(before)).toEqual([]);
  });

  test('an update that fails at a random user, and CloudFormation’s way back', async () => {
    await populate(PRIORS);
    const life = local.resource();
    expect((await life.create(remembering(declare(FIRST)))).failed).toBeUndefined();
    await drift();
    const before = await snapshot();
    const unlucky = username(1 + 2 * Math.floor(Math.random() * (SIZE / 2 - 1)));
    local.cognito.setFaults(({ operation, username: name }) =>
      /Update|AddUser/.test(operation) && name === unlucky
        ? { kind: 'error', type: 'NotAuthorizedException', status: 400 }
        : undefined,
    );
    const users = declare(SECOND, 1);
    const answer = await life.update(remembering(users), () => {
      local.cognito.setFaults();
      local.setRollingBack(true);
    });
    expect([answer.failed === undefined, answer.rollback?.failed]).toEqual([false, undefined]);
    expect(await changes(before)).toEqual([]);
  });

  test('an update that succeeds before another resource fails, and CloudFormation’s way back', async () => {
    await populate(PRIORS);
    const life = local.resource();
    const first = remembering(declare(FIRST));
    expect((await life.create(first)).failed).toBeUndefined();
    await drift();
    const before = await snapshot();
    expect((await life.update(remembering(declare(SECOND, 1)))).failed).toBeUndefined();
    expect(await changes(before)).not.toEqual([]);
    await back(() => life.undoUpdate(first));
    expect(await changes(before)).toEqual([]);
    // As CloudFormation may ask twice.
    await back(() => life.send('Update', first, remembering(declare(SECOND, 1))));
    expect(await changes(before)).toEqual([]);
  });

  test.each(['RETAIN', 'DESTROY'] as const)('a creation that CloudFormation takes back, with %s', async (onRemoval) => {
    await populate(PRIORS);
    const before = await snapshot();
    const life = local.resource();
    await life.create(remembering(declare(FIRST), { onRemoval }));
    expect(await changes(before)).not.toEqual([]);
    await back(() => life.remove());
    expect(await changes(before)).toEqual([]);
  });

  test('a removal puts back what was there before the first declaration', async () => {
    await populate(PRIORS);
    const before = await snapshot();
    const life = local.resource();
    const memories = local.s3.keys('memory', 'former/');
    await life.create(remembering(declare(FIRST), { onRemoval: 'DESTROY' }));
    await life.update(remembering(declare(SECOND, 1), { onRemoval: 'DESTROY' }));
    expect((await life.remove()).failed).toBeUndefined();
    expect(await changes(before)).toEqual([]);
    expect(local.s3.keys('memory', 'former/')).toEqual(memories);
  });
});

/** Some people change something of theirs. */
const drift = async () => {
  for (let index = 0; index < SIZE; index += 7) {
    const UserAttributes = [{ Name: 'nickname', Value: `own ${index}` }];
    const command = { UserPoolId: pool, Username: username(index), UserAttributes };
    await local.cognito.client(local.cognito.directEndpoint).send(new AdminUpdateUserAttributesCommand(command));
  }
};

describe('what somebody has changed since', () => {
  const ann = (attributes: Attributes): DeclaredUser[] => [{ username: 'ann', attributes }];
  const create = async (attributes: Attributes): Promise<CustomResource> => {
    await local.cognito.seedUsers(pool, [{ username: 'ann', attributes: { nickname: 'first', locale: 'de' } }]);
    const life = local.resource();
    await life.create(remembering(ann(attributes), { onRemoval: 'DESTROY' }));
    return life;
  };
  const set = (Name: string, Value: string) =>
    local.cognito
      .client()
      .send(
        new AdminUpdateUserAttributesCommand({ UserPoolId: pool, Username: 'ann', UserAttributes: [{ Name, Value }] }),
      );

  test('stays at a removal, and at a way back', async () => {
    const life = await create({ nickname: 'ours', locale: 'en' });
    await set('nickname', 'hers');
    await back(() =>
      life.send('Delete', remembering(ann({ nickname: 'ours', locale: 'en' }), { onRemoval: 'DESTROY' })),
    );
    expect(await attributesOf('ann')).toEqual({ nickname: 'hers', locale: 'de' });
  });

  test('is what comes back when a later declaration has replaced it', async () => {
    const life = await create({ nickname: 'ours' });
    await set('nickname', 'hers');
    await life.update(remembering(ann({ nickname: 'ours again' }), { onRemoval: 'DESTROY' }));
    await life.remove();
    expect(await attributesOf('ann')).toEqual({ nickname: 'hers', locale: 'de' });
  });

  test('a value that leaves the declaration gives way to the former one', async () => {
    const life = await create({ nickname: 'ours', locale: 'en', 'custom:plan': 'gold' });
    await life.update(remembering(ann({ locale: 'en' })));
    expect(await attributesOf('ann')).toEqual({ nickname: 'first', locale: 'en' });
  });

  test('a value that was there before stays when it leaves the declaration', async () => {
    const life = await create({ nickname: 'first' });
    await life.update(remembering(ann({})));
    expect(await attributesOf('ann')).toEqual({ nickname: 'first', locale: 'de' });
  });
});

describe('the memory', () => {
  const ann = [{ username: 'ann', attributes: { nickname: 'ours' } }];
  beforeEach(() => local.cognito.seedUsers(pool, [{ username: 'ann', attributes: { nickname: 'first' } }]));

  test('that cannot be written keeps the deployment from its first write', async () => {
    local.s3.setFaults(({ operation }) =>
      operation === 'PutObject' ? { kind: 'error', status: 403, code: 'AccessDenied' } : undefined,
    );
    const answer = await local.resource().create(remembering(ann));
    local.s3.setFaults();
    expect(answer.failed).toMatch(/What users had before cannot be kept/);
    expect(await attributesOf('ann')).toEqual({ nickname: 'first' });
  });

  test('that is gone leaves values where they are', async () => {
    const life = local.resource();
    await life.create(remembering(ann, { onRemoval: 'DESTROY' }));
    for (const key of local.s3.keys('memory')) local.s3.put('memory', key, '{}');
    expect((await life.remove()).failed).toBeUndefined();
    expect(await attributesOf('ann')).toEqual({ nickname: 'ours' });
  });

  test('of a stack whose state cannot be known is not taken for a way back', async () => {
    const life = local.resource();
    await life.create(remembering(ann));
    local.cloudFormation.fail(true);
    await life.remove();
    local.cloudFormation.fail(false);
    expect(await attributesOf('ann')).toEqual({ nickname: 'ours' });
  });

  test('takes back a user who has been created, and nobody else of that name', async () => {
    const users = [...ann, { username: 'new', attributes: {} }];
    const creation = { invitation: [], forceAliasCreation: false };
    const properties = remembering(users, { onMissingUser: 'CREATE', creation });
    const life = local.resource();
    await life.create(properties);
    await back(() => life.remove());
    expect((await local.cognito.users(pool)).map((user) => user.username)).toEqual(['ann']);

    const again = local.resource();
    await again.create(properties);
    await local.cognito.client().send(new AdminDeleteUserCommand({ UserPoolId: pool, Username: 'new' }));
    await local.cognito.createUser(pool, 'new', {});
    await back(() => again.remove());
    expect((await local.cognito.users(pool)).map((user) => user.username).sort()).toEqual(['ann', 'new']);
  });

  test('answers with all attributes on the way back, too: a stack may refer to each', async () => {
    const over = { wanted: { UserA: 'ann' } };
    const life = local.resource();
    const { data } = await life.create(remembering(ann, over));
    const former = remembering(ann, over);
    await life.update(remembering([{ username: 'ann', attributes: { nickname: 'other' } }], over));
    local.setRollingBack(true);
    const answer = await life.undoUpdate(former);
    local.setRollingBack(false);
    expect(Object.keys(answer.data).sort()).toEqual(Object.keys(data).sort());
    expect(answer.data).toMatchObject({ 'UserA.Username': 'ann', Report: expect.stringMatching(/^s3:/) });
  });

  test('brings back whom the step has deleted, as they are declared', async () => {
    const users = [...ann, { username: 'new', attributes: { locale: 'de' } }];
    const creation = { invitation: [], forceAliasCreation: false, owner: 'seeder-x' };
    const over = { onMissingUser: 'CREATE', creation } as const;
    const life = local.resource();
    await life.create(remembering(users, over));
    const groups = await local.cognito.groups(pool);
    await life.update(remembering(ann, over));
    expect(await local.cognito.user(pool, 'new')).toBeUndefined();
    await back(() => life.undoUpdate(remembering(users, over)));
    expect(await attributesOf('new')).toEqual({ locale: 'de' });
    expect(await local.cognito.groups(pool)).toEqual(groups);
  });

  test('of a request that was cut short and comes again is of both attempts', async () => {
    const users = ['ann', 'ben'].map((name) => ({ username: name, attributes: { nickname: 'ours' } }));
    await local.cognito.seedUsers(pool, [{ username: 'ben', attributes: { nickname: 'second' } }]);
    const before = await snapshot();
    const life = local.resource();
    const properties = remembering(users);
    // The first attempt has changed ann, and was killed.
    await life.send('Create', properties, undefined, undefined, 'one-request');
    await local.cognito.client().send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId: pool,
        Username: 'ben',
        UserAttributes: [{ Name: 'nickname', Value: 'second' }],
      }),
    );
    const answer = await life.send('Create', properties, undefined, undefined, 'one-request');
    expect(answer.data).toMatchObject({ ChangedUsers: '1' });
    await back(() => life.send('Delete', properties, undefined, answer.physicalId));
    expect(await changes(before)).toEqual([]);
  });
});

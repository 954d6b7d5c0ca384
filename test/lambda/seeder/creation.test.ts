import fc from 'fast-check';
import type { Seed } from '../../../lib/private/contracts/seed';
import type { DeclaredUser } from '../../../lib/private/contracts/seed-user';
import { PoolModel, sdkError, type Write, withFaults } from '../../support/pool-model';
import { comparable, declarationOf, GROUPS, NAMES, NEWCOMERS, people, poolOf, RUNS } from './support/arbitraries';
import { CREATING, CREATION, failingAt, OWNER, OWNING, secret, Stack } from './support/steps';

const zoe: DeclaredUser = {
  username: 'zoe',
  attributes: { locale: 'de', nickname: '', email: 'zoe@example.com', email_verified: 'true' },
  groups: ['staff', 'admins'],
  enabled: false,
  password: secret('zoes'),
};
const emptyPool = () => new PoolModel({}, { groups: GROUPS });
const invalid = () => sdkError('InvalidParameterException');

describe('a missing user', () => {
  test('is created with all that is declared', async () => {
    const model = emptyPool();
    const outcome = await new Stack(model, CREATING).deploy([zoe]);
    expect(outcome).toMatchObject({ planned: 1, changed: ['zoe'], created: ['zoe'], unchanged: 0, failed: [] });
    expect(model.people().zoe).toMatchObject({
      attributes: { locale: 'de', email: 'zoe@example.com', email_verified: 'true', sub: expect.any(String) },
      enabled: false,
      groups: ['admins', 'staff'],
      password: 'the one in zoes',
    });
    expect(model.snapshot().zoe).not.toHaveProperty('nickname');
    expect([model.messaged, model.invited]).toEqual([[], []]);
  });

  test.each<[string, Partial<Seed>, DeclaredUser['password'], string | undefined]>([
    ['none', CREATING, undefined, undefined],
    ['the seeder’s', { ...CREATING, creation: { ...CREATION, password: secret('all') } }, undefined, 'the one in all'],
    [
      'a random one',
      { ...CREATING, creation: { ...CREATION, password: { kind: 'random' } } },
      undefined,
      'a random one',
    ],
    ['their own', { ...CREATING, creation: { ...CREATION, password: secret('all') } }, secret('own'), 'the one in own'],
    ['one to be changed', CREATING, secret('own', true), 'temporary the one in own'],
  ])('has %s for a password', async (_, terms, password, expected) => {
    const model = emptyPool();
    await new Stack(model, terms).deploy([{ username: 'zoe', attributes: {}, password }]);
    expect(model.people().zoe.password).toBe(expected);
    expect(model.writes.filter((write) => write.startsWith('password'))).toHaveLength(
      expected && !expected.startsWith('temporary') ? 1 : 0,
    );
  });

  test('is created as the declaration says', async () => {
    const model = emptyPool();
    const creation = {
      invitation: ['EMAIL' as const],
      forceAliasCreation: true,
      validationData: { from: 'the seeder' },
    };
    const terms = { ...CREATING, creation, clientMetadata: { a: 'seeder', b: 'seeder' } };
    await new Stack(model, terms).deploy([{ username: 'zoe', attributes: {}, clientMetadata: { b: 'user' } }]);
    expect(model.creations).toEqual([
      { username: 'zoe', attributes: {}, ...creation, clientMetadata: { a: 'seeder', b: 'user' } },
    ]);
  });

  test('is created with metadata for creations, over the seeder’s own and under the user’s', async () => {
    for (const compareWith of ['PREVIOUS_DECLARATION', 'LIVE_POOL'] as const) {
      const model = new PoolModel({ ann: {} });
      const creation = { ...CREATION, clientMetadata: { b: 'creation', c: 'creation' } };
      const clientMetadata = { a: 'seeder', b: 'seeder', c: 'seeder' };
      const stack = new Stack(model, { ...CREATING, creation, clientMetadata, compareWith });
      const desired = ['ann', 'zoe'].map((username) => ({ username, attributes: { locale: 'de' } }));
      const sent = jest.spyOn(model, 'set');
      await stack.deploy(desired.map((user) => ({ ...user, clientMetadata: { c: 'user' } })));
      expect(model.creations[0].clientMetadata).toEqual({ a: 'seeder', b: 'creation', c: 'user' });
      expect(sent).toHaveBeenCalledWith('ann', { locale: 'de' }, { a: 'seeder', b: 'seeder', c: 'user' });
    }
  });

  test('is called in everything that follows as the pool calls them', async () => {
    const model = new PoolModel({}, { groups: GROUPS, signInByEmail: true });
    await new Stack(model, OWNING).deploy([{ ...zoe, username: 'zoe@example.com' }]);
    expect(model.writes).toEqual([
      'makeGroup seeded',
      'create zoe@example.com',
      'join sub-1 seeded',
      'join sub-1 staff',
      'join sub-1 admins',
      'password sub-1',
      'disable sub-1',
    ]);
  });

  test('is refused before the first write, or skipped, where nobody is to be created', async () => {
    const model = emptyPool();
    expect(await new Stack(model).deploy([zoe])).toMatchObject({
      refusal: expect.stringContaining('MissingUsers.create()'),
      failed: [{ username: 'zoe' }],
    });
    expect(await new Stack(model, { onMissingUser: 'SKIP' }).deploy([zoe])).toMatchObject({ skipped: ['zoe'] });
    expect(model.writes).toEqual([]);
  });

  test('who was declared before is created where something changes for them', async () => {
    const model = emptyPool();
    const stack = new Stack(model, CREATING);
    await stack.deploy([{ username: 'zoe', attributes: { locale: 'de', nickname: 'Z' } }]);
    await model.remove('zoe');
    await stack.deploy([{ username: 'zoe', attributes: { locale: 'fr', nickname: 'Z' } }]);
    expect(model.snapshot().zoe).toMatchObject({ locale: 'fr', nickname: 'Z' });
  });
});

test('who was declared before and is gone is created again where the pool itself is looked at', async () => {
  const model = emptyPool();
  const stack = new Stack(model, { ...CREATING, compareWith: 'LIVE_POOL' });
  await stack.deploy([{ username: 'zoe', attributes: {} }]);
  await model.remove('zoe');
  expect(await stack.deploy([{ username: 'zoe', attributes: {} }])).toMatchObject({ created: ['zoe'] });
  expect(Object.keys(model.people())).toEqual(['zoe']);
});

test('users are created once: the second time changes nothing', () =>
  fc.assert(
    fc.asyncProperty(
      people,
      fc.constantFrom(CREATING, OWNING),
      fc.constantFrom<Seed['compareWith']>('PREVIOUS_DECLARATION', 'LIVE_POOL'),
      declarationOf([...NAMES, ...NEWCOMERS]),
      async (users, terms, compareWith, desired) => {
        const model = poolOf(users);
        const first = await new Stack(model, { ...terms, compareWith }).deploy(desired);
        const newcomers = desired.map(({ username }) => username).filter((name) => NEWCOMERS.includes(name));
        expect([...first.created].sort()).toEqual(newcomers.sort());
        for (const { username, attributes, groups = [], enabled } of desired) {
          const live = model.people()[username];
          for (const [name, value] of Object.entries(attributes)) expect(live.attributes[name] ?? '').toBe(value);
          expect(live.groups).toEqual(expect.arrayContaining([...groups]));
          if (enabled !== undefined) expect(live.enabled).toBe(enabled);
        }
        const once = model.people();
        model.writes.length = 0;
        const second = await new Stack(model, { ...terms, compareWith }).deploy(desired);
        expect([second.changed, second.unchanged, model.writes]).toEqual([[], desired.length, []]);
        expect(model.people()).toEqual(once);
      },
    ),
    RUNS,
  ));

test.each<[Write, string | undefined, boolean]>([
  ['makeGroup', undefined, false],
  ['create', undefined, false],
  ['join', OWNER, true],
  ['join', 'staff', true],
  ['setEnabled', undefined, true],
  ['setPassword', undefined, true],
])('a creation that fails at its %s (%s) leaves the pool as it was', async (write, group, created) => {
  for (const afterwards of [false, true]) {
    const model = new PoolModel({ ann: { locale: 'fr' } }, { groups: GROUPS });
    const failing = failingAt(invalid, write === 'makeGroup' ? OWNER : 'zoe', write, group);
    const faulty = withFaults(model, failing, afterwards);
    const outcome = await new Stack(model, OWNING).deploy([{ username: 'ann', attributes: { locale: 'de' } }, zoe], {
      cognito: faulty,
    });
    expect(outcome).toMatchObject({ changed: [], created: [], failed: [{ username: 'zoe' }] });
    // Whoever is there although the request has failed may be anybody's.
    const unknown = write === 'create' && afterwards;
    expect([write, afterwards, outcome.notRestored]).toEqual([write, afterwards, unknown ? ['zoe'] : []]);
    expect(Object.keys(model.people())).toEqual(unknown ? ['ann', 'zoe'] : ['ann']);
    expect(model.snapshot().ann).toEqual({ locale: 'fr' });
    expect(model.writes.includes('create zoe')).toBe(created || unknown);
  }
});

test('when any creation or change fails, whoever was created is removed again and all others are as before', () =>
  fc.assert(
    fc.asyncProperty(
      people,
      fc.constantFrom(CREATING, OWNING),
      declarationOf([...NAMES, ...NEWCOMERS]),
      fc.constantFrom(...NAMES, ...NEWCOMERS),
      fc.constantFrom<Write>('set', 'delete', 'join', 'leave', 'setEnabled', 'create'),
      async (users, terms, desired, username, write) => {
        const model = poolOf(users);
        const before = comparable(model);
        let hit = false;
        const faulty = withFaults(model, (who, what) => {
          if (who !== username || what !== write) return undefined;
          hit = true;
          return invalid();
        });
        const outcome = await new Stack(model, terms).deploy(desired, { cognito: faulty });
        fc.pre(hit);
        expect(outcome).toMatchObject({ failed: [{ username }], notRestored: [] });
        expect(comparable(model)).toEqual(before);
      },
    ),
    RUNS,
  ));

describe('nobody is removed', () => {
  test('whom the seeder has found, whatever fails', async () => {
    const model = new PoolModel({ zoe: { sub: 'theirs' } }, { groups: GROUPS });
    const before = model.people();
    for (const write of ['set', 'join', 'setEnabled', 'setPassword'] as const) {
      const faulty = withFaults(model, failingAt(invalid, 'zoe', write));
      expect(await new Stack(model, OWNING).deploy([zoe], { cognito: faulty })).toMatchObject({ notRestored: [] });
      expect(comparable(model)).toEqual(comparable(new PoolModel({ zoe: before.zoe.attributes })));
    }
    expect(model.writes).not.toContain('remove zoe');
  });

  test('whom somebody else has created at the same time', async () => {
    const model = emptyPool();
    const racing = withFaults(model, () => undefined);
    const create = (user: Parameters<typeof racing.create>[0]) =>
      model.create({ ...user, attributes: {} }).then(() => racing.create(user));
    const outcome = await new Stack(model, CREATING).deploy([zoe], { cognito: { ...racing, create } });
    expect(outcome).toMatchObject({ failed: [{ username: 'zoe', failure: { name: 'UsernameExistsException' } }] });
    expect(outcome.failed[0].failure.remedy).toMatch(/deploy again/);
    expect(model.writes).not.toContain('remove zoe');
  });

  test('who has come in the place of the one who was created', async () => {
    const model = emptyPool();
    const faulty = withFaults(model, failingAt(invalid, 'zoe', 'setPassword'));
    const setPassword = async (username: string, password: string) => {
      await model.remove('zoe');
      await model.create({ ...CREATION, username, attributes: {}, clientMetadata: {}, validationData: {} });
      return faulty.setPassword(username, password);
    };
    const outcome = await new Stack(model, CREATING).deploy([zoe], { cognito: { ...faulty, setPassword } });
    expect(outcome).toMatchObject({ failed: [{ username: 'zoe' }], notRestored: [] });
    expect(model.snapshot().zoe).toEqual({ sub: 'sub-2' });
  });
});

test('a user who is deleted while they are created is told, and all others are put back', async () => {
  const model = new PoolModel({ ann: { locale: 'fr' } }, { groups: GROUPS });
  const faulty = withFaults(model, () => undefined);
  const vanishing = {
    ...faulty,
    setEnabled: (name: string, on: boolean) => model.remove(name).then(() => faulty.setEnabled(name, on)),
  };
  const outcome = await new Stack(model, CREATING).deploy([{ username: 'ann', attributes: { locale: 'de' } }, zoe], {
    cognito: vanishing,
  });
  expect(outcome).toMatchObject({
    failed: [{ username: 'zoe', failure: { name: 'UserNotFoundException' } }],
    notRestored: [],
  });
  expect(model.snapshot()).toEqual({ ann: { locale: 'fr' } });
});

test('invitations come last, and only if all else has succeeded', async () => {
  const inviting: Partial<Seed> = { ...CREATING, creation: { ...CREATION, invitation: ['EMAIL'] } };
  const users: DeclaredUser[] = [
    { username: 'zoe', attributes: {} },
    { username: 'ann', attributes: { locale: 'de' } },
  ];
  const model = new PoolModel({ ann: {} });
  const faulty = withFaults(model, failingAt(invalid, 'ann', 'set'));
  await new Stack(model, inviting).deploy(users, { cognito: faulty });
  expect([model.invited, model.writes]).toEqual([[], []]);
  await new Stack(model, inviting).deploy(users);
  expect([model.invited, model.writes]).toEqual([['zoe'], ['set ann', 'create zoe']]);
});

test('users who are created without an invitation do not wait for others', async () => {
  const model = new PoolModel({ ann: {} });
  const users: DeclaredUser[] = [
    { username: 'ann', attributes: { email: 'ann@example.com' } },
    { username: 'zoe', attributes: {} },
  ];
  await new Stack(model, CREATING).deploy(users);
  expect(model.writes).toEqual(['create zoe', 'set ann']);
});

test('a plan that creates more than there is time for is refused before the first write', async () => {
  const model = emptyPool();
  const tooMany = (limit: number) => ({
    tooManyToChange: (requests: number) => (requests > limit ? `${requests} are too many` : undefined),
    tooManyToRestore: () => undefined,
  });
  // Two groups, the owner's and the disabling; creation and password go at paces of their own.
  const refused = await new Stack(model, OWNING).deploy([zoe], { budget: tooMany(3) });
  expect(refused.refusal).toBe('4 are too many');
  expect(model.writes).toEqual([]);
  expect(await new Stack(model, OWNING).deploy([zoe], { budget: tooMany(4) })).toMatchObject({ created: ['zoe'] });
});

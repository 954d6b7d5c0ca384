import { AdminDeleteUserCommand, AdminUpdateUserAttributesCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { Seed } from '../../lib/private/contracts/seed';
import type { Creation } from '../../lib/private/contracts/seed-creation';
import type { DeclaredUser } from '../../lib/private/contracts/seed-user';
import type { CustomResource } from '../support/custom-resource';
import { type LocalRuns, startLocalRuns } from '../support/local-runs';
import { people, runProperties, uploaded } from '../support/seeds';

let local: LocalRuns;
let pool: string;

beforeAll(async () => {
  local = await startLocalRuns();
});
afterAll(() => local?.stop());
beforeEach(async () => {
  local.cognito.setFaults();
  local.setRollingBack(false);
  pool = await local.cognito.createPool({ autoVerified: ['email'], customAttributes: { plan: {}, tenant: {} } });
  await local.cognito.createGroup(pool, 'admins');
  await local.cognito.createGroup(pool, 'readers');
});

const CREATION: Creation = { invitation: [], forceAliasCreation: false };
const file = (users: readonly DeclaredUser[]): Seed['source'] =>
  uploaded(local.runs.s3, `file-${Math.random()}`, users);
const remembering = (users: readonly DeclaredUser[], over: Partial<Seed> = {}, run?: object) =>
  runProperties(pool, file(users), { formerValues: 'RESTORE', ...over }, run);
const creating = (users: readonly DeclaredUser[], over: Partial<Seed> = {}, run?: object) =>
  remembering(users, { onMissingUser: 'CREATE', creation: CREATION, ...over }, run);

/** The whole pool, byte for byte, a text for each user and group. */
const snapshot = async (): Promise<string[]> => {
  const [users, groups] = await Promise.all([local.cognito.users(pool), local.cognito.groups(pool)]);
  return [
    ...users.map((user) => JSON.stringify({ ...user, attributes: Object.entries(user.attributes).sort() })),
    ...Object.entries(groups).map(([group, names]) => JSON.stringify([group, ...[...names].sort()])),
  ].sort();
};
const set = (Username: string, Name: string, Value: string) =>
  local.cognito
    .client()
    .send(new AdminUpdateUserAttributesCommand({ UserPoolId: pool, Username, UserAttributes: [{ Name, Value }] }));
const attributes = (name: string) => local.cognito.attributes(pool, name);
const failing = (...names: string[]) =>
  local.cognito.setFaults(({ username, operation }) =>
    operation === 'AdminUpdateUserAttributes' && names.includes(username!)
      ? { kind: 'error', type: 'InvalidParameterException' }
      : undefined,
  );
const back = async <T extends { failed?: string }>(action: () => Promise<T>): Promise<T> => {
  local.cognito.setFaults();
  local.setRollingBack(true);
  const answer = await action();
  local.setRollingBack(false);
  expect(answer.failed).toBeUndefined();
  return answer;
};
const undoCreation = (life: CustomResource, properties: object) =>
  life.send('Delete', properties, undefined, `${pool}/Seeder`);

/** Users of all kinds, and what is declared of them. */
const prior = (index: number): Record<string, string> => ({
  nickname: `old ${index}`,
  ...(index % 2 === 0 ? { 'custom:plan': 'bought' } : {}),
  ...(index % 3 === 0 ? { email: `old${index}@example.com`, email_verified: index % 2 === 0 ? 'true' : 'false' } : {}),
});
const declaredOf = (index: number, value: string): DeclaredUser => ({
  username: `user${index}`,
  attributes: {
    nickname: index % 5 === 0 ? '' : value,
    'custom:plan': value,
    email: `${value}${index}@example.com`,
    email_verified: 'true',
  },
  ...(index % 4 === 0 ? { groups: ['readers'] } : {}),
  ...(index % 7 === 0 ? { enabled: false } : {}),
});
const declaredAll = (count: number, value: string) =>
  Array.from({ length: count }, (_, index) => declaredOf(index, value));
const populate = async (count: number) => {
  await local.cognito.seedUsers(pool, people(count, prior));
};

describe('a creation that fails', () => {
  test.each([1_000, 60])(
    'leaves the pool as it was, byte for byte: %d users',
    async (count) => {
      await populate(count);
      const before = await snapshot();
      const life = local.resource();
      const declared = [
        ...declaredAll(count, 'new'),
        { username: 'made', attributes: { nickname: 'm' }, groups: ['admins'] },
      ];
      failing(`user${Math.floor(Math.random() * count)}`);
      const properties = creating(declared);
      expect((await life.create(properties)).failed).toMatch(/1 user failed/);
      expect(await snapshot()).not.toEqual(before);
      await back(() => undoCreation(life, properties));
      expect(await snapshot()).toEqual(before);
    },
    60_000,
  );

  test('is undone where nobody knows that the stack goes back, since only a failure is followed so', async () => {
    await populate(5);
    const before = await snapshot();
    const life = local.resource();
    failing('user3');
    const properties = remembering(declaredAll(5, 'new'));
    await life.create(properties);
    local.cognito.setFaults();
    local.cloudFormation.fail(true);
    expect((await undoCreation(life, properties)).failed).toBeUndefined();
    local.cloudFormation.fail(false);
    expect(await snapshot()).toEqual(before);
  });

  test('gives the group of those whom it has created back, too', async () => {
    await populate(3);
    const before = await snapshot();
    const life = local.resource();
    failing('user1');
    const users = [...declaredAll(3, 'new'), { username: 'made', attributes: {} }];
    const properties = creating(users, { creation: { ...CREATION, owner: 'own' } });
    await life.create(properties);
    expect((await local.cognito.groups(pool)).own).toEqual(['made']);
    await back(() => undoCreation(life, properties));
    expect(await snapshot()).toEqual(before);
  });
});

test.each([1, 3])(
  'workers that are killed do not make an undoing forget: %d at a time',
  async (workers) => {
    await populate(450);
    const before = await snapshot();
    const life = local.resource();
    const made = Array.from({ length: 50 }, (_, index) => ({
      username: `made${index}`,
      attributes: { nickname: 'm' },
    }));
    failing('user449');
    let kills = 0;
    let lastAt = 0;
    const killing = setInterval(() => {
      const { length } = local.cognito.calls;
      if (kills >= 10 || length < lastAt + 150 || Math.random() < 0.5) return;
      lastAt = length;
      kills++;
      local.runs.functions.apply.kill();
    }, 50);
    local.cognito.clearCalls();
    const properties = creating([...declaredAll(450, 'new'), ...made], {}, { MaxConcurrency: String(workers) });
    expect((await life.create(properties)).failed).toMatch(/1 user failed/);
    expect(kills).toBeGreaterThan(3);
    kills = lastAt = 0;
    local.cognito.clearCalls();
    await back(() => undoCreation(life, properties));
    clearInterval(killing);
    expect(await snapshot()).toEqual(before);
  },
  120_000,
);

describe('a creation that succeeds', () => {
  test('is undone where another resource fails; somebody else’s user of the name stays', async () => {
    await populate(20);
    const before = await snapshot();
    const life = local.resource();
    const properties = creating([...declaredAll(20, 'new'), { username: 'made', attributes: { nickname: 'm' } }]);
    expect((await life.create(properties)).data).toMatchObject({ ChangedUsers: '21', CreatedUsers: '1' });
    await set('user2', 'nickname', 'theirs');
    await local.cognito.client().send(new AdminDeleteUserCommand({ UserPoolId: pool, Username: 'made' }));
    await local.cognito.createUser(pool, 'made', { nickname: 'another' });
    await back(() => undoCreation(life, properties));
    expect(await attributes('user2')).toEqual({ ...prior(2), nickname: 'theirs' });
    expect(await attributes('made')).toEqual({ nickname: 'another' });
    const others = (texts: string[]) => texts.filter((text) => !/"(user2|made)"/.test(text));
    expect(others(await snapshot())).toEqual(others(before));
  });

  test('stays where the stack is deleted later, with RETAIN', async () => {
    await populate(3);
    const life = local.resource();
    await life.create(remembering(declaredAll(3, 'new')));
    const after = await snapshot();
    expect((await life.remove()).failed).toBeUndefined();
    expect(await snapshot()).toEqual(after);
  });
});

describe('an update', () => {
  test('that fails is undone, and the next one knows what was there before all', async () => {
    await populate(40);
    const original = await snapshot();
    const life = local.resource();
    await life.create(remembering(declaredAll(40, 'one'), { onRemoval: 'DESTROY' }));
    const one = await snapshot();
    failing('user17');
    const updated = await life.update(remembering(declaredAll(40, 'two'), { onRemoval: 'DESTROY' }), () => {
      local.cognito.setFaults();
      local.setRollingBack(true);
    });
    local.setRollingBack(false);
    expect(updated.failed).toBeDefined();
    expect(updated.rollback!.failed).toBeUndefined();
    expect(await snapshot()).toEqual(one);
    expect((await life.update(remembering(declaredAll(40, 'three'), { onRemoval: 'DESTROY' }))).failed).toBeUndefined();
    expect((await life.remove()).failed).toBeUndefined();
    // A user who is disabled and is no more declared so was enabled before.
    expect(await snapshot()).toEqual(original);
  });

  test('that succeeds is undone where another resource fails, drift apart; and its author’s way back is no undoing', async () => {
    await populate(10);
    const life = local.resource();
    const one = remembering(declaredAll(10, 'one'));
    await life.create(one);
    const before = await snapshot();
    await life.update(creating([...declaredAll(10, 'two'), { username: 'made', attributes: {} }]));
    await back(() => life.undoUpdate(one));
    expect(await snapshot()).toEqual(before);

    await life.update(creating([...declaredAll(10, 'two'), { username: 'made', attributes: {} }]));
    expect((await life.update(one)).failed).toBeUndefined();
    // As declared; whoever has been created without an owner stays.
    expect((await local.cognito.users(pool)).map(({ username }) => username)).toContain('made');
    expect(await attributes('user1')).toMatchObject({ 'custom:plan': 'one' });
  });

  test('whose undoing fails half-way is undone by the next request', async () => {
    await populate(10);
    const life = local.resource();
    const one = remembering(declaredAll(10, 'one'));
    await life.create(one);
    const before = await snapshot();
    const two = remembering(declaredAll(10, 'two'));
    failing('user5');
    expect((await life.send('Update', two, one)).failed).toBeDefined();
    local.setRollingBack(true);
    failing('user6', 'user8');
    expect((await life.send('Update', one, two)).failed).toBeDefined();
    local.cognito.setFaults();
    expect((await life.send('Update', one, two)).failed).toBeUndefined();
    local.setRollingBack(false);
    expect(await snapshot()).toEqual(before);
  });

  test('puts back what leaves the declaration, and leaves drift alone', async () => {
    await populate(6);
    const life = local.resource();
    await life.create(remembering(declaredAll(6, 'one')));
    await set('user3', 'custom:plan', 'drifted');
    const rest = declaredAll(6, 'two').slice(0, 2);
    expect((await life.update(remembering(rest))).failed).toBeUndefined();
    expect(await attributes('user2')).toEqual(prior(2));
    expect(await attributes('user4')).toEqual(prior(4));
    expect(await attributes('user3')).toEqual({ ...prior(3), 'custom:plan': 'drifted' });
    expect(await local.cognito.groupsOf(pool, 'user4')).toEqual([]);
    expect(await attributes('user1')).toMatchObject({ 'custom:plan': 'two' });
  });

  test('forgets what somebody who comes again had in a life before', async () => {
    await local.cognito.createUser(pool, 'ann', { nickname: 'first' });
    const ann = (nickname: string) => [{ username: 'ann', attributes: { nickname } }];
    const life = local.resource();
    await life.create(remembering(ann('one')));
    await set('ann', 'nickname', 'hers');
    await life.update(remembering([]));
    expect(await attributes('ann')).toEqual({ nickname: 'hers' });
    await life.update(remembering(ann('hers')));
    await life.update(remembering([]));
    expect(await attributes('ann')).toEqual({ nickname: 'hers' });
  });
});

describe('a removal with DESTROY', () => {
  test('puts back what was there before all declarations, and nobody’s password is written down anywhere', async () => {
    await populate(10);
    const before = await snapshot();
    const life = local.resource();
    const secret = local.secrets.put('restore', 'Correct-Horse-9');
    const made: DeclaredUser = {
      username: 'made',
      attributes: {},
      password: { kind: 'secret', secret, temporary: false },
    };
    const over = { onRemoval: 'DESTROY' as const, creation: { ...CREATION, owner: 'own' } };
    for (const value of ['one', 'two', 'three']) await life.update(creating([...declaredAll(10, value), made], over));
    expect(local.written()).not.toContain('Correct-Horse-9');
    expect((await life.remove()).failed).toBeUndefined();
    expect(await snapshot()).toEqual(before);
  });

  test('leaves alone what nobody remembers', async () => {
    await populate(2);
    const life = local.resource();
    await life.create(runProperties(pool, file(declaredAll(2, 'one'))));
    await life.update(remembering(declaredAll(2, 'one'), { onRemoval: 'DESTROY' }));
    const after = await snapshot();
    expect((await life.remove()).failed).toBeUndefined();
    expect(await snapshot()).toEqual(after);
  });
});

test('a run that nobody waits for is stopped and undone', async () => {
  await populate(120);
  const before = await snapshot();
  const life = local.resource();
  const slow = remembering(declaredAll(120, 'new'), { requestsPerSecond: 60 }, { WaitForCompletion: 'false' });
  await life.create(slow);
  local.cognito.clearCalls();
  const written = () => local.cognito.calls.filter(({ operation }) => operation === 'AdminUpdateUserAttributes').length;
  while (written() < 60) await new Promise((resolve) => setTimeout(resolve, 20));
  await back(() => undoCreation(life, slow));
  await local.runs.stepFunctions.idle();
  expect(await snapshot()).toEqual(before);
}, 90_000);

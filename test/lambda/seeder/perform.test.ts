import { performer } from '../../../lambda/seeder/perform';
import type { Change } from '../../../lambda/seeder/settle';
import { PoolModel, sdkError, withFaults } from '../../support/pool-model';
import { CREATION, failingAt, NO_PASSWORDS, PASSWORDS, secret } from './support/steps';

const change = (over: Partial<Change>): Change => ({
  declaredAs: 'ann@example.com',
  declared: true,
  before: { username: 'ann', attributes: {} },
  set: {},
  delete: [],
  clientMetadata: {},
  ...over,
});
const invalid = () => sdkError('InvalidParameterException');
const pool = () =>
  new PoolModel({ ann: { nickname: 'An' } }, { groups: ['a', 'b'], accounts: { ann: { groups: ['b'] } } });

const everything = change({
  set: { locale: 'de' },
  delete: ['nickname'],
  account: { join: ['a'], leave: ['b'], enabled: false, password: secret('s') },
});

test('a change is carried out request by request, by the pool’s own name, and disables last', async () => {
  const model = pool();
  await performer({ cognito: model, passwords: PASSWORDS })(everything);
  expect(model.writes).toEqual(['set ann', 'delete ann', 'join ann a', 'leave ann b', 'password ann', 'disable ann']);
  expect(model.people().ann).toMatchObject({
    attributes: { locale: 'de' },
    groups: ['a'],
    enabled: false,
    password: 'the one in s',
  });
});

test('a user is let in before their password is set', async () => {
  const model = pool();
  const account = { join: [], leave: [], enabled: true, password: secret('s') };
  await performer({ cognito: model, passwords: PASSWORDS })(change({ account }));
  expect(model.writes).toEqual(['enable ann', 'password ann']);
});

test('it stops at the first request that fails', async () => {
  const model = pool();
  const cognito = withFaults(model, failingAt(invalid, 'ann', 'join'));
  await expect(performer({ cognito, passwords: PASSWORDS })(everything)).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
  expect(model.writes).toEqual(['set ann', 'delete ann']);
});

test('nothing is sent for what is not to be done', async () => {
  const model = pool();
  await performer({ cognito: model, passwords: NO_PASSWORDS })(change({}));
  expect(model.writes).toEqual([]);
});

test('metadata go with attributes', async () => {
  const model = pool();
  const set = jest.spyOn(model, 'set');
  const one = change({ set: { locale: 'de' }, clientMetadata: { a: '1' } });
  await performer({ cognito: model, passwords: NO_PASSWORDS })(one);
  expect(set).toHaveBeenCalledWith('ann', { locale: 'de' }, { a: '1' });
});

test('a user who goes, goes, whatever else the change says', async () => {
  const model = pool();
  await performer({ cognito: model, passwords: NO_PASSWORDS })({ ...everything, remove: true });
  expect(model.writes).toEqual(['remove ann']);
});

describe('a password that the policy remembers', () => {
  const history = () => sdkError('PasswordHistoryPolicyViolationException');
  const set = (error: () => Error, over: object) => {
    const cognito = withFaults(pool(), failingAt(error, 'ann', 'setPassword'));
    const account = { join: [], leave: [], password: secret('s'), ...over };
    return performer({ cognito, passwords: PASSWORDS })(change({ account }));
  };

  test('is most likely the user’s own where it was declared before', async () => {
    await expect(set(history, { passwordAgain: true })).resolves.toBeUndefined();
  });

  test('is a failure where it was not', async () => {
    await expect(set(history, {})).rejects.toMatchObject({ name: 'PasswordHistoryPolicyViolationException' });
  });

  test('and no other failure is tolerated', async () => {
    const error = () => sdkError('InvalidPasswordException');
    await expect(set(error, { passwordAgain: true })).rejects.toMatchObject({ name: 'InvalidPasswordException' });
  });
});

describe('a creation', () => {
  const creating = (username: string, over: object = {}) =>
    change({
      before: { username, attributes: {} },
      create: { attributes: { locale: 'de' }, groups: ['a'], enabled: false, password: secret('s'), ...over },
    });

  test('makes the owner’s group once, and joins it first of all', async () => {
    const model = new PoolModel({}, { groups: ['a'] });
    const perform = performer({ cognito: model, passwords: PASSWORDS, creation: { ...CREATION, owner: 'o' } });
    const subs: string[] = [];
    await Promise.all(['xena', 'zoe'].map((name) => perform(creating(name), (sub) => subs.push(sub))));
    expect(model.writes.filter((write) => write.startsWith('makeGroup'))).toEqual(['makeGroup o']);
    expect(model.writes.filter((write) => write.includes('zoe'))).toEqual([
      'create zoe',
      'join zoe o',
      'join zoe a',
      'password zoe',
      'disable zoe',
    ]);
    expect(subs).toEqual(['sub-1', 'sub-2']);
  });

  test('tells of the user as soon as they are there, whatever fails afterwards', async () => {
    const cognito = withFaults(new PoolModel({}, { groups: ['a'] }), failingAt(invalid, 'zoe', 'join'));
    const onCreated = jest.fn();
    await expect(performer({ cognito, passwords: PASSWORDS })(creating('zoe'), onCreated)).rejects.toBeDefined();
    expect(onCreated.mock.calls).toEqual([['sub-1']]);
  });

  test('begins with nobody who would have no password, or no owner', async () => {
    const model = new PoolModel({}, { groups: ['a'] });
    await expect(performer({ cognito: model, passwords: NO_PASSWORDS })(creating('zoe'))).rejects.toBeDefined();
    const cognito = withFaults(model, failingAt(invalid, 'o', 'makeGroup'));
    const creation = { ...CREATION, owner: 'o' };
    await expect(performer({ cognito, passwords: PASSWORDS, creation })(creating('zoe'))).rejects.toBeDefined();
    expect(model.writes).toEqual([]);
  });

  test('hands a temporary password over, and sets no other', async () => {
    const model = new PoolModel({}, { groups: ['a'] });
    await performer({ cognito: model, passwords: PASSWORDS })(creating('zoe', { password: secret('s', true) }));
    expect(model.creations[0].temporaryPassword).toBe('the one in s');
    expect(model.writes).toEqual(['create zoe', 'join zoe a', 'disable zoe']);
  });

  test('hands no other password over', async () => {
    const model = new PoolModel({}, { groups: ['a'] });
    await performer({ cognito: model, passwords: PASSWORDS })(creating('zoe'));
    expect(model.creations[0]).not.toHaveProperty('temporaryPassword');
  });

  test('does not disable whom nobody declares disabled', async () => {
    for (const enabled of [true, undefined]) {
      const model = new PoolModel({}, { groups: ['a'] });
      await performer({ cognito: model, passwords: PASSWORDS })(creating('zoe', { enabled, password: undefined }));
      expect(model.writes).toEqual(['create zoe', 'join zoe a']);
    }
  });
});

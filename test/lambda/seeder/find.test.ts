import { findLacking } from '../../../lambda/seeder/find';
import { passwordsFrom } from '../../../lambda/seeder/passwords';
import { planUser } from '../../../lambda/seeder/plan';
import { PLAIN } from '../../../lambda/seeder/rules';
import type { Declared } from '../../../lambda/seeder/plan';
import { stepBetween } from '../../../lambda/seeder/step';
import { transition } from '../../../lambda/seeder/transition';
import type { DeclaredUser } from '../../../lib/private/contracts/seed-user';
import { PoolModel, sdkError, withFaults } from '../../support/pool-model';
import { CREATION, NO_PASSWORDS, secret, UNLIMITED } from './support/steps';

const intent = (username: string, after: Partial<Declared>) =>
  planUser(
    { username, before: undefined, after: { attributes: {}, ...after }, clientMetadata: {} },
    { ...PLAIN, creation: CREATION },
  );
const nobodyIs = () => false;
const secrets = passwordsFrom(async (arn) => {
  if (arn === 'denied') throw sdkError('AccessDeniedException');
  return arn === 'blank' ? '' : 'pass';
});

test('a group that the pool does not have is lacking to all who are to join it, and asked for once', async () => {
  const model = new PoolModel({}, { groups: ['staff'] });
  const asked = jest.spyOn(model, 'hasGroup');
  const intents = [
    intent('ann', { groups: ['staff', 'none'] }),
    intent('ben', { groups: ['staff'] }),
    intent('zoe', { groups: ['none'] }),
  ];
  const lacking = await findLacking(intents, (name) => name === 'zoe', model, NO_PASSWORDS);
  expect(lacking).toMatchObject([
    { username: 'ann', failure: { name: 'GroupNotFound', remedy: expect.stringContaining('groupName') } },
    { username: 'zoe', failure: { name: 'GroupNotFound' } },
  ]);
  expect(asked.mock.calls).toEqual([['staff'], ['none']]);
});

test('a secret that gives no password is lacking to whoever is to have it', async () => {
  const intents = [
    intent('ann', { password: secret('denied') }),
    intent('ben', { password: secret('blank') }),
    intent('cleo', { password: secret('fine') }),
    intent('zoe', { password: secret('denied', true) }),
  ];
  const lacking = await findLacking(intents, (name) => name === 'zoe', new PoolModel({}), secrets);
  expect(lacking.map(({ username, failure }) => [username, failure.name])).toEqual([
    ['ann', 'SecretUnreadable'],
    ['ben', 'SecretWithoutPassword'],
    ['zoe', 'SecretUnreadable'],
  ]);
});

test('what is for creations alone is no matter of whom the pool has', async () => {
  const intents = [intent('ann', { password: secret('denied', true) })];
  expect(await findLacking(intents, nobodyIs, new PoolModel({}), secrets)).toEqual([]);
});

test('groups that cannot be asked for are told of each user', async () => {
  const model = withFaults(new PoolModel({}), () => undefined);
  const denied = { ...model, hasGroup: () => Promise.reject(sdkError('AccessDeniedException')) };
  const intents = ['ann', 'ben'].map((name) => intent(name, { groups: ['staff'] }));
  expect(await findLacking(intents, nobodyIs, denied, NO_PASSWORDS)).toMatchObject([
    { username: 'ann', failure: { name: 'AccessDeniedException' } },
    { username: 'ben', failure: { name: 'AccessDeniedException' } },
  ]);
});

describe('a declaration is refused before the first write', () => {
  const run = (model: PoolModel, users: DeclaredUser[], over: object = {}) =>
    transition(
      stepBetween(
        { users: [] },
        { users },
        { rules: { ...PLAIN, creation: CREATION }, onMissingUser: 'CREATE', removal: false },
      ),
      {
        cognito: model,
        cognitoForRestoring: model,
        passwords: secrets,
        workers: 2,
        budget: UNLIMITED,
        ...over,
      },
    );
  const ann: DeclaredUser = { username: 'ann', attributes: { locale: 'de' } };

  test.each<[string, Partial<DeclaredUser>, string]>([
    ['a group is missing', { groups: ['none'] }, 'GroupNotFound'],
    ['a secret cannot be read', { password: secret('denied') }, 'SecretUnreadable'],
    ['a secret has no password', { password: secret('blank') }, 'SecretWithoutPassword'],
  ])('where %s, for whom the pool has and for whom it has not', async (_, over, name) => {
    for (const username of ['ben', 'zoe']) {
      const model = new PoolModel({ ann: {}, ben: {} });
      const beforeChanges = jest.fn();
      const outcome = await run(model, [ann, { username, attributes: {}, ...over }], { beforeChanges });
      expect(outcome).toMatchObject({
        refusal: 'Some users cannot be given what is declared.',
        failed: [{ username, failure: { name } }],
        changed: [],
      });
      expect([model.writes, beforeChanges.mock.calls]).toEqual([[], []]);
    }
  });

  test('where memberships cannot be asked for', async () => {
    const model = new PoolModel({ ann: {} }, { groups: ['staff'] });
    const cognito = {
      ...withFaults(model, () => undefined),
      groups: () => Promise.reject(sdkError('AccessDeniedException')),
    };
    expect(await run(model, [{ ...ann, groups: ['staff'] }], { cognito })).toMatchObject({
      refusal: 'Users could not be read.',
      failed: [{ username: 'ann', failure: { name: 'AccessDeniedException' } }],
    });
    expect(model.writes).toEqual([]);
  });
});

test('memberships are asked for where they count, and nowhere else', async () => {
  const model = new PoolModel({ ann: {}, ben: {} }, { groups: ['staff'] });
  const users: DeclaredUser[] = [
    { username: 'ann', attributes: { locale: 'de' }, enabled: false },
    { username: 'ben', attributes: {}, groups: ['staff'] },
  ];
  const step = stepBetween({ users: [] }, { users }, { rules: PLAIN, onMissingUser: 'FAIL', removal: false });
  await transition(step, {
    cognito: model,
    cognitoForRestoring: model,
    passwords: NO_PASSWORDS,
    workers: 1,
    budget: UNLIMITED,
  });
  expect(model.groupReads).toEqual(['ben']);
});

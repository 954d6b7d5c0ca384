import type { Cognito } from '../../../lambda/seeder/cognito';
import { type Declaration, NOTHING } from '../../../lambda/seeder/plan';
import { PLAIN } from '../../../lambda/seeder/rules';
import { stepBetween } from '../../../lambda/seeder/step';
import { transition } from '../../../lambda/seeder/transition';
import { PoolModel, sdkError, withFaults } from '../../support/pool-model';
import { NO_PASSWORDS, UNLIMITED, upTo } from './support/steps';

const declaration = (...usernames: string[]): Declaration => ({
  users: usernames.map((username) => ({ username, attributes: { nickname: `the ${username}` } })),
});
type Case = Partial<Parameters<typeof stepBetween>[2]> & { previous?: Declaration; desired?: Declaration };
const step = ({ previous = NOTHING, desired = NOTHING, ...over }: Case) =>
  stepBetween(previous, desired, { rules: PLAIN, onMissingUser: 'FAIL', removal: false, ...over });
type Limits = Parameters<typeof transition>[1]['budget'];

const run = (over: Case, cognito: Cognito, restoring: Cognito = cognito, limits: Limits = UNLIMITED) =>
  transition(step(over), {
    cognito,
    cognitoForRestoring: restoring,
    passwords: NO_PASSWORDS,
    workers: 2,
    budget: limits,
  });

const pool = () => new PoolModel({ ann: { sub: '1' }, ben: { sub: '2' } });

test('a missing user fails everything before the first write', async () => {
  const model = pool();
  const outcome = await run({ desired: declaration('ann', 'zoe') }, model);
  expect(outcome).toMatchObject({ refusal: expect.stringContaining('create them'), failed: [{ username: 'zoe' }] });
  expect(model.writes).toEqual([]);
});

test('a missing user is skipped where the declaration says so', async () => {
  const outcome = await run({ desired: declaration('ann', 'zoe'), onMissingUser: 'SKIP' }, pool());
  expect(outcome).toMatchObject({ changed: ['ann'], skipped: ['zoe'], failed: [], unchanged: 0 });
});

test('a user who goes between the look and the write is missing too', async () => {
  const model = pool();
  const vanishing = withFaults(model, (username) =>
    username === 'ben' ? sdkError('UserNotFoundException') : undefined,
  );
  expect(await run({ desired: declaration('ann', 'ben'), onMissingUser: 'SKIP' }, vanishing)).toMatchObject({
    changed: ['ann'],
    skipped: ['ben'],
  });
  expect(await run({ desired: declaration('ann', 'ben') }, vanishing, model)).toMatchObject({
    failed: [{ username: 'ben', failure: { name: 'UserNotFoundException' } }],
    notRestored: [],
  });
});

test('a user who left the declaration may be gone', async () => {
  const outcome = await run({ previous: declaration('ann', 'zoe'), desired: declaration('ann') }, pool());
  expect(outcome).toMatchObject({ changed: [], unchanged: 1, failed: [] });
});

test('a plan that is too long is refused before anything is read', async () => {
  const model = pool();
  const outcome = await run({ desired: declaration('ann', 'ben') }, model, model, {
    ...UNLIMITED,
    tooManyToChange: upTo(1),
  });
  expect(outcome).toMatchObject({ refusal: '2 are too many', planned: 2 });
  expect(model.reads).toEqual([]);
});

test('a plan whose undoing would take too long is refused before the first write', async () => {
  const model = pool();
  const desired = declaration('ann', 'ben'); // 2 writes to put them back, and 2 looks before that
  const limited = (limit: number) => ({ ...UNLIMITED, tooManyToRestore: upTo(limit) });
  expect(await run({ desired }, model, model, limited(3))).toMatchObject({ refusal: '4 are too many' });
  expect(model.writes).toEqual([]);
  expect(await run({ desired }, model, model, limited(4))).toMatchObject({ changed: ['ann', 'ben'] });
});

test('a plan of more requests than there is time for is refused before the first write', async () => {
  const model = new PoolModel({ ann: { locale: 'de' } });
  const desired = { users: [{ username: 'ann', attributes: { nickname: 'An', locale: '' } }] };
  expect(await run({ desired }, model, model, { ...UNLIMITED, tooManyToChange: upTo(1) })).toMatchObject({
    refusal: '2 are too many',
  });
  expect([model.reads, model.writes]).toEqual([['ann'], []]);
});

test('putting a user back may take more requests than changing them did', async () => {
  const model = new PoolModel({ ann: { nickname: 'Annie' } });
  const desired = { users: [{ username: 'ann', attributes: { nickname: 'An', locale: 'de' } }] };
  // A look, an update for the nickname and a deletion for the locale.
  expect(await run({ desired }, model, model, { ...UNLIMITED, tooManyToRestore: upTo(2) })).toMatchObject({
    refusal: '3 are too many',
  });
});

test('addresses that went from one user to another are put back from the last to the first', async () => {
  const model = new PoolModel({
    ann: { preferred_username: 'w' },
    ben: { preferred_username: 'x' },
    dan: { preferred_username: 'y' },
    cleo: {},
  });
  const before = model.snapshot();
  const takenBy = (name: string) =>
    Object.entries(model.snapshot()).find(([, user]) => user.preferred_username === name)?.[0];
  const unique: Cognito = {
    ...withFaults(model, () => undefined),
    set: async (username, attributes) => {
      const name = attributes.preferred_username;
      if (username === 'cleo' || (name && takenBy(name))) throw sdkError('AliasExistsException');
      await model.set(username, attributes);
    },
  };
  const desired = {
    users: ['ann v', 'ben w', 'dan x', 'cleo z'].map((text) => {
      const [username, preferred_username] = text.split(' ');
      return { username, attributes: { preferred_username } };
    }),
  };
  const surroundings = {
    cognito: unique,
    cognitoForRestoring: unique,
    passwords: NO_PASSWORDS,
    workers: 1,
    budget: UNLIMITED,
  };
  expect(await transition(step({ desired }), surroundings)).toMatchObject({ notRestored: [] });
  expect(model.snapshot()).toEqual(before);
});

test('at a removal, whoever can be read is cleaned although another cannot', async () => {
  const model = new PoolModel({ ann: { nickname: 'the ann' }, ben: { nickname: 'the ben' } });
  const halfReadable: Cognito = {
    ...withFaults(model, () => undefined),
    read: (username) =>
      username === 'ben' ? Promise.reject(sdkError('InternalErrorException', '', 500)) : model.read(username),
  };
  expect(await run({ previous: declaration('ann', 'ben'), removal: true }, halfReadable)).toMatchObject({
    changed: ['ann'],
    failed: [{ username: 'ben' }],
  });
});

test('a removal is not refused for what it would take to put users back', async () => {
  const model = new PoolModel({ ann: { nickname: 'the ann' } });
  const step = { previous: declaration('ann'), removal: true };
  const outcome = await run(step, model, model, { ...UNLIMITED, tooManyToRestore: upTo(0) });
  expect([outcome.changed, outcome.refusal]).toEqual([['ann'], undefined]);
});

test('a user who is declared twice is refused before anything is read', async () => {
  const model = pool();
  expect(await run({ desired: declaration('ann', 'ben', 'ann') }, model)).toMatchObject({
    refusal: expect.stringContaining('declared twice'),
    failed: [{ username: 'ann' }],
  });
  expect(model.reads).toEqual([]);
});

test('the trouble of one user stops nobody else, and all troubles are told', async () => {
  const model = pool();
  const faulty = withFaults(model, (username) => sdkError('InvalidParameterException', `user ${username}`));
  const outcome = await run({ desired: declaration('ann', 'ben') }, faulty, model);
  expect(outcome.failed.map(({ username }) => username)).toEqual(['ann', 'ben']);
});

test('nobody is messaged while somebody else’s change may fail', async () => {
  const model = pool();
  const desired: Declaration = {
    users: [
      { username: 'ann', attributes: { email: 'a@example.com' } },
      { username: 'ben', attributes: { nickname: 'Ben' } },
    ],
  };
  const onlyBen = withFaults(model, (username) => (username === 'ben' ? sdkError('AliasExistsException') : undefined));
  await run({ desired }, onlyBen, model);
  expect([model.messaged, model.writes]).toEqual([[], []]);
  await run({ desired }, model);
  expect(model.writes).toEqual(['set ben', 'set ann']);
});

test('nobody is messaged while a user is missing who has to be there', async () => {
  const model = pool();
  const desired: Declaration = {
    users: [
      { username: 'ann', attributes: { email: 'a@example.com' } },
      { username: 'ben', attributes: { nickname: 'Ben' } },
    ],
  };
  const vanishing = withFaults(model, (username) =>
    username === 'ben' ? sdkError('UserNotFoundException') : undefined,
  );
  expect(await run({ desired }, vanishing, model)).toMatchObject({ failed: [{ username: 'ben' }] });
  expect(model.messaged).toEqual([]);
});

test('the trouble of the pool stops at once', async () => {
  const attempts: string[] = [];
  const faulty = withFaults(pool(), (username) => {
    attempts.push(username);
    return sdkError('AccessDeniedException');
  });
  await transition(step({ desired: declaration('ann', 'ben') }), {
    cognito: faulty,
    cognitoForRestoring: pool(),
    passwords: NO_PASSWORDS,
    workers: 1,
    budget: UNLIMITED,
  });
  expect(attempts).toEqual(['ann']);
});

test('users who cannot be put back are named', async () => {
  const model = pool();
  const broken = withFaults(model, () => sdkError('AccessDeniedException'));
  const onlyBen = withFaults(model, (username) => (username === 'ben' ? sdkError('AliasExistsException') : undefined));
  const outcome = await run({ desired: declaration('ann', 'ben') }, onlyBen, broken);
  expect(outcome.notRestored).toEqual(['ann']);
});

test('a pool that is gone is as good as cleaned', async () => {
  const gone: Cognito = { ...pool(), read: () => Promise.reject(sdkError('ResourceNotFoundException')) } as never;
  expect(await run({ previous: declaration('ann'), removal: true }, gone)).toMatchObject({
    failed: [],
    unchanged: 1,
  });
  expect(await run({ desired: declaration('ann') }, gone)).toMatchObject({ failed: [{ username: 'ann' }] });
});

test('what a removal has deleted is not put back when another user fails', async () => {
  const model = new PoolModel({ ann: { nickname: 'the ann' }, ben: { nickname: 'the ben' } });
  const onlyBen = withFaults(model, (username) =>
    username === 'ben' ? sdkError('NotAuthorizedException') : undefined,
  );
  const outcome = await run({ previous: declaration('ann', 'ben'), removal: true }, onlyBen);
  expect(outcome).toMatchObject({ changed: ['ann'], failed: [{ username: 'ben' }] });
  expect(outcome.notRestored).toBeUndefined();
  expect(model.snapshot().ann).toEqual({});
});

test('a value that a user had before it was declared goes with the declaration', async () => {
  // Nobody remembers that it was there: docs/semantics.md.
  const model = new PoolModel({ ann: { nickname: 'the ann' } });
  await run({ desired: declaration('ann') }, model);
  await run({ previous: declaration('ann') }, model);
  expect(model.snapshot().ann).toEqual({});
});

test('a pool that goes during a removal is as good as cleaned', async () => {
  const model = new PoolModel({ ann: { nickname: 'the ann' } });
  const going = withFaults(model, () => sdkError('ResourceNotFoundException'));
  expect(await run({ previous: declaration('ann'), removal: true }, going)).toMatchObject({ failed: [] });
});

describe('whoever is to hear of changes', () => {
  const hearing = (over: Case, cognito: Cognito, surroundings: object) =>
    transition(step(over), {
      cognito,
      cognitoForRestoring: cognito,
      passwords: NO_PASSWORDS,
      workers: 2,
      budget: UNLIMITED,
      ...surroundings,
    });

  test('hears of them before the first, and of none, too: a memory has to be carried on', async () => {
    const model = pool();
    const heard: unknown[] = [];
    const beforeChanges = async (changes: readonly { declaredAs: string }[]) =>
      void heard.push([changes.map(({ declaredAs }) => declaredAs), [...model.writes]]);
    await hearing({ desired: declaration('ann') }, model, { beforeChanges });
    await hearing({ desired: declaration('ann') }, model, { beforeChanges });
    expect(heard).toEqual([
      [['ann'], []],
      [[], ['set ann']],
    ]);
  });

  test('stops everything before the first write where they fail', async () => {
    const model = pool();
    const beforeChanges = () => Promise.reject(new Error('the bucket is gone'));
    await expect(hearing({ desired: declaration('ann') }, model, { beforeChanges })).rejects.toThrow('bucket');
    expect(model.writes).toEqual([]);
  });

  test('hears of nothing where a plan is refused', async () => {
    const beforeChanges = jest.fn();
    for (const limits of [{ tooManyToChange: upTo(0) }, { tooManyToRestore: upTo(0) }]) {
      await hearing({ desired: declaration('ann') }, pool(), { beforeChanges, budget: { ...UNLIMITED, ...limits } });
    }
    await hearing({ desired: declaration('zoe') }, pool(), { beforeChanges });
    expect(beforeChanges).not.toHaveBeenCalled();
  });

  test('hears of users who are there now, by their sub, whatever fails after that', async () => {
    const rules = { ...PLAIN, creation: { invitation: [], forceAliasCreation: false } };
    const over: Case = { desired: declaration('ann', 'zoe'), rules, onMissingUser: 'CREATE' };
    const model = pool();
    const onlyAnn = withFaults(model, (name) => (name === 'ann' ? sdkError('AliasExistsException') : undefined));
    const created: unknown[] = [];
    const afterCreations = async (all: ReadonlyMap<{ declaredAs: string }, string>) =>
      void created.push([...all].map(([{ declaredAs }, sub]) => [declaredAs, sub]));
    expect(await hearing(over, onlyAnn, { afterCreations })).toMatchObject({ failed: [{ username: 'ann' }] });
    expect(created).toEqual([[['zoe', 'sub-1']]]);
    expect(Object.keys(model.snapshot())).toEqual(['ann', 'ben']);
  });
});

test('passwords come last, and only if all else has succeeded', async () => {
  const model = pool();
  const desired: Declaration = {
    users: [
      { username: 'ann', attributes: {}, password: { kind: 'secret', secret: 's', temporary: false } },
      { username: 'ben', attributes: { nickname: 'Ben' } },
    ],
  };
  const passwords = { of: async () => 'pass' };
  const surroundings = { cognitoForRestoring: model, passwords, workers: 1, budget: UNLIMITED };
  const onlyBen = withFaults(model, (name) => (name === 'ben' ? sdkError('AliasExistsException') : undefined));
  await transition(step({ desired }), { ...surroundings, cognito: onlyBen });
  expect(model.writes).toEqual([]);
  await transition(step({ desired }), { ...surroundings, cognito: model });
  expect(model.writes).toEqual(['set ben', 'password ann']);
});

import fc from 'fast-check';
import type { Seed } from '../../../lib/private/contracts/seed';
import type { DeclaredUser } from '../../../lib/private/contracts/seed-user';
import { PoolModel, sdkError, withFaults } from '../../support/pool-model';
import { declarationOf, GROUPS, NAMES, NEWCOMERS, people, poolOf, RUNS } from './support/arbitraries';
import { CREATING, CREATION, failingAt, OWNER, OWNING, Stack } from './support/steps';

const users = (...names: string[]): DeclaredUser[] =>
  names.map((username) => ({ username, attributes: { nickname: `the ${username}` } }));
const names = (model: PoolModel) => Object.keys(model.people());

/** A stack that has found ann and created zoe. */
const annAndZoe = async (over: Partial<Seed> = {}) => {
  const model = new PoolModel({ ann: {} });
  const stack = new Stack(model, { ...OWNING, ...over });
  await stack.deploy(users('ann', 'zoe'));
  return { model, stack };
};

describe('a user who leaves the declaration', () => {
  test('is deleted where the seeder has created them, and keeps the rest where it has found them', async () => {
    const { model, stack } = await annAndZoe();
    expect(model.people()).toMatchObject({ ann: { groups: [] }, zoe: { groups: [OWNER] } });
    const outcome = await stack.deploy([]);
    expect(outcome).toMatchObject({ deleted: ['zoe'], failed: [] });
    expect([...outcome.changed].sort()).toEqual(['ann', 'zoe']);
    expect(model.snapshot()).toEqual({ ann: {} });
  });

  test('is deleted although nothing of them is as it was declared', async () => {
    for (const compareWith of ['PREVIOUS_DECLARATION', 'LIVE_POOL'] as const) {
      const { model, stack } = await annAndZoe({ compareWith });
      await model.set('zoe', { nickname: 'Z' });
      expect(await stack.deploy(users('ann'))).toMatchObject({ deleted: ['zoe'] });
      expect(names(model)).toEqual(['ann']);
    }
  });

  test('stays when somebody has taken them out of the group', async () => {
    const { model, stack } = await annAndZoe();
    await model.leave('zoe', OWNER);
    expect(await stack.deploy(users('ann'))).toMatchObject({ deleted: [], changed: ['zoe'] });
    expect(names(model)).toEqual(['ann', 'zoe']);
  });

  test('is deleted last, and only if all else has succeeded', async () => {
    const { model, stack } = await annAndZoe();
    const faulty = withFaults(
      model,
      failingAt(() => sdkError('InvalidParameterException'), 'ann', 'set'),
    );
    const desired = [{ username: 'ann', attributes: { nickname: 'An' } }];
    expect(await stack.deploy(desired, { cognito: faulty })).toMatchObject({ failed: [{ username: 'ann' }] });
    expect(names(model)).toEqual(['ann', 'zoe']);
    model.writes.length = 0;
    await stack.deploy(desired);
    expect(model.writes).toEqual(['set ann', 'remove zoe']);
  });

  test('and is gone when another’s deletion fails is told: nobody can bring them back', async () => {
    const model = new PoolModel({});
    const stack = new Stack(model, OWNING);
    await stack.deploy(users('yves', 'zoe'));
    const faulty = withFaults(
      model,
      failingAt(() => sdkError('InvalidParameterException'), 'zoe', 'remove'),
    );
    const outcome = await stack.deploy([], { cognito: faulty, workers: 1 });
    expect(outcome).toMatchObject({ failed: [{ username: 'zoe' }], notRestored: ['yves'] });
  });

  test('and is declared under another name is one user, who stays', async () => {
    for (const compareWith of ['PREVIOUS_DECLARATION', 'LIVE_POOL'] as const) {
      const model = new PoolModel({}, { signInByEmail: true });
      const stack = new Stack(model, { ...OWNING, compareWith });
      await stack.deploy(users('zoe@example.com'));
      const sub = model.people()['sub-1'].attributes.sub;
      expect(await stack.deploy(users(sub))).toMatchObject({ deleted: [], failed: [] });
      expect(names(model)).toEqual(['sub-1']);
    }
  });

  test('and was declared under two names, of which one stays, stays', async () => {
    const model = new PoolModel({}, { signInByEmail: true });
    const stack = new Stack(model, OWNING);
    await stack.deploy(users('zoe@example.com'));
    // Both names at once would be refused, so that the second one is declared where the pool does not have it yet.
    stack.inForce = { ...stack.inForce!, source: { kind: 'inline', users: users('zoe@example.com', 'sub-1') } };
    expect(await stack.deploy(users('sub-1'))).toMatchObject({ deleted: [], failed: [] });
    expect(names(model)).toEqual(['sub-1']);
  });
});

describe('nobody is deleted', () => {
  test('where nothing is pruned', async () => {
    const { model, stack } = await annAndZoe({ prune: false });
    await stack.deploy([]);
    expect(names(model)).toEqual(['ann', 'zoe']);
  });

  test('by a deployment that stops to declare the owner, or changes it', async () => {
    for (const creation of [CREATION, { ...CREATION, owner: 'another' }]) {
      const { model, stack } = await annAndZoe();
      await stack.deploy(users('ann'), { terms: { creation } });
      await stack.deploy([], { terms: { creation } });
      expect(names(model)).toEqual(['ann', 'zoe']);
    }
  });

  test('who was created before the owner was declared', async () => {
    const model = new PoolModel({});
    const stack = new Stack(model, CREATING);
    await stack.deploy(users('zoe'));
    await stack.deploy(users('zoe'), { terms: OWNING });
    await stack.deploy([], { terms: OWNING });
    expect(names(model)).toEqual(['zoe']);
  });

  test('by a removal that retains', async () => {
    const { model, stack } = await annAndZoe();
    await stack.remove();
    expect(names(model)).toEqual(['ann', 'zoe']);
    expect(model.groupNames()).toEqual([OWNER]);
  });
});

describe('a removal', () => {
  const destroying = { onRemoval: 'DESTROY' as const };

  test('deletes whom the seeder has created, and the group', async () => {
    const { model, stack } = await annAndZoe(destroying);
    expect(await stack.remove()).toMatchObject({ deleted: ['zoe'], failed: [], unchanged: 0 });
    expect(model.snapshot()).toEqual({ ann: {} });
    expect(model.groupNames()).toEqual([]);
  });

  test('leaves the group where somebody could not be reached, for the second attempt', async () => {
    const { model, stack } = await annAndZoe(destroying);
    const before = stack.inForce;
    const faulty = withFaults(
      model,
      failingAt(() => sdkError('InvalidParameterException'), 'zoe', 'remove'),
    );
    expect(await stack.remove({ cognito: faulty })).toMatchObject({ failed: [{ username: 'zoe' }] });
    expect(model.groupNames()).toEqual([OWNER]);
    stack.inForce = before;
    await stack.remove();
    expect([names(model), model.groupNames()]).toEqual([['ann'], []]);
  });

  test('deletes nobody whose groups cannot be asked for, and tells of them', async () => {
    const { model, stack } = await annAndZoe(destroying);
    const groups = (name: string) =>
      name === 'zoe' ? Promise.reject(sdkError('InternalErrorException', '', 500)) : model.groups(name);
    const outcome = await stack.remove({ cognito: { ...withFaults(model, () => undefined), groups } });
    expect(outcome.failed).toMatchObject([{ username: 'zoe' }]);
    expect(names(model)).toEqual(['ann', 'zoe']);
    expect(model.groupNames()).toEqual([OWNER]);
  });
});

test('whatever is declared one after the other, those go who were created and are declared no more, and nobody else', () =>
  fc.assert(
    fc.asyncProperty(
      people,
      fc.constantFrom<Seed['compareWith']>('PREVIOUS_DECLARATION', 'LIVE_POOL'),
      fc.array(declarationOf([...NAMES, ...NEWCOMERS]), { minLength: 1, maxLength: 4 }),
      async (state, compareWith, all) => {
        const model = poolOf(state);
        const stack = new Stack(model, { ...OWNING, compareWith });
        for (const desired of all) {
          const { failed, refusal } = await stack.deploy(desired);
          expect([failed, refusal]).toEqual([[], undefined]);
          const newcomers = desired.map(({ username }) => username).filter((name) => NEWCOMERS.includes(name));
          expect(names(model).sort()).toEqual([...NAMES, ...newcomers].sort());
          for (const [name, { groups }] of Object.entries(model.people())) {
            expect([name, groups.includes(OWNER)]).toEqual([name, NEWCOMERS.includes(name)]);
          }
        }
        expect(model.groupNames()).toEqual(expect.arrayContaining(GROUPS));
      },
    ),
    RUNS,
  ));

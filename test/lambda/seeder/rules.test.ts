import { PLAIN, rulesOf } from '../../../lambda/seeder/rules';
import { CREATING, CREATION, OWNER, OWNING, RESTORING, seedOf } from './support/steps';

const plain = seedOf([]);
const creating = seedOf([], CREATING);
const owning = seedOf([], OWNING);

test('a plain declaration has plain rules', () => {
  expect(rulesOf(plain, plain, true)).toEqual(PLAIN);
  expect(rulesOf(undefined, plain, false)).toEqual({ ...PLAIN, prune: false });
});

test('users are created where the declaration to come says so', () => {
  expect(rulesOf(undefined, creating, true).creation).toEqual(CREATION);
  expect(rulesOf(creating, plain, true).creation).toBeUndefined();
  expect(rulesOf(creating, undefined, true).creation).toBeUndefined();
  expect(rulesOf(undefined, { ...creating, onMissingUser: 'SKIP' }, true).creation).toBeUndefined();
});

test('users are deleted whom the former declaration owned, at a removal too', () => {
  expect(rulesOf(owning, owning, true).owner).toBe(OWNER);
  expect(rulesOf(owning, undefined, true).owner).toBe(OWNER);
  expect(rulesOf(undefined, owning, true).owner).toBeUndefined();
  expect(rulesOf(creating, owning, true).owner).toBeUndefined();
});

test('nobody is deleted where nothing is pruned, or where the declaration to come has no owner or another', () => {
  expect(rulesOf(owning, owning, false).owner).toBeUndefined();
  expect(rulesOf(owning, undefined, false).owner).toBeUndefined();
  expect(rulesOf(owning, creating, true).owner).toBeUndefined();
  expect(rulesOf(owning, plain, true).owner).toBeUndefined();
  const other = { ...owning, creation: { ...CREATION, owner: 'another' } };
  expect(rulesOf(owning, other, true).owner).toBeUndefined();
});

test('what is kept is a matter of the declaration to come', () => {
  const keeping = { ...plain, kept: ['locale'] };
  expect(rulesOf(plain, keeping, true).kept).toEqual(['locale']);
  expect(rulesOf(keeping, plain, true).kept).toEqual([]);
  expect(rulesOf(keeping, undefined, true).kept).toEqual([]);
});

test('former values come back where the declaration to come says so, or the one that is removed', () => {
  const restoring = seedOf([], RESTORING);
  expect(rulesOf(plain, restoring, true).restores).toBe(true);
  expect(rulesOf(restoring, plain, true).restores).toBe(false);
  expect(rulesOf(restoring, undefined, true).restores).toBe(true);
});

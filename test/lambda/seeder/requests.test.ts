import fc from 'fast-check';
import { longestOf, NO_REQUESTS, requestsOf, requestsToUndo, sumOf } from '../../../lambda/seeder/requests';
import type { Change } from '../../../lambda/seeder/settle';
import type { PasswordSource } from '../../../lib/private/contracts/seed-user';
import type { Seed } from '../../../lib/private/contracts/seed';
import { PoolModel } from '../../support/pool-model';
import { declarationOf, drift, drifted, NAMES, NEWCOMERS, people, poolOf, RUNS } from './support/arbitraries';
import { CREATING, CREATION, OWNING, RESTORING, secret, Stack } from './support/steps';

const change = (over: Partial<Change>): Change => ({
  declaredAs: 'ann',
  declared: true,
  before: { username: 'ann', attributes: {} },
  set: {},
  delete: [],
  clientMetadata: {},
  ...over,
});

/** The calls that a pool has seen, as the quotas count them; the owner's group is made once a step, and is not counted. */
const seenBy = ({ writes, reads, groupReads }: PoolModel) => {
  const creations = writes.filter((write) => write.startsWith('create ')).length;
  const passwords = writes.filter((write) => write.startsWith('password ')).length;
  const made = writes.filter((write) => write.startsWith('makeGroup ')).length;
  return {
    updates: writes.length - creations - passwords - made,
    creations,
    passwords,
    reads: reads.length + groupReads.length,
  };
};
const forget = (model: PoolModel) =>
  [model.writes, model.reads, model.groupReads].forEach((calls) => (calls.length = 0));

const passwords = fc.option(fc.constantFrom<PasswordSource>(secret('s'), secret('s', true), { kind: 'random' }), {
  nil: undefined,
});
const declaration = declarationOf([...NAMES, ...NEWCOMERS]).chain((users) =>
  fc
    .array(passwords, { minLength: users.length, maxLength: users.length })
    .map((all) => users.map((user, index) => ({ ...user, password: all[index] }))),
);
const terms = fc.constantFrom<Partial<Seed>>(
  { ...CREATING, ...RESTORING },
  { ...OWNING, ...RESTORING },
  { ...OWNING, ...RESTORING, creation: { ...CREATION, owner: 'seeded', password: { kind: 'random' } } },
);

test('as many requests are counted as are sent, and to put users back no fewer', () =>
  fc.assert(
    fc.asyncProperty(
      people,
      terms,
      declaration,
      fc.array(drift, { maxLength: 3 }),
      declaration,
      async (users, over, first, meanwhile, second) => {
        const model = poolOf(users);
        const stack = new Stack(model, over);
        for (const desired of [first, second]) {
          forget(model);
          await stack.deploy(desired);
          const { changes } = stack.journal!;
          const { reads, ...sent } = seenBy(model);
          expect(sumOf(changes.map(requestsOf))).toEqual(sent);
          expect(reads).toBeGreaterThanOrEqual(changes.length);
          if (desired === first) await drifted(model, meanwhile);
        }
        const toUndo = stack.journal!.changes.map(requestsToUndo).reduce((total, number) => total + number, 0);
        forget(model);
        await stack.goBack();
        const { updates, creations, passwords: set, reads } = seenBy(model);
        expect([creations, set]).toEqual([0, 0]);
        expect(updates + reads).toBe(toUndo - lookedAtInVain(stack, model));
      },
    ),
    RUNS,
  ));

/** Whoever was deleted by the step is looked for, and not asked for their groups any more. */
const lookedAtInVain = ({ journal }: Stack, model: PoolModel): number =>
  journal!.changes.filter(({ remove, before }) => remove && before.groups && !model.people()[before.username]).length;

test.each<[string, Partial<Change>, number, number, number]>([
  ['nothing', {}, 0, 0, 0],
  ['an update and a deletion', { set: { a: '1', b: '2' }, delete: ['c', 'd'] }, 2, 0, 0],
  ['groups', { account: { join: ['a', 'b'], leave: ['c'] } }, 3, 0, 0],
  ['letting in', { account: { join: [], leave: [], enabled: true } }, 1, 0, 0],
  ['a password', { account: { join: [], leave: [], password: secret('s') } }, 0, 0, 1],
  ['a deletion of the user', { remove: true, set: { a: '1' } }, 1, 0, 0],
  ['a creation', { create: { attributes: { a: '1' }, enabled: true } }, 0, 1, 0],
  [
    'a creation with all there is',
    { create: { attributes: {}, groups: ['a', 'b'], enabled: false, owner: 'o', password: secret('s') } },
    4,
    1,
    1,
  ],
  ['a creation with a temporary password', { create: { attributes: {}, password: secret('s', true) } }, 0, 1, 0],
  ['a creation with a random one', { create: { attributes: {}, password: { kind: 'random' } } }, 0, 1, 1],
])('%s', (_, over, updates, creations, set) => {
  expect(requestsOf(change(over))).toEqual({ updates, creations, passwords: set });
});

test.each<[string, Partial<Change>, number]>([
  ['a creation: a look and a deletion', { create: { attributes: {}, groups: ['a'] } }, 2],
  ['what cannot be put back: a look', { remove: true }, 1],
  [
    'an update of what was there: a look and an update',
    { set: { a: '1' }, before: { username: 'ann', attributes: { a: '0' } } },
    2,
  ],
  ['an update of what was not there: a look and a deletion', { set: { a: '1' } }, 2],
  [
    'groups: two looks, and a request for each',
    { account: { join: ['a', 'b'], leave: [] }, before: { username: 'ann', attributes: {}, groups: [] } },
    4,
  ],
  ['a password: a look', { account: { join: [], leave: [], password: secret('s') } }, 1],
])('it takes to put back %s', (_, over, expected) => expect(requestsToUndo(change(over))).toBe(expected));

test('the paces go on at the same time', () => {
  expect(longestOf(sumOf([]))).toBe(0);
  const all = sumOf([
    { updates: 1, creations: 2, passwords: 3 },
    { ...NO_REQUESTS, creations: 5 },
  ]);
  expect(all).toEqual({ updates: 1, creations: 7, passwords: 3 });
  expect(longestOf(all)).toBe(7);
});

import fc from 'fast-check';
import type { DeclaredUser } from '../../../lib/private/contracts/seed';
import { encodeRow, usernameOf } from '../../../lib/private/contracts/seed-row';
import { liveLines } from '../../../lambda/seeder/listing';
import { hasWork, type Intent, plan } from '../../../lambda/seeder/plan';
import { type Planned, planRows, type RowPlan } from '../../../lambda/seeder/plan-rows';
import { rowsInMemory } from '../../../lambda/seeder/rows/rows';
import { carryOut } from '../../../lambda/seeder/run/carry-out';
import { PoolModel } from '../../support/pool-model';

type Users = Record<string, Record<string, string>>;

const NAMES = ['ann', 'ben', 'cay', 'dan', 'eve'];
const values = fc.constantFrom('', 'a', 'b');
const attributes = fc.dictionary(fc.constantFrom('nickname', 'locale', 'custom:plan'), values);
const declaration: fc.Arbitrary<DeclaredUser[]> = fc.uniqueArray(
  fc.record({ username: fc.constantFrom(...NAMES), attributes }, { noNullPrototype: true }),
  { selector: ({ username }) => username },
);
const anybody = fc.dictionary(
  fc.constantFrom('nickname', 'locale', 'custom:plan', 'website'),
  fc.constantFrom('a', 'b', 'c'),
);
const pool: fc.Arbitrary<Users> = fc.record(Object.fromEntries(NAMES.map((name) => [name, anybody])), {
  noNullPrototype: true,
});

const rows = (lines: string[]) =>
  rowsInMemory([...lines].sort((one, other) => (usernameOf(one) < usernameOf(other) ? -1 : 1)));
const rowsOf = (users: readonly DeclaredUser[]) =>
  rows(users.map((user, index) => encodeRow({ line: index + 2, user })));
const liveRows = (model: PoolModel) =>
  rows(
    Object.entries(model.snapshot()).flatMap(([username, live]) =>
      liveLines({ username, attributes: live }, { aliases: [], caseSensitive: true }),
    ),
  );

const planned = async (previous: DeclaredUser[], desired: DeclaredUser[], model?: PoolModel) => {
  const found: Planned[] = [];
  const result: RowPlan = await planRows(
    { previous: rowsOf(previous), desired: rowsOf(desired), live: model && liveRows(model) },
    {
      prune: true,
      removal: false,
      onPlanned: (user) => void found.push(user),
      onMissing: (user) => void found.push(user),
    },
  );
  return { found, result };
};
const step = async (model: PoolModel, previous: DeclaredUser[], desired: DeclaredUser[], live: boolean) => {
  const { found } = await planned(previous, desired, live ? model : undefined);
  for (const user of found) {
    const outcome = await carryOut(user, model, 'FAIL');
    expect(outcome).not.toHaveProperty('failure');
  }
};
const expectAsDeclared = (model: PoolModel, users: DeclaredUser[]) => {
  for (const { username, attributes: declared } of users) {
    for (const [name, value] of Object.entries(declared)) {
      expect(model.snapshot()[username][name]).toBe(value === '' ? undefined : value);
    }
  }
};
const RUNS = { numRuns: 300 };

test('rows are planned as declarations in memory are', () =>
  fc.assert(
    fc.asyncProperty(declaration, declaration, async (previous, desired) => {
      const { found, result } = await planned(previous, desired);
      const expected = plan({ users: previous }, { users: desired }, true).filter(hasWork);
      const byName = (one: { username: string }, other: { username: string }) =>
        one.username < other.username ? -1 : 1;
      // The attributes of rows are sorted.
      const inOrder = (intent: Intent) => ({
        ...intent,
        delete: [...intent.delete].sort(),
        keep: [...intent.keep].sort(),
      });
      expect(found.map(({ intent }) => inOrder(intent)).sort(byName)).toEqual(expected.map(inOrder).sort(byName));
      expect(result.users).toBe(desired.length);
      expect(result.planned).toBe(found.length);
      const declared = found.filter(({ intent }) => intent.declared).length;
      expect(result.unchanged).toBe(desired.length - declared);
    }),
    RUNS,
  ));

test.each([
  ['the previous declaration', false],
  ['the live pool', true],
])('compared with %s, every user is as declared afterwards, and twice is once', (_, live) =>
  fc.assert(
    fc.asyncProperty(pool, declaration, declaration, async (users, first, second) => {
      const model = new PoolModel(users);
      await step(model, [], first, live);
      expectAsDeclared(model, first);
      await step(model, first, second, live);
      expectAsDeclared(model, second);
      const after = structuredClone(model.snapshot());
      await step(model, first, second, live);
      expect(model.snapshot()).toEqual(after);
      // Nobody's undeclared attributes are touched.
      for (const [name, attributes] of Object.entries(users)) {
        expect(model.snapshot()[name].website).toBe(attributes.website);
      }
    }),
    RUNS,
  ),
);

test('whoever has their values costs no write where the live pool is compared', () =>
  fc.assert(
    fc.asyncProperty(pool, declaration, async (users, desired) => {
      const model = new PoolModel(users);
      await step(model, [], desired, true);
      expect((await planned([], desired, model)).found).toEqual([]);
    }),
    RUNS,
  ));

test('what leaves a declaration goes only where it still has the declared value', async () => {
  const model = new PoolModel({ ann: { nickname: 'a' }, ben: { nickname: 'b' } });
  const both = ['ann', 'ben'].map((username) => ({ username, attributes: { nickname: 'a' } }));
  await step(model, both, [], false);
  expect(model.snapshot()).toEqual({ ann: {}, ben: { nickname: 'b' } });
});

test('nobody is messaged twice, however often a worker repeats what it has done', async () => {
  const model = new PoolModel({ ann: {}, ben: { email: 'ben@example.com', email_verified: 'true' } });
  const desired = ['ann', 'ben'].map((username) => ({ username, attributes: { email: `${username}@example.com` } }));
  for (const live of [false, true, false]) await step(model, [], desired, live);
  expect(model.messaged).toEqual(['ann']);
});

test('whoever has left the declaration and the pool is nobody’s failure', async () => {
  const model = new PoolModel({});
  const { found } = await planned([{ username: 'ann', attributes: { nickname: 'a' } }], []);
  expect(await carryOut(found[0], model, 'FAIL')).toEqual({ status: 'Unchanged' });
  const { found: declared } = await planned([], [{ username: 'ann', attributes: { nickname: 'a' } }]);
  expect(await carryOut(declared[0], model, 'FAIL')).toMatchObject({ status: 'Failed' });
  expect(await carryOut(declared[0], model, 'SKIP')).toMatchObject({ status: 'Skipped' });
});

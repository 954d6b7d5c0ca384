import fc from 'fast-check';
import type { DeclaredUser, PasswordSource } from '../../../lib/private/contracts/seed-user';
import { encodeRow, usernameOf } from '../../../lib/private/contracts/seed-row';
import { liveLines } from '../../../lambda/seeder/listing';
import { encodeFormerRow } from '../../../lambda/seeder/former';
import type { Formers } from '../../../lambda/seeder/journal';
import { performer } from '../../../lambda/seeder/perform';
import { hasWork, type Intent, plan } from '../../../lambda/seeder/plan';
import { type Planned, planRows, type RowPlan } from '../../../lambda/seeder/plan-rows';
import { rowsInMemory } from '../../../lambda/seeder/rows/rows';
import { PLAIN, type Rules } from '../../../lambda/seeder/rules';
import { carryOut } from '../../../lambda/seeder/run/carry-out';
import { PoolModel } from '../../support/pool-model';
import { CREATION, NO_PASSWORDS, secret } from './support/steps';

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
      rules: PLAIN,
      removal: false,
      onPlanned: (user) => void found.push(user),
      onMissing: (user) => void found.push(user),
    },
  );
  return { found, result };
};
const worker = (cognito: PoolModel, onMissingUser: 'FAIL' | 'SKIP' = 'FAIL') => ({
  cognito,
  perform: performer({ cognito, passwords: NO_PASSWORDS }),
  onMissingUser,
});
const step = async (model: PoolModel, previous: DeclaredUser[], desired: DeclaredUser[], live: boolean) => {
  const { found } = await planned(previous, desired, live ? model : undefined);
  for (const user of found) {
    const outcome = await carryOut(user, worker(model));
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

const account = fc.record(
  {
    groups: fc.subarray(['a', 'b', 'c']),
    enabled: fc.boolean(),
    password: fc.constantFrom<PasswordSource>(secret('s'), secret('t'), secret('s', true), { kind: 'random' }),
    clientMetadata: fc.dictionary(fc.constantFrom('x', 'y'), values, { noNullPrototype: true }),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const wholeDeclaration = declaration.chain((users) =>
  fc
    .array(account, { minLength: users.length, maxLength: users.length })
    .map((accounts) => users.map((user, index): DeclaredUser => ({ ...user, ...accounts[index] }))),
);
const formers: fc.Arbitrary<Formers> = fc.dictionary(
  fc.constantFrom(...NAMES),
  fc.record(
    {
      attributes: fc.dictionary(fc.constantFrom('nickname', 'locale'), fc.option(values), { noNullPrototype: true }),
      groups: fc.dictionary(fc.constantFrom('a', 'b'), fc.boolean(), { noNullPrototype: true }),
      enabled: fc.boolean(),
    },
    { requiredKeys: ['attributes'], noNullPrototype: true },
  ),
  { noNullPrototype: true },
);
const someRules: fc.Arbitrary<Rules> = fc.record(
  {
    prune: fc.boolean(),
    kept: fc.constantFrom<Rules['kept']>([], ['locale'], 'ALL'),
    keptBefore: fc.constantFrom<Rules['kept']>([], ['locale'], 'ALL'),
    restores: fc.boolean(),
    creation: fc.constantFrom(CREATION, {
      ...CREATION,
      owner: 'o',
      password: { kind: 'random' as const },
      clientMetadata: { x: 'creation' },
    }),
    owner: fc.constant('o'),
  },
  { requiredKeys: ['prune', 'kept', 'keptBefore', 'restores'], noNullPrototype: true },
);

test('rows are planned as declarations in memory are, by any rules', () =>
  fc.assert(
    fc.asyncProperty(
      wholeDeclaration,
      wholeDeclaration,
      formers,
      someRules,
      async (previous, desired, before, rules) => {
        const clientMetadata = { x: 'seeder' };
        const found: Planned[] = [];
        const remembered: string[] = [];
        const former = rows(Object.entries(before).map(([name, one]) => encodeFormerRow(name, one)));
        const result = await planRows(
          { previous: rowsOf(previous), desired: rowsOf(desired), former },
          {
            rules,
            clientMetadata,
            removal: false,
            onPlanned: (user) => void found.push(user),
            onMissing: (user) => void found.push(user),
            onMemory: ({ username }) => void remembered.push(username),
          },
        );
        const all = plan({ users: previous }, { users: desired, clientMetadata }, rules, (name) => before[name]);
        const byName = (one: { username: string }, other: { username: string }) =>
          one.username < other.username ? -1 : 1;
        // The attributes and groups of rows are sorted, and what is left out of them is left out.
        const inOrder = (intent: Intent) =>
          JSON.parse(
            JSON.stringify({ ...intent, memory: undefined }, (_, part) =>
              Array.isArray(part)
                ? [...part].sort()
                : part && typeof part === 'object'
                  ? Object.fromEntries(Object.entries(part).sort())
                  : part,
            ),
          );
        expect(found.map(({ intent }) => inOrder(intent)).sort(byName)).toEqual(
          all.filter(hasWork).map(inOrder).sort(byName),
        );
        for (const { intent } of found) {
          expect(intent.memory?.former).toEqual(
            rules.restores ? (before[intent.username] ?? { attributes: {} }) : undefined,
          );
          if (before[intent.username]) expect(remembered).toContain(intent.username);
        }
        expect([result.users, result.planned]).toEqual([desired.length, found.length]);
        const declared = found.filter(({ intent }) => intent.declared).length;
        expect(result.unchanged).toBe(desired.length - declared);
      },
    ),
    RUNS,
  ));

test('a user whose password comes out of a secret is planned each time: it may have been rotated', async () => {
  const users = (password: PasswordSource) => [{ username: 'ann', attributes: {}, password }];
  expect((await planned(users(secret('s')), users(secret('s')))).found).toMatchObject([
    { intent: { account: { password: secret('s'), passwordAgain: true } } },
  ]);
  for (const password of [secret('s', true), { kind: 'random' } as const]) {
    expect(await planned(users(password), users(password))).toMatchObject({ found: [], result: { unchanged: 1 } });
  }
});

test('whether a user is the owner’s, the list of the pool does not tell: they are planned, whatever they have', async () => {
  const model = new PoolModel({ ann: {} });
  const found: Planned[] = [];
  const counts = await planRows(
    {
      previous: rowsOf([{ username: 'ann', attributes: { nickname: 'a' } }]),
      desired: rowsOf([]),
      live: liveRows(model),
    },
    {
      rules: { ...PLAIN, owner: 'o' },
      removal: false,
      onPlanned: (user) => void found.push(user),
      onMissing: (user) => void found.push(user),
    },
  );
  expect(found).toMatchObject([{ intent: { username: 'ann', owner: 'o' }, live: { username: 'ann' } }]);
  expect(counts).toMatchObject({ planned: 1, missing: 0 });
});

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
  expect(await carryOut(found[0], worker(model))).toEqual({ status: 'Unchanged' });
  const { found: declared } = await planned([], [{ username: 'ann', attributes: { nickname: 'a' } }]);
  expect(await carryOut(declared[0], worker(model))).toMatchObject({ status: 'Failed' });
  expect(await carryOut(declared[0], worker(model, 'SKIP'))).toMatchObject({ status: 'Skipped' });
});

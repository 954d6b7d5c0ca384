import fc from 'fast-check';
import type { DeclaredUser } from '../../../lib/private/contracts/seed-user';
import type { Cognito } from '../../../lambda/seeder/cognito';
import { type Declaration, NOTHING } from '../../../lambda/seeder/plan';
import { PLAIN } from '../../../lambda/seeder/rules';
import { stepBetween } from '../../../lambda/seeder/step';
import { transition } from '../../../lambda/seeder/transition';
import { PoolModel, sdkError, withFaults } from '../../support/pool-model';
import { NO_PASSWORDS } from './support/steps';

type Users = Record<string, Record<string, string>>;

const NAMES = ['ann', 'ben', 'cleo', 'dan'];
const value = fc.constantFrom('one', 'two', 'three');
const maybeBlank = fc.oneof({ weight: 3, arbitrary: value }, { weight: 1, arbitrary: fc.constant('') });

/** What declarations are about. */
const declared = fc
  .record(
    {
      given_name: maybeBlank,
      'custom:a': maybeBlank,
      'custom:b': maybeBlank,
      email: maybeBlank,
      verified: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  .map(({ verified, ...rest }): Record<string, string> =>
    rest.email && verified ? { ...rest, email_verified: 'true' } : { ...rest },
  );

const declaration: fc.Arbitrary<Declaration> = fc
  .uniqueArray(fc.constantFrom(...NAMES), { minLength: 1 })
  .chain((usernames) =>
    fc.tuple(...usernames.map((username) => declared.map((attributes): DeclaredUser => ({ username, attributes })))),
  )
  .map((users) => ({ users }));

/** What no declaration here names. */
const undeclared = fc
  .record({ sub: fc.uuid(), family_name: value, 'custom:theirs': value }, { requiredKeys: ['sub'] })
  .map((user): Record<string, string> => ({ ...user }));

/** A user who may have values already in what will be declared. */
const anybody = fc.tuple(undeclared, declared).map(([own, other]) => {
  const user = { ...own, ...Object.fromEntries(Object.entries(other).filter(([, text]) => text !== '')) };
  return user.email ? { email_verified: 'false', ...user } : user;
});

const pool = (user: fc.Arbitrary<Record<string, string>>): fc.Arbitrary<Users> =>
  fc.record(Object.fromEntries(NAMES.map((name) => [name, user])), { noNullPrototype: true });

const run = (model: PoolModel, previous: Declaration, desired: Declaration, cognito: Cognito = model) =>
  transition(stepBetween(previous, desired, { rules: PLAIN, onMissingUser: 'FAIL', removal: false }), {
    cognito,
    cognitoForRestoring: model,
    passwords: NO_PASSWORDS,
    workers: 3,
    budget: { tooManyToChange: () => undefined, tooManyToRestore: () => undefined },
  });

const RUNS = { numRuns: 500 };

test('after a plan is applied, every user is as declared', () =>
  fc.assert(
    fc.asyncProperty(pool(anybody), declaration, async (users, desired) => {
      const model = new PoolModel(users);
      await run(model, NOTHING, desired);
      expectAsDeclared(model, desired);
    }),
    RUNS,
  ));

test('whatever was declared before, every user is as declared now', () =>
  fc.assert(
    fc.asyncProperty(pool(anybody), declaration, declaration, async (users, first, second) => {
      const model = new PoolModel(users);
      await run(model, NOTHING, first);
      await run(model, first, second);
      expectAsDeclared(model, second);
    }),
    RUNS,
  ));

test('twice is once: the second time writes nothing and messages nobody', () =>
  fc.assert(
    fc.asyncProperty(pool(anybody), declaration, async (users, desired) => {
      const model = new PoolModel(users);
      await run(model, NOTHING, desired);
      const once = model.snapshot();
      const { writes, messaged } = structuredClone(model);
      await run(model, NOTHING, desired);
      expect(model.snapshot()).toEqual(once);
      expect([model.writes, model.messaged]).toEqual([writes, messaged]);
    }),
    RUNS,
  ));

test('an unchanged declaration calls nobody', () =>
  fc.assert(
    fc.asyncProperty(pool(anybody), declaration, async (users, desired) => {
      const model = new PoolModel(users);
      const outcome = await run(model, desired, desired);
      expect([model.reads, model.writes]).toEqual([[], []]);
      expect(outcome).toMatchObject({ changed: [], unchanged: desired.users.length });
    }),
    RUNS,
  ));

test('a changed user costs one update and one deletion at most', () =>
  fc.assert(
    fc.asyncProperty(pool(anybody), declaration, declaration, async (users, first, second) => {
      const model = new PoolModel(users);
      await run(model, NOTHING, first);
      model.writes.length = 0;
      await run(model, first, second);
      expect(model.writes).toHaveLength(new Set(model.writes).size);
    }),
    RUNS,
  ));

test('forward and back restores what the first declaration had made', () =>
  fc.assert(
    fc.asyncProperty(pool(undeclared), declaration, declaration, async (users, first, second) => {
      const model = new PoolModel(users);
      await run(model, NOTHING, first);
      const before = model.snapshot();
      await run(model, first, second);
      await run(model, second, first);
      // An address that was verified in between stays so: see the example in plan.test.ts.
      expect(withoutFlags(model.snapshot())).toEqual(withoutFlags(before));
    }),
    RUNS,
  ));

test('attributes that no declaration names are never touched', () =>
  fc.assert(
    fc.asyncProperty(pool(anybody), declaration, declaration, async (users, first, second) => {
      const model = new PoolModel(users);
      await run(model, NOTHING, first);
      await run(model, first, second);
      await run(model, second, NOTHING);
      const named = new Set(
        [...first.users, ...second.users].flatMap(({ username, attributes }) =>
          Object.keys(attributes).map((name) => `${username} ${name}`),
        ),
      );
      const others = (state: Users) =>
        Object.entries(withoutFlags(state)).map(([username, attributes]) =>
          Object.entries(attributes).filter(([name]) => !named.has(`${username} ${name}`)),
        );
      expect(others(model.snapshot())).toEqual(others(users));
    }),
    RUNS,
  ));

const failure = fc.record({
  failing: fc.subarray(NAMES, { minLength: 1 }),
  failingWrite: fc.constantFrom('set', 'delete'),
  afterwards: fc.boolean(),
});

const runWithFailures = async (model: PoolModel, first: Declaration, second: Declaration, faults: Faults) => {
  const failed: string[] = [];
  const fault = (username: string, write: string) => {
    if (!faults.failing.includes(username) || write !== faults.failingWrite) return undefined;
    failed.push(username);
    return sdkError('InvalidParameterException');
  };
  const outcome = await run(model, first, second, withFaults(model, fault, faults.afterwards));
  fc.pre(failed.length > 0);
  expect(outcome.failed.map(({ username }) => username).sort()).toEqual(failed.sort());
};
type Faults = typeof failure extends fc.Arbitrary<infer T> ? T : never;

test('when any user fails, all users are as they were before', () =>
  fc.assert(
    fc.asyncProperty(pool(anybody), declaration, declaration, failure, async (users, first, second, faults) => {
      const model = new PoolModel(users);
      await run(model, NOTHING, first);
      const before = comparable(model.snapshot());
      await runWithFailures(model, first, second, faults);
      expect(comparable(model.snapshot())).toEqual(before);
    }),
    RUNS,
  ));

test("after a failure, CloudFormation's way back to the old declaration changes nothing more", () =>
  fc.assert(
    // Nobody has by chance what is declared for the first time: docs/semantics.md tells what then happens.
    fc.asyncProperty(pool(undeclared), declaration, declaration, failure, async (users, first, second, faults) => {
      const model = new PoolModel(users);
      await run(model, NOTHING, first);
      const before = comparable(model.snapshot());
      await runWithFailures(model, first, second, faults);
      await run(model, second, first);
      expect(comparable(model.snapshot())).toEqual(before);
    }),
    RUNS,
  ));

const expectAsDeclared = (model: PoolModel, { users }: Declaration) => {
  const live = model.snapshot();
  const expected = users.flatMap(({ username, attributes }) =>
    Object.entries(attributes).map(([name, wanted]) => [username, name, wanted]),
  );
  expect(expected.map(([username, name]) => [username, name, live[username][name] ?? ''])).toEqual(expected);
};

const withoutFlags = (state: Users): Users =>
  Object.fromEntries(Object.entries(state).map(([name, { email_verified: _, ...attributes }]) => [name, attributes]));

/** A flag without its address says nothing, and an absent flag says unverified. */
const comparable = (state: Users): Users =>
  Object.fromEntries(
    Object.entries(state).map(([name, { email_verified: flag, ...attributes }]) => [
      name,
      attributes.email ? { ...attributes, email_verified: flag ?? 'false' } : attributes,
    ]),
  );

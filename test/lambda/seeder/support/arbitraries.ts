import fc from 'fast-check';
import type { DeclaredUser } from '../../../../lib/private/contracts/seed-user';
import { type ModelUser, PoolModel } from '../../../support/pool-model';

export const RUNS = { numRuns: 500 };

/** The first four are in the pool to begin with. */
export const NAMES = ['ann', 'ben', 'cleo', 'dan'];
export const NEWCOMERS = ['xena', 'yves'];
export const GROUPS = ['admins', 'beta', 'staff'];

type Attributes = Record<string, string>;

const value = fc.constantFrom('one', 'two', 'three');
const address = value.map((name) => `${name}@example.com`);
const orBlank = (some: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 4, arbitrary: some }, { weight: 1, arbitrary: fc.constant('') });

const declaredAttributes: fc.Arbitrary<Attributes> = fc
  .record(
    { given_name: orBlank(value), 'custom:a': orBlank(value), email: orBlank(address), verified: fc.boolean() },
    { requiredKeys: [], noNullPrototype: true },
  )
  .map(({ verified, ...rest }) => (rest.email && verified ? { ...rest, email_verified: 'true' } : rest));

const account = fc.record(
  { groups: fc.subarray(GROUPS), enabled: fc.boolean() },
  { requiredKeys: [], noNullPrototype: true },
);

/** Some of these users, with attributes, groups and whether they may sign in. */
export const declarationOf = (names: readonly string[]): fc.Arbitrary<DeclaredUser[]> =>
  fc
    .uniqueArray(fc.constantFrom(...names), { minLength: 1 })
    .chain((usernames) =>
      fc.tuple(
        ...usernames.map((username) =>
          fc
            .tuple(declaredAttributes, account)
            .map(([attributes, rest]): DeclaredUser => ({ username, attributes, ...rest })),
        ),
      ),
    );

/** A user with any values, and a flag beside every address. */
const anybody: fc.Arbitrary<Pick<ModelUser, 'attributes' | 'enabled' | 'groups'>> = fc.record({
  attributes: fc
    .record(
      { given_name: value, 'custom:a': value, 'custom:theirs': value, email: address, verified: fc.boolean() },
      { requiredKeys: ['verified'], noNullPrototype: true },
    )
    .map(({ verified, ...rest }) => (rest.email ? { ...rest, email_verified: String(verified) } : rest)),
  enabled: fc.boolean(),
  groups: fc.subarray(GROUPS),
});

export type People = Readonly<Record<string, Pick<ModelUser, 'attributes' | 'enabled' | 'groups'>>>;

export const people: fc.Arbitrary<People> = fc.record(Object.fromEntries(NAMES.map((name) => [name, anybody])), {
  noNullPrototype: true,
});

export const poolOf = (users: People): PoolModel =>
  new PoolModel(Object.fromEntries(Object.entries(users).map(([name, { attributes }]) => [name, attributes])), {
    groups: GROUPS,
    accounts: users,
  });

/** What somebody else does to a user. */
export type Drift =
  | { readonly username: string; readonly kind: 'attribute'; readonly name: string; readonly value: string }
  | { readonly username: string; readonly kind: 'address'; readonly verified: boolean; readonly value: string }
  | { readonly username: string; readonly kind: 'group'; readonly group: string; readonly member: boolean }
  | { readonly username: string; readonly kind: 'enabled'; readonly enabled: boolean };

const username = fc.constantFrom(...NAMES);
export const plainDrift: fc.Arbitrary<Drift> = fc.oneof(
  fc.record({
    username,
    kind: fc.constant('attribute' as const),
    name: fc.constantFrom('given_name', 'custom:a'),
    value: orBlank(value),
  }),
  fc.record({ username, kind: fc.constant('group' as const), group: fc.constantFrom(...GROUPS), member: fc.boolean() }),
  fc.record({ username, kind: fc.constant('enabled' as const), enabled: fc.boolean() }),
);
export const drift: fc.Arbitrary<Drift> = fc.oneof(
  { weight: 3, arbitrary: plainDrift },
  {
    weight: 1,
    arbitrary: fc.record({
      username,
      kind: fc.constant('address' as const),
      verified: fc.boolean(),
      value: address,
    }),
  },
);

/** Whoever has gone drifts no more. */
export const drifted = async (model: PoolModel, drifts: readonly Drift[]): Promise<void> => {
  for (const one of drifts) {
    if (!model.people()[one.username]) continue;
    switch (one.kind) {
      case 'attribute':
        await (one.value === ''
          ? model.delete(one.username, [one.name])
          : model.set(one.username, { [one.name]: one.value }));
        break;
      case 'address':
        await model.set(one.username, { email: one.value, email_verified: String(one.verified) });
        break;
      case 'group':
        await (one.member ? model.join(one.username, one.group) : model.leave(one.username, one.group));
        break;
      case 'enabled':
        await model.setEnabled(one.username, one.enabled);
    }
  }
};

/** The pool as far as it can be put back: a flag without its address says nothing, and an absent flag says unverified. */
export const comparable = (model: PoolModel) =>
  Object.fromEntries(
    Object.entries(model.people()).map(([name, { attributes, enabled, groups }]) => {
      const { email_verified: flag, ...rest } = attributes;
      const others = groups.filter((group) => GROUPS.includes(group));
      return [
        name,
        { attributes: rest.email ? { ...rest, email_verified: flag ?? 'false' } : rest, enabled, groups: others },
      ];
    }),
  );

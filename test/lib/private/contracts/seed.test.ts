import fc from 'fast-check';
import type { Creation } from '../../../../lib/private/contracts/seed-creation';
import type { PasswordSource } from '../../../../lib/private/contracts/seed-user';
import { DEFAULTS, decode, encode, type Seed } from '../../../../lib/private/contracts/seed';

const texts = fc.dictionary(fc.string({ minLength: 1 }), fc.string());
const passwords: fc.Arbitrary<PasswordSource> = fc.oneof(
  fc.constant({ kind: 'random' as const }),
  fc.record(
    { kind: fc.constant('secret' as const), secret: fc.string(), field: fc.string(), temporary: fc.boolean() },
    { requiredKeys: ['kind', 'secret', 'temporary'] },
  ),
);
const creations: fc.Arbitrary<Creation> = fc.record(
  {
    invitation: fc.subarray(['EMAIL' as const, 'SMS' as const]),
    clientMetadata: texts,
    validationData: texts,
    forceAliasCreation: fc.boolean(),
    password: passwords,
    owner: fc.string(),
  },
  { requiredKeys: ['invitation', 'forceAliasCreation'] },
);
const anySeeds: fc.Arbitrary<Seed> = fc.record(
  {
    userPoolId: fc.string(),
    source: fc.oneof(
      fc.record({
        kind: fc.constant('inline' as const),
        users: fc.uniqueArray(
          fc.record(
            {
              username: fc.string({ minLength: 1 }),
              attributes: texts,
              clientMetadata: texts,
              groups: fc.array(fc.string()),
              enabled: fc.boolean(),
              password: passwords,
            },
            { requiredKeys: ['username', 'attributes'] },
          ),
          { selector: ({ username }) => username },
        ),
      }),
      fc.record({
        kind: fc.constant('file' as const),
        file: fc.record({ bucket: fc.string(), key: fc.string(), name: fc.string(), users: fc.nat() }),
      }),
      fc.record({
        kind: fc.constant('object' as const),
        object: fc.record(
          {
            bucket: fc.string(),
            key: fc.string(),
            version: fc.string(),
            checksum: fc.string(),
            format: fc.constantFrom('csv' as const, 'jsonl' as const),
            blankCells: fc.constantFrom('LEAVE_ALONE' as const, 'DELETE' as const),
            verification: fc.constantFrom('MARK_VERIFIED' as const, 'SEND_MESSAGE' as const),
          },
          { requiredKeys: ['bucket', 'key', 'format', 'blankCells'] },
        ),
      }),
      fc.record({
        kind: fc.constant('existing' as const),
        existing: fc.record({
          selector: fc.oneof(
            fc.constant({ kind: 'all' as const }),
            fc.record({ kind: fc.constant('filter' as const), filter: fc.string() }),
            fc.record({ kind: fc.constant('group' as const), group: fc.string() }),
          ),
          attributes: texts,
        }),
      }),
    ),
    clientMetadata: texts,
    onMissingUser: fc.constantFrom('FAIL', 'SKIP', 'CREATE'),
    creation: creations,
    kept: fc.oneof(fc.constant('ALL' as const), fc.array(fc.string())),
    formerValues: fc.constantFrom('FORGET', 'RESTORE'),
    bucket: fc.string(),
    wanted: texts,
    prune: fc.boolean(),
    onRemoval: fc.constantFrom('RETAIN', 'DESTROY'),
    requestsPerSecond: fc.double({ min: 0.01, max: 1000, noNaN: true }),
    compareWith: fc.constantFrom('PREVIOUS_DECLARATION', 'LIVE_POOL'),
  },
  {
    requiredKeys: [
      'userPoolId',
      'source',
      'onMissingUser',
      'kept',
      'prune',
      'onRemoval',
      'formerValues',
      'requestsPerSecond',
      'compareWith',
      'wanted',
    ],
  },
);

/** Users are created where missing ones are, and nowhere else. */
const seeds = fc
  .tuple(anySeeds, creations)
  .map(([{ creation: _, ...seed }, creation]): Seed =>
    seed.onMissingUser === 'CREATE' ? { ...seed, creation } : seed,
  );

const byName = ({ source, ...rest }: Seed) => ({
  ...rest,
  source:
    source.kind === 'inline'
      ? Object.fromEntries(source.users.map(({ username, ...user }) => [username, user]))
      : source,
});

test('what is encoded, carried as JSON and decoded is what it was', () =>
  fc.assert(
    fc.property(seeds, (seed) => {
      const wire = JSON.parse(JSON.stringify(encode(seed, () => false)));
      expect(byName(decode(wire))).toEqual(byName(seed));
    }),
  ));

test('everything on the wire is a text, as CloudFormation would make it', () => {
  const seed: Seed = {
    userPoolId: 'pool',
    source: { kind: 'inline', users: [{ username: 'ann', attributes: { nickname: 'An' } }] },
    ...DEFAULTS,
  };
  expect(encode(seed, () => false)).toEqual({
    UserPoolId: 'pool',
    Users: { ann: { Attributes: { nickname: 'An' } } },
    MissingUsers: 'FAIL',
    Prune: 'true',
    Removal: 'RETAIN',
    RequestsPerSecond: '10',
  });
});

const wire = {
  UserPoolId: 'pool',
  Users: { ann: { Attributes: { nickname: 'SECRET' } } },
  MissingUsers: 'FAIL',
  Prune: 'true',
  Removal: 'RETAIN',
  RequestsPerSecond: '10',
};

test.each<[string, unknown, RegExp]>([
  ['no properties', undefined, /properties must be a map/],
  ['a list of users', { ...wire, Users: ['SECRET'] }, /Users must be a map/],
  ['a user who is a text', { ...wire, Users: { ann: 'SECRET' } }, /Users\.\* must be a map/],
  [
    'a value that is no text',
    { ...wire, Users: { ann: { Attributes: { a: ['SECRET'] } } } },
    /Attributes\['a'\] must be a text/,
  ],
  ['metadata that is no map', { ...wire, ClientMetadata: 'SECRET' }, /ClientMetadata must be a map/],
  ['no pool', { ...wire, UserPoolId: undefined }, /UserPoolId must be a text/],
  ['an unknown mode', { ...wire, MissingUsers: 'SECRET' }, /MissingUsers must be one of FAIL, SKIP, CREATE/],
  ['an unknown removal', { ...wire, Removal: 'SECRET' }, /Removal must be one of RETAIN, DESTROY/],
  ['a flag that is none', { ...wire, Prune: 'SECRET' }, /Prune must be one of true, false/],
  ['no pace', { ...wire, RequestsPerSecond: '0' }, /RequestsPerSecond must be a number above 0/],
])('%s is refused by the name of the field, without the value', (_, properties, message) => {
  expect(() => decode(properties)).toThrow(message);
  expect(() => decode(properties)).not.toThrow(/SECRET/);
});

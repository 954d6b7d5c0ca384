import { compare } from '../../../lambda/seeder/comparison';
import { rowsInMemory } from '../../../lambda/seeder/rows/rows';
import { DEFAULTS, type Seed } from '../../../lib/private/contracts/seed';

test('a pool that does not tell Ann from ann: who is declared twice is told, and neither row is dropped', async () => {
  const users = ['Ann', 'ann'].map((username) => ({ username, attributes: { locale: username } }));
  const desired: Seed = {
    userPoolId: 'pool',
    source: { kind: 'inline', users },
    ...DEFAULTS,
    compareWith: 'LIVE_POOL',
  };
  const noStore = { write: () => Promise.reject(new Error()), read: () => Promise.reject(new Error()) };
  const listing = {
    listing: { selector: { kind: 'all' as const }, withAliases: true },
    names: { aliases: [], caseSensitive: false },
    open: async () => rowsInMemory([]),
  };
  const surroundings = { objects: { read: async () => undefined }, store: noStore, listings: [listing] };
  expect(await compare(undefined, desired, true, surroundings)).toMatchObject({
    refusal: 'the declaration has 1 mistake.',
    problems: [{ rule: 'the user is declared more than once' }],
  });
});

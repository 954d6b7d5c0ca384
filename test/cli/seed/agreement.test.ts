/** What is planned, and what the function then does. */
import { type App, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  CompareWith,
  ExistingValues,
  MissingUsers,
  SeedSource,
  type SeedUser,
  UserAttributesSeeder,
  type UserAttributesSeederProps,
  UserPassword,
} from '../../../lib';
import { type LocalSeeder, startLocalSeeder } from '../../support/seeder';
import { removeFolders, synthesize } from '../support/fixture';
import { planner } from './support/command';
import { seederProperties } from './support/shop';

let local: LocalSeeder;
let pool: string;
let secret: string;

beforeAll(async () => {
  local = await startLocalSeeder();
});
afterAll(async () => {
  await local?.stop();
  removeFolders();
});
beforeEach(async () => {
  pool = await local.cognito.createPool();
  await local.cognito.seedUsers(pool, [
    { username: 'alice', attributes: { locale: 'en', nickname: 'Al' } },
    { username: 'bob', attributes: { locale: 'de' } },
    { username: 'cleo', enabled: false },
  ]);
  await local.cognito.createGroup(pool, 'staff', ['bob']);
  await local.cognito.createGroup(pool, 'beta', ['alice']);
  secret = local.secrets.put('people', 'Correct-Horse-1');
});

type Props = Partial<Omit<UserAttributesSeederProps, 'userPool' | 'source'>>;

const assemblyOf = (users: (password: UserPassword) => SeedUser[], props: Props): string =>
  synthesize((app: App) => {
    const stack = new Stack(app, 'Shop');
    const userPool = UserPool.fromUserPoolId(stack, 'Pool', pool);
    const password = UserPassword.fromSecret(Secret.fromSecretCompleteArn(stack, 'Secret', secret));
    const missingUsers = MissingUsers.create({ deleteWhenUndeclared: true });
    new UserAttributesSeeder(stack, 'People', {
      userPool,
      source: SeedSource.inline(users(password)),
      missingUsers,
      requestsPerSecond: 500,
      ...props,
    });
  });

const planned = async (...args: string[]) => {
  const { stdout } = await planner(local.cognito, () => pool)([...args, '--json']);
  const [{ summary, wouldFail }] = JSON.parse(stdout).seeders;
  return { ...summary, wouldFail };
};

const FIRST = (password: UserPassword): SeedUser[] => [
  { username: 'alice', attributes: { locale: 'de', nickname: 'New' }, groups: ['staff'], enabled: false, password },
  { username: 'bob', attributes: { locale: 'de' }, groups: ['staff'] },
  { username: 'dora', attributes: { locale: 'de' }, groups: ['staff', 'beta'], enabled: false, password },
  { username: 'emil', attributes: { locale: 'de' }, password: UserPassword.random() },
];
const SECOND = (password: UserPassword): SeedUser[] => [
  { username: 'alice', attributes: { nickname: 'New' }, groups: ['beta'], password },
  { username: 'cleo', enabled: true },
  { username: 'emil', attributes: { locale: 'fr' }, groups: ['staff'] },
  { username: 'fay', attributes: { locale: 'fr' } },
];

test.each<[string, Props]>([
  ['with the defaults', {}],
  ['with the live pool', { compareWith: CompareWith.LIVE_POOL }],
  ['where values are kept', { existingValues: ExistingValues.KEEP }],
  ['without prune', { prune: false }],
])('are the same: %s', async (_, props) => {
  const [first, second] = [assemblyOf(FIRST, props), assemblyOf(SECOND, props)];
  const resource = local.resource();
  const namesOfAll = async () => new Set((await local.cognito.users(pool)).map(({ username }) => username));

  const creation = await planned('--assembly', first);
  const created = await resource.create(seederProperties(first));
  expect(created).toMatchObject({ failed: undefined, data: figures(creation) });
  expect(creation).toMatchObject({ wouldFail: false, created: 2 });
  expect(await planned('--assembly', first, '--previous', first)).toMatchObject({ changed: 0, unchanged: 4 });

  const before = await namesOfAll();
  const change = await planned('--assembly', second, '--previous', first);
  const updated = await resource.update(seederProperties(second));
  expect(updated.failed).toBeUndefined();
  const after = await namesOfAll();
  expect(change.created).toBe([...after].filter((name) => !before.has(name)).length);
  expect(change.deleted).toBe([...before].filter((name) => !after.has(name)).length);
  // A password that is set again counts for the function.
  expect(Number(updated.data.ChangedUsers) - change.changed).toBeGreaterThanOrEqual(0);
  expect(Number(updated.data.ChangedUsers) - change.changed).toBeLessThanOrEqual(change.passwordsAgain);
  expect(await planned('--assembly', second, '--previous', second)).toMatchObject({ changed: 0, unchanged: 4 });
});

const figures = ({ changed, created, unchanged }: Record<string, number>) => ({
  ChangedUsers: String(changed),
  CreatedUsers: String(created),
  UnchangedUsers: String(unchanged),
});

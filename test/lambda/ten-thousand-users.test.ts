import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CompareWith, SeedEngine, SeedSource, UserSelector } from '../../lib';
import { CustomResource } from '../support/custom-resource';
import { type LocalCognito, startLocalCognito } from '../support/local-cognito';
import { type LocalSeedRuns, startLocalSeedRuns } from '../support/seed-runs';
import { deployedProperties } from '../support/seeder-assembly';

const USERS = 10_000;
/** As fast as the emulator answers. */
const REQUESTS_PER_SECOND = 2_000;

let cognito: LocalCognito;
let runs: LocalSeedRuns;
let folder: string;
let pool: string;
let life: CustomResource;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'files-'));
  cognito = await startLocalCognito();
  runs = await startLocalSeedRuns(cognito.endpoint);
  pool = await cognito.createPool({ customAttributes: { plan: {}, tier: {} } });
  const former = (index: number) => ({ nickname: `n${index}` });
  await cognito.seedUsers(
    pool,
    Array.from({ length: USERS }, (_, index) => ({ username: name(index), attributes: former(index) })),
  );
  await cognito.createGroup(
    pool,
    'beta',
    Array.from({ length: 3_000 }, (_, index) => name(index * 3)),
  );
  life = new CustomResource(runs.provider);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await runs?.stop();
  await cognito?.stop();
});

const name = (index: number) => `user${index}`;

/** A file of users, from a first one on. */
const csv = (from: number, to: number, planOf: (index: number) => string): SeedSource => {
  const file = path.join(folder, 'users.csv');
  const rows = Array.from({ length: to - from }, (_, offset) => from + offset).map(
    (index) => `${name(index)},"Name, ${index}",${planOf(index)}`,
  );
  writeFileSync(file, ['username,given_name,custom:plan', ...rows].join('\r\n'));
  return SeedSource.csv(file);
};
const declared = (source: SeedSource, compareWith?: CompareWith) =>
  deployedProperties(
    pool,
    { source, compareWith, engine: SeedEngine.stepFunctions(), requestsPerSecond: REQUESTS_PER_SECOND },
    runs.s3,
  );

/** Reads the pool back, and compares every user. */
const expectUsers = async (attributesOf: (index: number) => Record<string, string>) => {
  const users = await cognito.users(pool);
  expect(users).toHaveLength(USERS);
  const wrong = users.filter(({ username, attributes }) => {
    const expected = { nickname: username.replace('user', 'n'), ...attributesOf(Number(username.slice(4))) };
    return JSON.stringify(sorted(attributes)) !== JSON.stringify(sorted(expected));
  });
  expect(wrong.slice(0, 3)).toEqual([]);
};
const sorted = (attributes: Record<string, string>) => Object.entries(attributes).sort();
const calls = () => {
  const counts: Record<string, number> = {};
  for (const { operation } of cognito.calls) counts[operation] = (counts[operation] ?? 0) + 1;
  cognito.clearCalls();
  return counts;
};
const trial = () => 'trial';
const pro = (index: number) => (index % 100 === 0 ? 'pro' : 'trial');

test('ten thousand users, through files, a rule, the live pool and pruning', async () => {
  // A file: one call a user.
  cognito.clearCalls();
  const created = await life.create(declared(csv(0, USERS, trial)));
  expect(created).toMatchObject({ failed: undefined, data: { ChangedUsers: '10000', FailedUsers: '0' } });
  await expectUsers((index) => ({ given_name: `Name, ${index}`, 'custom:plan': 'trial' }));
  expect(calls()).toEqual({ AdminUpdateUserAttributes: USERS });

  // The next file: one call for each of the hundred who differ.
  const updated = await life.update(declared(csv(0, USERS, pro)));
  expect(updated).toMatchObject({ failed: undefined, data: { ChangedUsers: '100', UnchangedUsers: '9900' } });
  await expectUsers((index) => ({ given_name: `Name, ${index}`, 'custom:plan': pro(index) }));
  expect(calls()).toEqual({ AdminUpdateUserAttributes: 100 });

  // A rule over a group, by another seeder: the group is read in pages.
  const rule = SeedSource.existingUsers(UserSelector.inGroup('beta'), { custom: { tier: 'early' } });
  const ruled = await new CustomResource(runs.provider, 'Rule').create(declared(rule));
  expect(ruled).toMatchObject({ failed: undefined, data: { ChangedUsers: '3000' } });
  const tier = (index: number): Record<string, string> =>
    index < 9_000 && index % 3 === 0 ? { 'custom:tier': 'early' } : {};
  await expectUsers((index) => ({ given_name: `Name, ${index}`, 'custom:plan': pro(index), ...tier(index) }));
  expect(calls()).toEqual({ AdminUpdateUserAttributes: 3_000, ListUsersInGroup: 50 });

  // Somebody else changes fifty users: the live pool tells.
  const drifted = Array.from({ length: 50 }, (_, index) => index * 7);
  await cognito.seedUsers(
    pool,
    drifted.map((index) => ({ username: name(index), attributes: { nickname: `n${index}`, ...tier(index) } })),
  );
  const compared = await life.update(declared(csv(0, USERS, pro), CompareWith.LIVE_POOL));
  expect(compared).toMatchObject({ failed: undefined, data: { ChangedUsers: '50', UnchangedUsers: '9950' } });
  await expectUsers((index) => ({ given_name: `Name, ${index}`, 'custom:plan': pro(index), ...tier(index) }));
  expect(calls()).toEqual({ DescribeUserPool: 1, ListUsers: Math.ceil(USERS / 60), AdminUpdateUserAttributes: 50 });

  // Five hundred leave the file, and lose what it had set.
  const pruned = await life.update(declared(csv(500, USERS, pro)));
  expect(pruned).toMatchObject({ failed: undefined, data: { ChangedUsers: '500', UnchangedUsers: '9500' } });
  await expectUsers((index) => ({
    ...(index < 500 ? {} : { given_name: `Name, ${index}`, 'custom:plan': pro(index) }),
    ...tier(index),
  }));
  expect(calls()).toEqual({ AdminGetUser: 500, AdminDeleteUserAttributes: 500 });
}, 180_000);

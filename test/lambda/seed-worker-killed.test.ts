import { CustomResource } from '../support/custom-resource';
import { type LocalCognito, startLocalCognito } from '../support/local-cognito';
import { runProperties, uploaded } from '../support/seeds';
import type { DeclaredUser } from '../../lib/private/contracts/seed-user';
import { type LocalSeedRuns, startLocalSeedRuns } from '../support/seed-runs';

const USERS = 5_000;
const KILLS = 20;
const RATE = 500;
/** What a worker begins beyond its last checkpoint at most: half a second's work. */
const CHECKPOINT = RATE / 2;

let cognito: LocalCognito;
let runs: LocalSeedRuns;
let kills = 0;

beforeAll(async () => {
  cognito = await startLocalCognito();
  runs = await startLocalSeedRuns(cognito.endpoint);
});
afterAll(async () => {
  await runs?.stop();
  await cognito?.stop();
});

test('a worker that is killed twenty times leaves every user as declared, and repeats a checkpoint each time at most', async () => {
  const pool = await cognito.createPool({ customAttributes: { plan: {} } });
  const names = Array.from({ length: USERS }, (_, index) => `user${index}`);
  await cognito.seedUsers(
    pool,
    names.map((username) => ({ username, attributes: { nickname: username } })),
  );
  const users = names.map((username) => ({ username, attributes: { 'custom:plan': `of ${username}` } }));
  const declared = uploaded(runs.s3, 'users', users);
  cognito.clearCalls();

  const repeated: number[] = [];
  const killer = setInterval(() => {
    const written = cognito.calls.length;
    // At random, and not before the worker has done something since it was killed last.
    if (kills >= KILLS || written < lastKillAt + 20 || Math.random() < 0.7) return;
    lastKillAt = written;
    kills++;
    repeated.push(written);
    runs.functions.apply.kill();
  }, 50);
  let lastKillAt = 0;
  const created = await new CustomResource(runs.provider).create(
    runProperties(pool, declared, { requestsPerSecond: RATE }),
  );
  clearInterval(killer);

  expect(created).toMatchObject({ failed: undefined, data: { ChangedUsers: String(USERS), FailedUsers: '0' } });
  expect(kills).toBe(KILLS);
  const found = await cognito.users(pool);
  expect(found.filter(({ username, attributes }) => attributes['custom:plan'] !== `of ${username}`)).toEqual([]);
  const calls = new Map<string, number[]>();
  cognito.calls.forEach(({ username = '' }, index) => calls.set(username, [...(calls.get(username) ?? []), index]));
  // After each kill, those are repeated whom the worker had begun before: no more than one checkpoint's worth.
  const repeats = repeated.map((at, kill) => {
    const until = repeated[kill + 1] ?? Infinity;
    return [...calls.values()].filter((at_) => at_.some((index) => index >= at && index < until) && at_[0] < at).length;
  });
  console.info(`repeated after each kill: ${repeats.join(', ')}`);
  expect(Math.max(...repeats)).toBeLessThanOrEqual(CHECKPOINT);
}, 120_000);

describe('a worker that is killed in the middle of creations', () => {
  const COUNT = 1_500;

  test.each(['FORGET', 'RESTORE'] as const)(
    'creates nobody twice, invites nobody twice, and leaves nobody half-made: %s',
    async (formerValues) => {
      const pool = await cognito.createPool({ autoVerified: ['email'] });
      await cognito.createGroup(pool, 'readers');
      const users = Array.from({ length: COUNT }, (_, index): DeclaredUser => {
        const username = `made${index}`;
        return {
          username,
          attributes: { email: `${username}@example.com`, email_verified: 'true' },
          groups: ['readers'],
          ...(index % 2 === 0 ? { password: { kind: 'random' } } : {}),
          ...(index % 3 === 0 ? { enabled: false } : {}),
        };
      });
      cognito.clearCalls();
      cognito.clearDeliveries();
      let killed = 0;
      let lastAt = 0;
      const killer = setInterval(() => {
        if (killed >= 12 || cognito.calls.length < lastAt + 200 || Math.random() < 0.7) return;
        lastAt = cognito.calls.length;
        killed++;
        runs.functions.apply.kill();
      }, 50);
      const properties = runProperties(
        pool,
        uploaded(runs.s3, `creations-${formerValues}`, users),
        {
          requestsPerSecond: RATE,
          onMissingUser: 'CREATE',
          creation: { invitation: ['EMAIL'], forceAliasCreation: false, owner: 'own' },
          formerValues,
        },
        { MaxConcurrency: '3' },
      );
      const created = await new CustomResource(runs.provider).create(properties);
      clearInterval(killer);
      expect(created).toMatchObject({ failed: undefined, data: { FailedUsers: '0' } });
      expect(Number(created.data.CreatedUsers)).toBe(COUNT);
      expect(killed).toBeGreaterThan(5);
      const made = cognito.calls.filter(({ operation, applied }) => operation === 'AdminCreateUser' && applied);
      expect(new Set(made.map(({ username }) => username)).size).toBe(made.length);
      const destinations = cognito.deliveries.map(({ destination }) => destination);
      expect(new Set(destinations).size).toBe(destinations.length);
      expect(destinations).toHaveLength(COUNT);
      const groups = await cognito.groups(pool);
      expect([groups.own.length, groups.readers.length]).toEqual([COUNT, COUNT]);
      for (const { username, status, enabled } of await cognito.users(pool)) {
        const index = Number(username.replace('made', ''));
        expect([username, status]).toEqual([username, index % 2 === 0 ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD']);
        expect([username, enabled]).toEqual([username, index % 3 !== 0]);
      }
      if (formerValues === 'FORGET') return;
      // Everybody whom the workers have created is known to whoever undoes the run, killed or not.
      const [, prefix] = /^s3:\/\/runs\/(.*)\/report.jsonl$/.exec(created.data.Report)!;
      const subs = runs.s3
        .keys('runs', `${prefix}/progress/`)
        .flatMap((key) => Object.values((JSON.parse(runs.s3.get('runs', key)!.toString()) as { subs: object }).subs));
      expect(subs.sort()).toEqual((await cognito.users(pool)).map(({ sub }) => sub).sort());
    },
    180_000,
  );
});

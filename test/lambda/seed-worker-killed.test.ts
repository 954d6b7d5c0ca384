import { CustomResource } from '../support/custom-resource';
import { type LocalCognito, startLocalCognito } from '../support/local-cognito';
import { runProperties, uploaded } from '../support/seeds';
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

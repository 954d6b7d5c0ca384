import { createCognito } from '../../../../lambda/seeder/cognito';
import type { Gauge } from '../../../../lambda/seeder/gauge';
import { adaptivePace, systemClock } from '../../../../lambda/seeder/pace';
import { PLAIN } from '../../../../lambda/seeder/rules';
import { planUser } from '../../../../lambda/seeder/plan';
import { type ApplySurroundings, applyChunk } from '../../../../lambda/seeder/run/apply-chunk';
import { chunkName, type Progress, progressName } from '../../../../lambda/seeder/run/progress';
import { type LoadedRequest, STATE } from '../../../../lambda/seeder/run/run-request';
import { DEFAULTS, type Seed } from '../../../../lib/private/contracts/seed';
import { memoryBucket } from '../../../support/memory-store';
import { PoolModel, sdkError } from '../../../support/pool-model';

const desired: Seed = {
  userPoolId: 'pool',
  source: { kind: 'file', file: { bucket: 'b', key: 'k', name: 'users.csv', users: 0 } },
  ...DEFAULTS,
  requestsPerSecond: 100,
};
const request = {
  requestType: 'Create',
  toleratedFailures: 0,
  seed: desired,
  step: { previous: undefined, desired, prune: true, onMissingUser: 'FAIL' },
} as unknown as LoadedRequest;

const names = (count: number) => Array.from({ length: count }, (_, index) => `user${index}`);
const setUp = async (count: number) => {
  const { storeAt } = memoryBucket();
  const store = storeAt('runs/seeder/run');
  const seederStore = storeAt('seeders/seeder');
  await seederStore.put(STATE, { run: store.prefix });
  const lines = names(count).map((username) =>
    JSON.stringify({
      line: 2,
      intent: planUser(
        { username, before: undefined, after: { attributes: { locale: 'de' } }, clientMetadata: {} },
        PLAIN,
      ),
    }),
  );
  await store.write(chunkName(0), [lines]);
  const pool = new PoolModel(Object.fromEntries(names(count).map((name) => [name, {}])));
  const surroundings: ApplySurroundings = {
    store,
    seederStore,
    cognito: pool,
    passwords: { of: async () => 'Correct-Horse-1' },
    pace: adaptivePace(100, systemClock),
    gauge: { count: () => undefined } as unknown as Gauge,
    throttled: () => 0,
    mayGoOn: () => true,
  };
  return { store, seederStore, pool, surroundings, progress: () => store.get<Progress>(progressName(0)) };
};

test.each([
  ['throttled', sdkError('TooManyRequestsException')],
  ['failing for a moment', sdkError('InternalErrorException', '', 500)],
  ['not answering', sdkError('TimeoutError', '', 'no answer')],
])('a pool that is %s when the time of a worker is over: its users are left for the next worker', async (_, error) => {
  const { surroundings, progress, pool } = await setUp(3);
  const sendUntil = systemClock.now() + 300;
  const client = { send: () => Promise.reject(error) };
  const pace = adaptivePace(100, systemClock);
  const cognito = createCognito({
    client: client as never,
    userPoolId: 'pool',
    paces: { update: pace, read: pace, creation: pace, password: pace },
    clock: systemClock,
    sendUntil,
    waitUntil: sendUntil + 100,
    onThrottle: () => undefined,
  });
  const mayGoOn = () => systemClock.now() < sendUntil;
  expect(await applyChunk(0, request, { ...surroundings, cognito, mayGoOn })).toEqual({ done: false });
  expect((await progress())?.failed ?? 0).toBe(0);
  expect(await applyChunk(0, request, surroundings)).toEqual({ done: true });
  expect(await progress()).toMatchObject({ changed: 3, failed: 0 });
  expect(Object.values(pool.snapshot())).toEqual([{ locale: 'de' }, { locale: 'de' }, { locale: 'de' }]);
});

test('of two workers at one chunk, the one that is behind does not take back what the other has finished', async () => {
  const { surroundings, progress, pool } = await setUp(200);
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const slow = {
    ...surroundings,
    cognito: Object.assign(Object.create(pool) as PoolModel, {
      set: async (name: string, all: Readonly<Record<string, string>>) => {
        if (name === 'user60') await held;
        await pool.set(name, all);
      },
    }),
  };
  const behind = applyChunk(0, request, slow).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await applyChunk(0, request, surroundings)).toEqual({ done: true });
  expect(await progress()).toMatchObject({ done: true, next: 200 });
  const seen: (Progress | undefined)[] = [];
  const put = slow.store.put;
  Object.assign(slow.store, {
    put: async (name: string, document: Progress) => {
      await put(name, document);
      seen.push(await progress());
    },
  });
  release();
  await behind;
  expect(seen.filter((each) => !each?.done)).toEqual([]);
  expect(await progress()).toMatchObject({ done: true, next: 200, changed: 200 });
});

test('a slow worker looks every few seconds whether it may still write', async () => {
  const { surroundings, seederStore, pool } = await setUp(20);
  let now = 0;
  const clock = { now: () => now, sleep: async (milliseconds: number) => void (now += milliseconds) };
  const pace = adaptivePace(0.5, clock);
  const slow = {
    ...surroundings,
    pace,
    now: clock.now,
    cognito: Object.assign(Object.create(pool) as PoolModel, {
      set: async (name: string, all: Readonly<Record<string, string>>) => {
        await pace.turn(Infinity);
        if (now >= 10_000) await seederStore.put(STATE, { run: 'runs/seeder/another' });
        if (now > 30_000) throw new Error('still writing after half a minute');
        await pool.set(name, all);
      },
    }),
  };
  await expect(applyChunk(0, request, slow)).rejects.toThrow('Another run of this seeder has taken over');
  expect(pool.writes.length).toBeLessThan(15);
});

import { earlierPhases } from '../../../../lambda/seeder/run/earlier-phases';
import { NO_PROGRESS, type Progress, progressName } from '../../../../lambda/seeder/run/progress';
import { NOTHING_TO_DO } from '../../../../lambda/seeder/run/run-plan';
import { PLAN } from '../../../../lambda/seeder/run/run-request';
import { memoryBucket } from '../../../support/memory-store';

/** A run whose chunk 0 can be taken back, 1 messages, 2 sets passwords, and 3 deletes. */
const setUp = async (progress: Record<number, Partial<Progress>>) => {
  const store = memoryBucket().storeAt('run');
  await store.put(PLAN, { ...NOTHING_TO_DO, chunks: [0], messages: [1, 2, 3], phases: [[1], [2], [3]] });
  const put = (chunk: number, some: Partial<Progress>) =>
    store.put(progressName(chunk), { ...NO_PROGRESS, ...some } satisfies Progress);
  for (const [chunk, some] of Object.entries(progress)) await put(Number(chunk), some);
  return { store, put };
};
const DONE = { done: true };
const never = async () => {
  throw new Error('nobody is to wait');
};

test('the first phase that cannot be taken back waits for nobody: the state machine has seen to it', async () => {
  const { store } = await setUp({});
  const waiting = { store, toleratedFailures: 0, mayGoOn: () => true, pause: never };
  expect(await earlierPhases(1, waiting)).toBe('done');
});

test('a deletion waits until another worker has set all passwords', async () => {
  const { store, put } = await setUp({ 0: DONE, 1: DONE });
  let waited = 0;
  const pause = async () => {
    if (++waited === 3) await put(2, DONE);
  };
  expect(await earlierPhases(3, { store, toleratedFailures: 0, mayGoOn: () => true, pause })).toBe('done');
  expect(waited).toBe(3);
});

test('it comes back later where its worker has no time left', async () => {
  const { store } = await setUp({ 0: DONE, 1: DONE });
  expect(await earlierPhases(3, { store, toleratedFailures: 0, mayGoOn: () => false, pause: never })).toBe('later');
});

test.each([
  [1, 'over'],
  [2, 'done'],
])('with 2 failures in earlier phases and %d tolerated, it is %s', async (toleratedFailures, expected) => {
  const { store } = await setUp({ 0: { done: true, failed: 1 }, 1: DONE, 2: { done: true, failed: 1 } });
  expect(await earlierPhases(3, { store, toleratedFailures, mayGoOn: () => true, pause: never })).toBe(expected);
});

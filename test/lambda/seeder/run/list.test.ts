import type { PoolReader } from '../../../../lambda/seeder/listing';
import { forEachRow } from '../../../../lambda/seeder/rows/rows';
import { list, openListings } from '../../../../lambda/seeder/run/list';
import { loadRequest, REQUEST } from '../../../../lambda/seeder/run/run-request';
import type { RunStore } from '../../../../lambda/seeder/run/run-store';
import { memoryBucket } from '../../../support/memory-store';
import { rule, seedProperties } from '../../../support/seeds';
import { sdkError } from '../../../support/pool-model';

const requestIn = async (store: RunStore) => {
  const desired = seedProperties('pool', rule({ locale: 'de' }));
  await store.put(REQUEST, {
    seeder: 'Seeder',
    requestType: 'Create',
    desired,
    prune: true,
    unsettled: false,
    maxConcurrency: 1,
    toleratedFailures: 0,
  });
  return loadRequest(store);
};
/** Three users, one a page. */
const reader = (broken: (token: string | undefined) => boolean = () => false): PoolReader => ({
  names: async () => ({ aliases: [], caseSensitive: true }),
  page: async (_, token) => {
    if (broken(token)) throw sdkError('InvalidParameterException');
    const number = Number(token ?? 1);
    return {
      users: [{ username: `user${number}`, attributes: {} }],
      next: number < 3 ? String(number + 1) : undefined,
    };
  },
});
const listed = async (store: RunStore): Promise<string[]> => {
  const names: string[] = [];
  for (const { open } of await openListings(store)) {
    await forEachRow(await open(), (line) => void names.push((JSON.parse(line.slice(2)) as string[])[0]));
  }
  return names;
};
/** As long as it takes, a page each time. */
const readAll = async (store: RunStore, pool: PoolReader): Promise<number> => {
  const request = await requestIn(store);
  for (let calls = 1; ; calls++) {
    let pages = 0;
    const { done } = await list(request, store, pool, () => pages++ < 1);
    if (done) return calls;
  }
};

test('a pool is read over as many calls as it takes, each going on where the one before stopped', async () => {
  const store = memoryBucket().storeAt('runs/seeder/run');
  expect(await readAll(store, reader())).toBe(3);
  expect(await listed(store)).toEqual(['user1', 'user2', 'user3']);
});

test('where the token has expired, the list begins anew', async () => {
  const store = memoryBucket().storeAt('runs/seeder/run');
  let expired = false;
  const once = reader((token) => token === '3' && !expired && (expired = true));
  await readAll(store, once);
  expect(expired).toBe(true);
  expect(await listed(store)).toEqual(['user1', 'user2', 'user3']);
});

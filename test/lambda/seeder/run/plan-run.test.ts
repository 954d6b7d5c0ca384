import type { Planned } from '../../../../lambda/seeder/plan-rows';
import { planRun } from '../../../../lambda/seeder/run/plan-run';
import { loadRequest, REQUEST } from '../../../../lambda/seeder/run/run-request';
import { memoryBucket } from '../../../support/memory-store';
import { seedProperties } from '../../../support/seeds';
import { PoolModel } from '../../../support/pool-model';

test('whom the list of the pool lacks is asked for by name: it learns of new users a little later', async () => {
  const { storeAt } = memoryBucket();
  const store = storeAt('runs/seeder/run');
  const users = ['new', 'nobody'].map((username) => ({ username, attributes: { nickname: 'x' } }));
  const desired = seedProperties(
    'pool',
    { kind: 'inline', users },
    { onMissingUser: 'SKIP', compareWith: 'LIVE_POOL' },
  );
  await store.put(REQUEST, {
    seeder: 'Seeder',
    requestType: 'Create',
    desired,
    prune: true,
    unsettled: false,
    maxConcurrency: 1,
    toleratedFailures: 0,
  });
  const plan = await planRun(await loadRequest(store), {
    store,
    storeAt,
    objects: { read: async () => undefined },
    cognito: new PoolModel({ new: {} }),
    workers: 1,
    now: Date.now,
  });
  expect(plan).toMatchObject({ refused: false, planned: 2, chunks: [0] });
  expect(plan.lines).toMatchObject([{ status: 'Skipped', user: 'nobody' }]);
  const chunk = (await store.lines('chunks/00000')).map((line) => JSON.parse(line) as Planned);
  expect(chunk).toMatchObject([{ intent: { username: 'new' }, live: { username: 'new' } }]);
});

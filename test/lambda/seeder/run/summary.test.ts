import { summarise } from '../../../../lambda/seeder/run/summary';
import { type LoadedRequest, STATE } from '../../../../lambda/seeder/run/run-request';
import { Executions } from '../../../../lambda/seeder/run/executions';
import { memoryBucket } from '../../../support/memory-store';

test('a run that another takes over while it settles does not take it back', async () => {
  const { storeAt } = memoryBucket();
  const store = storeAt('runs/seeder/one');
  const seederStore = storeAt('seeders/seeder');
  await seederStore.put(STATE, { run: store.prefix });
  await store.put('plan.json', {
    refused: false,
    chunks: [],
    messages: [],
    sizes: [],
    lines: [],
    users: 1,
    planned: 0,
    unchanged: 1,
  });
  const overtaken = {
    ...seederStore,
    // Whatever is read, the next run is there before something is written.
    get: async <T>(name: string) => {
      const found = await seederStore.get<T>(name);
      if (name === STATE) await seederStore.put(STATE, { ...found, run: 'runs/seeder/two' });
      return found;
    },
  };
  const request = {
    toleratedFailures: 0,
    step: { desired: { userPoolId: 'p', source: {} } },
  } as unknown as LoadedRequest;
  await summarise(request, { store, seederStore: overtaken, wanted: async () => ({}) });
  expect(await seederStore.get(STATE)).toMatchObject({ run: 'runs/seeder/two' });
});

test('an execution of a state machine that is no more does not stand in the way', async () => {
  const send = async () => {
    throw Object.assign(new Error(), { name: 'AccessDeniedException' });
  };
  const executions = new Executions({ send } as never, 'arn:aws:states:eu-west-1:1:stateMachine:New');
  expect(await executions.stop('arn:aws:states:eu-west-1:1:execution:Old:Seeder-1')).toBe(false);
});

import fc from 'fast-check';
import { NotNow, withCheckpoints } from '../../../lambda/seeder/run/checkpoint';

interface Case {
  readonly items: number;
  readonly limit: number;
  readonly window: number;
}
const cases: fc.Arbitrary<Case> = fc.record({
  items: fc.integer({ min: 0, max: 60 }),
  limit: fc.integer({ min: 1, max: 8 }),
  window: fc.integer({ min: 1, max: 20 }),
});
const moments = fc.infiniteStream(fc.integer({ min: 0, max: 3 }));
/** Lets others have their turn, a few times. */
const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
};

/** Runs as workers do that end early, each going on from the checkpoint of the one before. */
const runToTheEnd = async ({ items, limit, window }: Case, dieAfter: Iterator<number>, pauses: Iterator<number>) => {
  const begun: number[] = [];
  let saved = 0;
  const results: number[] = [];
  let furthest = 0;
  for (let worker = 0; ; worker++) {
    const patience = worker > 200 ? Infinity : dieAfter.next().value;
    let left = patience;
    const from = saved;
    const done = await withCheckpoints<number>({
      from,
      to: items,
      limit,
      window,
      task: async (index) => {
        if (left-- <= 0) throw new Error('killed');
        begun.push(index);
        furthest = Math.max(furthest, index - saved);
        await turns(pauses.next().value);
        return index;
      },
      save: async (next, some) => {
        await turns(pauses.next().value);
        if (left <= 0) throw new Error('killed');
        saved = next;
        results.push(...some);
      },
      mayGoOn: () => true,
    }).catch(() => undefined);
    if (done) return { begun, saved, results, furthest };
  }
};

test('every item is done, whenever workers die; results are counted once, and repeats are a window at most', () =>
  fc.assert(
    fc.asyncProperty(
      cases,
      fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
      moments,
      async (some, dying, pauses) => {
        const { begun, saved, results, furthest } = await runToTheEnd(some, dying, pauses);
        const all = Array.from({ length: some.items }, (_, index) => index);
        expect(saved).toBe(some.items);
        expect(results).toEqual(all);
        expect([...new Set(begun)].sort((one, other) => one - other)).toEqual(all);
        expect(furthest).toBeLessThan(some.window);
      },
    ),
    { numRuns: 300 },
  ));

test('what cannot be done now is left for the next worker, and nothing beyond a checkpoint is lost', async () => {
  const saves: number[] = [];
  const done = await withCheckpoints({
    from: 3,
    to: 10,
    limit: 1,
    window: 50,
    task: async (index) => {
      if (index === 7) throw new NotNow();
      return index;
    },
    save: async (next) => void saves.push(next),
    mayGoOn: () => true,
  });
  expect(done).toBe(false);
  expect(saves.at(-1)).toBe(7);
});

test('a worker without time begins nothing', async () => {
  const task = jest.fn();
  const done = await withCheckpoints({
    from: 0,
    to: 5,
    limit: 2,
    window: 5,
    task,
    save: async () => undefined,
    mayGoOn: () => false,
  });
  expect(done).toBe(false);
  expect(task).not.toHaveBeenCalled();
});

test('a task that fails for good fails the worker, with its error', async () => {
  const failing = withCheckpoints({
    from: 0,
    to: 5,
    limit: 2,
    window: 5,
    task: async () => Promise.reject(new Error('the pool is gone')),
    save: async () => undefined,
    mayGoOn: () => true,
  });
  await expect(failing).rejects.toThrow('the pool is gone');
});

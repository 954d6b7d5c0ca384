import { budgetOf } from '../../../lambda/seeder/budget';
import { evenPace, forEachItem } from '../../../lambda/seeder/pace';

/** A clock that moves when somebody sleeps. */
const simulatedClock = () => {
  let time = 1000;
  return { now: () => time, sleep: async (milliseconds: number) => void (time += milliseconds) };
};

test('requests are spaced evenly', async () => {
  const clock = simulatedClock();
  const pace = evenPace(10, clock);
  const sent: number[] = [];
  for (let i = 0; i < 4; i++) {
    await pace();
    sent.push(clock.now());
  }
  expect(sent).toEqual([1000, 1100, 1200, 1300]);
});

test('a pause is not made up for by a burst', async () => {
  const clock = simulatedClock();
  const pace = evenPace(10, clock);
  await pace();
  await clock.sleep(5000);
  await pace();
  await pace();
  expect(clock.now()).toBe(6100);
});

test('callers at the same time take their turns', async () => {
  const slept: number[] = [];
  const pace = evenPace(5, { now: () => 0, sleep: async (milliseconds) => void slept.push(milliseconds) });
  await Promise.all([pace(), pace(), pace()]);
  expect(slept).toEqual([200, 400]);
});

test('items are worked on by so many workers at a time, each once', async () => {
  let running = 0;
  let most = 0;
  const done: number[] = [];
  await forEachItem([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
    done.push(item);
  });
  expect([most, done.sort()]).toEqual([3, [1, 2, 3, 4, 5, 6, 7]]);
});

test('a stop leaves the remaining items alone', async () => {
  const done: number[] = [];
  await forEachItem(
    [1, 2, 3, 4],
    1,
    async (item) => void done.push(item),
    () => done.length === 2,
  );
  expect(done).toEqual([1, 2]);
});

test('half of the time is for changes, the rest for putting things back, but for the answer', () => {
  const budget = budgetOf(65_000, 10, simulatedClock());
  expect(budget).toMatchObject({ changesUntil: 31_000, restoringUntil: 61_000 });
});

test('a plan that cannot be finished is refused with the numbers', () => {
  const { tooMany } = budgetOf(65_000, 10, simulatedClock());
  expect(tooMany(600)).toBeUndefined();
  expect(tooMany(601)).toMatch(/601 requests.*10 a second.*61 s.*60 s are left.*requestsPerSecond/);
});

import { budgetOf } from '../../../lambda/seeder/budget';
import { adaptivePace, forEachItem } from '../../../lambda/seeder/pace';

/** A clock that moves when somebody sleeps. */
const simulatedClock = () => {
  let time = 1000;
  return { now: () => time, sleep: async (milliseconds: number) => void (time += milliseconds) };
};

/** A clock whose timers are late. */
const lateClock = (late: () => number) => {
  const clock = simulatedClock();
  return { ...clock, sleep: (milliseconds: number) => clock.sleep(milliseconds + late()) };
};

test('requests are spaced evenly', async () => {
  const clock = simulatedClock();
  const pace = adaptivePace(10, clock);
  const sent: number[] = [];
  for (let i = 0; i < 4; i++) {
    await pace.turn(Infinity);
    sent.push(clock.now());
  }
  expect(sent).toEqual([1000, 1100, 1200, 1300]);
});

test('late timers cost no turn, whatever the rate', async () => {
  for (const rate of [10, 25, 100, 500]) {
    let calls = 0;
    const clock = lateClock(() => (++calls % 50 === 0 ? 40 : 1.5));
    const pace = adaptivePace(rate, clock);
    const start = clock.now();
    for (let i = 0; i <= 10 * rate; i++) await pace.turn(Infinity);
    expect(clock.now() - start).toBeGreaterThan(9_999);
    expect(clock.now() - start).toBeLessThan(10_050);
  }
});

test('a pause is made up for by no more than a tenth of a second', async () => {
  const clock = simulatedClock();
  const pace = adaptivePace(500, clock);
  await pace.turn(Infinity);
  await clock.sleep(5_000);
  const resumed = clock.now();
  for (let i = 0; i < 550; i++) await pace.turn(Infinity);
  expect(clock.now() - resumed).toBeGreaterThan(990);
});

test('whoever starts late has nothing to make up for', async () => {
  const clock = simulatedClock();
  const pace = adaptivePace(500, clock);
  await clock.sleep(300);
  const start = clock.now();
  for (let i = 0; i <= 500; i++) await pace.turn(Infinity);
  expect(clock.now() - start).toBeCloseTo(1000);
});

test('callers at the same time take their turns', async () => {
  const slept: number[] = [];
  const pace = adaptivePace(5, { now: () => 0, sleep: async (milliseconds) => void slept.push(milliseconds) });
  await Promise.all([pace.turn(Infinity), pace.turn(Infinity), pace.turn(Infinity)]);
  expect(slept).toEqual([200, 400]);
});

test('nobody waits for a turn that comes too late, nor takes it from others', async () => {
  const clock = simulatedClock();
  const pace = adaptivePace(1, clock);
  await pace.turn(Infinity);
  expect(await pace.turn(1500)).toBe(false);
  expect(clock.now()).toBe(1000);
  expect(await pace.turn(2001)).toBe(true);
});

test('whoever waits when the rate goes down waits longer, or gives up where that is too late', async () => {
  const clock = simulatedClock();
  const pace = adaptivePace(1, clock);
  await pace.turn(Infinity);
  const second = pace.turn(4_000);
  pace.answered(true);
  expect(await second).toBe(true);
  expect(clock.now()).toBe(2000);
  expect(await pace.turn(3_300)).toBe(false);
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

test('half of the time is for changes, the rest for putting users back, but for the answer', () => {
  expect(budgetOf(65_000, 10, true, simulatedClock())).toMatchObject({ changesUntil: 31_000, restoringUntil: 61_000 });
});

test('a removal puts nobody back, and has all of the time', () => {
  expect(budgetOf(65_000, 10, false, simulatedClock())).toMatchObject({ changesUntil: 61_000, restoringUntil: 61_000 });
});

test('a plan that cannot be finished, or not be undone, is refused with the numbers', () => {
  const { tooManyToChange, tooManyToRestore } = budgetOf(65_000, 10, true, simulatedClock());
  expect([tooManyToChange(300), tooManyToRestore(300)]).toEqual([undefined, undefined]);
  expect(tooManyToChange(301)).toMatch(/301 requests to change.*10 a second.*31 s.*30 s for it.*requestsPerSecond/);
  expect(tooManyToRestore(301)).toMatch(/301 requests to put them back/);
});

test('time that has passed is no longer there for changes', async () => {
  const clock = simulatedClock();
  const { tooManyToChange } = budgetOf(65_000, 10, true, clock);
  await clock.sleep(20_000);
  expect(tooManyToChange(101)).toMatch(/10 s for it/);
});

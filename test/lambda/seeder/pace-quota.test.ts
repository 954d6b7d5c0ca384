/** How much of a quota the pace uses, in simulated time: a token bucket as Cognito's, late timers, and somebody else. */
import { adaptivePace } from '../../../lambda/seeder/pace';

/** Time that jumps to whatever is due next. */
class Time {
  now = 0;
  private readonly due: { at: number; run: () => void }[] = [];

  at(at: number, run: () => void): void {
    let index = this.due.length;
    while (index > 0 && this.due[index - 1].at < at) index--;
    this.due.splice(index, 0, { at, run });
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.at(this.now + milliseconds, resolve));
  }

  async runUntil(end: number): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = this.due.pop();
      if (!next || next.at > end) return;
      this.now = next.at;
      next.run();
    }
  }
}

/** Lehmer's generator: the same numbers for the same seed. */
const randomOf = (seed: number) => {
  let state = (seed * 7919) % 2147483647;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
};

interface Setting {
  readonly quota: number;
  readonly seconds: number;
  readonly seed: number;
  /** Each with a pace of its own. @default one, at the quota */
  readonly limits?: readonly number[];
  /** The share of the quota that somebody else wants at a time in seconds. @default none */
  readonly rival?: (second: number) => number;
}

/** What became of the requests after the first second. */
const play = async ({ quota, seconds, seed, limits = [quota], rival }: Setting) => {
  const random = randomOf(seed);
  const time = new Time();
  const end = seconds * 1000;
  const counts = { sent: 0, throttled: 0, taken: 0, passed: limits.map(() => 0), busiest: 0 };

  let tokens = quota;
  let filledAt = 0;
  const admits = () => {
    tokens = Math.min(quota, tokens + ((time.now - filledAt) * quota) / 1000);
    filledAt = time.now;
    if (tokens < 1) return false;
    tokens--;
    return true;
  };

  const wish = () => {
    const rate = rival!(time.now / 1000) * quota;
    time.at(time.now - (Math.log(1 - random()) / Math.max(rate, 1)) * 1000, () => {
      if (random() < Math.min(1, rate) && admits() && time.now > 1000) counts.taken++;
      wish();
    });
  };
  if (rival) wish();

  const sentAt: number[] = [];
  limits.forEach((limit, client) => {
    const pace = adaptivePace(limit, {
      now: () => time.now,
      sleep: (milliseconds) => time.sleep(milliseconds + 0.3 + random() * 1.5),
    });
    const work = async () => {
      while (await pace.turn(end)) {
        sentAt.push(time.now);
        await time.sleep(15 + random() * 3);
        const admitted = admits();
        if (time.now > 1000) {
          counts.sent++;
          if (admitted) counts.passed[client]++;
          else counts.throttled++;
        }
        await time.sleep(15);
        pace.answered(!admitted);
      }
    };
    for (let worker = 0; worker < Math.max(4, limit / 10); worker++) void work();
  });

  await time.runUntil(end);
  for (let from = 0, to = 0; to < sentAt.length; to++) {
    while (sentAt[to] - sentAt[from] >= 1000) from++;
    counts.busiest = Math.max(counts.busiest, to - from + 1);
  }
  const passed = counts.passed.reduce((sum, one) => sum + one);
  return {
    ...counts,
    usedOfTheRest: passed / (quota * (seconds - 1) - counts.taken),
    throttledShare: counts.throttled / counts.sent,
  };
};

const mean = (values: number[]) => values.reduce((sum, value) => sum + value) / values.length;

/** Of several runs: a short one against random arrivals says little. */
const playAll = async (runs: number, setting: Omit<Setting, 'seed'>) => {
  const outcomes = [];
  for (let seed = 1; seed <= runs; seed++) outcomes.push(await play({ ...setting, seed }));
  return {
    usedOfTheRest: mean(outcomes.map(({ usedOfTheRest }) => usedOfTheRest)),
    throttledShare: mean(outcomes.map(({ throttledShare }) => throttledShare)),
  };
};

describe.each([10, 25, 100, 500])('a quota of %d requests a second', (quota) => {
  test('is used whole, without a throttle, where nobody else takes of it', async () => {
    const { usedOfTheRest, throttled, busiest } = await play({ quota, seconds: 20, seed: 1 });
    expect(usedOfTheRest).toBeGreaterThan(0.99);
    expect(throttled).toBe(0);
    expect(busiest).toBeLessThanOrEqual(quota * 1.1 + 1);
  });

  test('is used to nine tenths of what others leave over who come at random, few requests being throttled', async () => {
    const { usedOfTheRest, throttledShare } = await playAll(quota > 100 ? 2 : 12, {
      quota,
      seconds: 60,
      rival: () => 0.5,
    });
    expect(usedOfTheRest).toBeGreaterThan(0.9);
    expect(throttledShare).toBeLessThan(0.05);
  });
});

test('what others leave over is used as they come and go', async () => {
  const { usedOfTheRest, throttledShare } = await playAll(6, {
    quota: 100,
    seconds: 80,
    rival: (second) => (Math.floor(second / 20) % 2 ? 0.2 : 0.8),
  });
  expect(usedOfTheRest).toBeGreaterThan(0.85);
  expect(throttledShare).toBeLessThan(0.05);
});

test('where others take all of it, little is sent, and soon after they stop, all again', async () => {
  const during = await play({ quota: 100, seconds: 30, seed: 1, rival: () => 4 });
  expect(during.sent).toBeLessThan(30 * 100 * 0.15);
  const after = await play({ quota: 100, seconds: 60, seed: 1, rival: (second) => (second < 20 ? 4 : 0) });
  expect(after.passed[0]).toBeGreaterThan(30 * 100);
});

test('a pace above the quota comes down to it', async () => {
  const { usedOfTheRest, throttledShare } = await play({ quota: 100, seconds: 60, seed: 1, limits: [250] });
  expect(usedOfTheRest).toBeGreaterThan(0.9);
  expect(throttledShare).toBeLessThan(0.03);
});

test('workers with a share each use all of it together', async () => {
  const { usedOfTheRest, throttled } = await play({ quota: 100, seconds: 20, seed: 1, limits: Array(8).fill(12.5) });
  expect(usedOfTheRest).toBeGreaterThan(0.99);
  expect(throttled).toBe(0);
});

test('paces that know nothing of each other share what there is, about equally', async () => {
  const { usedOfTheRest, throttledShare, passed } = await play({
    quota: 100,
    seconds: 60,
    seed: 1,
    limits: [50, 50, 50, 50],
  });
  expect(usedOfTheRest).toBeGreaterThan(0.9);
  expect(throttledShare).toBeLessThan(0.05);
  expect(Math.max(...passed)).toBeLessThan(2 * Math.min(...passed));
});

test('throttles of requests that were sent before the rate went down count once', async () => {
  const pace = adaptivePace(100, { now: () => 0, sleep: async () => {} });
  for (let i = 0; i < 10; i++) await pace.turn(Infinity);
  for (let i = 0; i < 10; i++) pace.answered(true);
  expect(pace.rate).toBe(75);
  await pace.turn(Infinity);
  pace.answered(true);
  expect(pace.rate).toBeLessThan(75);
});

test('one throttle after a pause does not bring the rate down to nothing', async () => {
  let time = 0;
  const pace = adaptivePace(100, { now: () => time, sleep: async (milliseconds) => void (time += milliseconds) });
  time = 60_000;
  await pace.turn(Infinity);
  pace.answered(true);
  expect(pace.rate).toBeGreaterThan(30);
});

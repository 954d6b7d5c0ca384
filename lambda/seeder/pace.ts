/** Time, as the seeder sees it. */
export interface Clock {
  /** Milliseconds. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/**
 * Waits until the next request may be sent.
 *
 * @param until the clock's time beyond which nobody waits
 * @returns whether the turn has come
 */
export type Pace = (until: number) => Promise<boolean>;

/**
 * Spaces requests evenly: the quota is shared with people who sign in, and Cognito answers a burst with a throttle.
 *
 * https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html
 */
export const evenPace = (requestsPerSecond: number, clock: Clock): Pace => {
  const interval = 1000 / requestsPerSecond;
  let next = 0;
  return async (until) => {
    const now = clock.now();
    const turn = Math.max(now, next);
    if (turn >= until) return false;
    next = turn + interval;
    if (turn > now) await clock.sleep(turn - now);
    return true;
  };
};

/** Does a task for every item, at most `limit` at a time, until all are done or `stop` says so. */
export const forEachItem = async <T>(
  items: Iterable<T>,
  limit: number,
  task: (item: T) => Promise<void>,
  stop: () => boolean = () => false,
): Promise<void> => {
  const queue = items[Symbol.iterator]();
  const work = async () => {
    while (!stop()) {
      const { value, done } = queue.next();
      if (done) return;
      await task(value);
    }
  };
  await Promise.all(Array.from({ length: limit }, work));
};

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

/** When requests may be sent that count against one quota. */
export interface Pace {
  /**
   * Waits for the next turn, whose request is then sent and answered.
   *
   * @param until the clock's time beyond which nobody waits
   * @returns whether the turn has come
   */
  turn(until: number): Promise<boolean>;
  /** Tells what became of the request of a turn. */
  answered(throttled: boolean): void;
  /** Requests a second at present. */
  readonly rate: number;
  /** Requests a second at most. */
  readonly limit: number;
}

/** A pace for each of Cognito's quotas: https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html */
export interface Paces {
  readonly update: Pace;
  readonly read: Pace;
  readonly creation: Pace;
  readonly password: Pace;
}

export const pacesAt = (requestsPerSecond: number, clock: Clock): Paces => ({
  update: adaptivePace(requestsPerSecond, clock),
  read: adaptivePace(requestsPerSecond, clock),
  creation: adaptivePace(requestsPerSecond, clock),
  password: adaptivePace(requestsPerSecond, clock),
});

/** Enough to hold a pace where an answer takes a second. */
export const workersFor = (requestsPerSecond: number): number =>
  Math.min(100, Math.max(1, Math.ceil(requestsPerSecond)));

/** Lateness, in milliseconds, that is made up for: a timer's, or a busy moment's. */
const CATCH_UP = 100;

/**
 * Spaces requests evenly: the quota is shared with people who sign in, and Cognito answers a burst with a throttle. Where
 * others take their part of the quota, the rate goes down to what they leave over.
 *
 * https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html
 */
export const adaptivePace = (requestsPerSecond: number, clock: Clock): Pace => {
  const rate = adaptiveRate(requestsPerSecond, clock.now());
  const interval = () => 1000 / rate.at(clock.now());
  let due: number | undefined;
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  // One after another, so that whoever waits is put off when the rate goes down.
  const take = async (until: number): Promise<boolean> => {
    const now = clock.now();
    // Before the first turn, nobody was late.
    const turn = Math.max(due ?? now, now - CATCH_UP);
    if (Math.max(turn, now) >= until) return false;
    if (turn > now) await clock.sleep(turn - now);
    due = turn + interval();
    rate.sent();
    return true;
  };

  return {
    turn: (until) => {
      if (Math.max(due ?? 0, clock.now()) + waiting * interval() >= until) return Promise.resolve(false);
      waiting++;
      const mine = last.then(() => take(until)).finally(() => waiting--);
      last = mine;
      return mine;
    },
    answered: (throttled) => rate.answered(throttled, clock.now()),
    get rate() {
      return rate.at(clock.now());
    },
    limit: requestsPerSecond,
  };
};

/** How far back, in milliseconds, it is remembered what was let through. */
const MEMORY = 4_000;
/** The share of it that is sent after a throttle, so that the quota fills up again. */
const BACK_OFF = 0.75;
/** Milliseconds before the rate climbs again. */
const HOLD = 1_000;

/** A rate that goes below what is let through at each throttle, and then climbs: slowly at first, to probe at little cost. */
const adaptiveRate = (limit: number, start: number) => {
  /** Others may take all of the quota, and stop: that has to be noticed. */
  const floor = Math.min(limit, Math.max(0.5, limit / 50));
  let base = limit;
  let heldUntil = start;
  let inFlight = 0;
  /** Answers to come of requests that were sent before the rate went down: their throttles say nothing of the new rate. */
  let outdated = 0;
  /** Requests a second that were let through lately, each counting the less the longer ago it was. */
  let through = limit;
  let countedAt = start;

  const count = (now: number, more: number) => {
    through = through * Math.exp((countedAt - now) / MEMORY) + (more * 1000) / MEMORY;
    countedAt = now;
  };

  const at = (now: number): number => {
    const seconds = Math.max(0, now - heldUntil) / 1000;
    return Math.min(limit, base + limit * (seconds / 50 + seconds ** 3 / 1000));
  };
  return {
    at,
    sent: () => void inFlight++,
    answered: (throttled: boolean, now: number) => {
      inFlight--;
      count(now, throttled ? 0 : 1);
      if (outdated > 0) outdated--;
      else if (throttled) {
        // After a pause, little has been let through because little was sent.
        const lately = Math.min(at(now), Math.max(through, at(now) / 2));
        base = Math.max(floor, BACK_OFF * lately);
        heldUntil = now + HOLD;
        outdated = inFlight;
      }
    },
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

/** How many pages of users are read a second: half of what Cognito allows an account, 900 users. */
export const LISTS_PER_SECOND = 15;

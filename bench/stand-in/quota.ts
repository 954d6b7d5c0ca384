/** What became of requests, by when they arrived, in milliseconds. */
export interface Taken {
  readonly admitted: number[];
  readonly throttled: number[];
}

/** A token bucket as deep as a second fills it, and somebody else who takes of it at random. */
export class Quota {
  readonly ours: Taken = { admitted: [], throttled: [] };
  readonly others: Taken = { admitted: [], throttled: [] };
  private tokens: number;
  private filledAt: number;
  private nextOther: number;

  constructor(
    private readonly ratePerSecond: number,
    private readonly othersPerSecond: number,
    private readonly random: () => number,
    now: number,
  ) {
    this.tokens = ratePerSecond;
    this.filledAt = now;
    this.nextOther = now + this.gap();
  }

  /** Whether a request may pass that arrives now. */
  admits(now: number): boolean {
    this.letOthersCome(now);
    return this.take(now, this.ours);
  }

  /** The others' requests until now: nobody has to wake up for each of them. */
  letOthersCome(now: number): void {
    for (; this.nextOther <= now; this.nextOther += this.gap()) this.take(this.nextOther, this.others);
  }

  private take(at: number, taken: Taken): boolean {
    this.tokens = Math.min(this.ratePerSecond, this.tokens + ((at - this.filledAt) * this.ratePerSecond) / 1000);
    this.filledAt = at;
    const admitted = this.tokens >= 1;
    if (admitted) this.tokens -= 1;
    taken[admitted ? 'admitted' : 'throttled'].push(at);
    return admitted;
  }

  /** Arrivals that know nothing of each other: a Poisson process. */
  private gap(): number {
    return this.othersPerSecond > 0 ? (-Math.log(1 - this.random()) / this.othersPerSecond) * 1000 : Infinity;
  }
}

/** Lehmer's generator: the same arrivals in every run. */
export const randomOf = (seed: number): (() => number) => {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
};

import { classify, isDenial, isLost, isWorthARetry } from './failure';
import type { Clock, Pace } from './pace';

/** How long requests are sent, and answers waited for. */
export interface PatienceOptions {
  readonly clock: Clock;
  /** The clock's time at which no further request is sent. */
  readonly sendUntil: number;
  /** The clock's time until which an answer is waited for. */
  readonly waitUntil: number;
  readonly onThrottle: () => void;
}

/** Sends a request, and sends it again where that may help. */
export type Patience = <T>(
  /** In which every request waits for its turn, repeated ones too. */
  pace: Pace,
  send: (abortSignal: AbortSignal) => Promise<T>,
  /** Asked after a lost answer whether the request has been carried out all the same. */
  recover?: () => Promise<{ readonly value: T } | undefined>,
) => Promise<T>;

/** What a request fails with that could not be sent, or sent again, in time. */
export class OutOfTime extends Error {
  readonly name = 'OutOfTime';

  /** @param cause what the request failed with last, where it was sent */
  public constructor(cause?: unknown) {
    super('no time was left to send a request', { cause });
  }
}

/** A trigger may take 5 seconds, three times, before Cognito answers; then the answer is lost. */
const REQUEST_TIMEOUT = 20_000;
const FIRST_BACKOFF = 200;
const LONGEST_BACKOFF = 4_000;
/** How often a request is sent that fails for another reason than a throttle, which is waited out. */
const TRIES = 6;
/** How often, where every request whose answer is lost may have sent somebody a code. */
const TRIES_THAT_MESSAGE = 2;
/** How long a policy may take to arrive. */
const DENIED_FOR = 45_000;

/** A throttled request waits for its next turn, which the pace puts off; any other failure is given time to pass. */
export const patience =
  ({ clock, sendUntil, waitUntil, onThrottle }: PatienceOptions): Patience =>
  async (pace, send, recover) => {
    const start = clock.now();
    let failures = 0;
    let failure: unknown;
    while (await pace.turn(sendUntil)) {
      try {
        // A turn may come a little later than it was due.
        const patience = Math.max(1, Math.min(REQUEST_TIMEOUT, waitUntil - clock.now()));
        const answer = await send(AbortSignal.timeout(Math.ceil(patience)));
        pace.answered(false);
        return answer;
      } catch (error) {
        failure = error;
        const throttled = classify(error) === 'throttled';
        pace.answered(throttled);
        if (throttled) {
          onThrottle();
          continue;
        }
        failures++;
        const tries = recover && isLost(error) ? TRIES_THAT_MESSAGE : TRIES;
        const patient = isDenial(error) ? clock.now() - start < DENIED_FOR : failures < tries;
        const recovered = isLost(error) ? await recover?.() : undefined;
        if (recovered) return recovered.value;
        if (!isWorthARetry(error) || !patient) throw error;
        const pause = jitter(Math.min(LONGEST_BACKOFF, FIRST_BACKOFF * 2 ** (failures - 1)));
        if (clock.now() + pause >= sendUntil) throw new OutOfTime(error);
        await clock.sleep(pause);
      }
    }
    throw new OutOfTime(failure);
  };

/** Half of it certain, so that the wait grows; half of it random, so that waiting requests part. */
const jitter = (milliseconds: number): number => milliseconds * (0.5 + Math.random() / 2);

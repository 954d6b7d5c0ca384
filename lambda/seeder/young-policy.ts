import { type Clock, systemClock } from './pace';

/** How long a policy of the same deployment may take to arrive, for all requests together. */
const DENIED_FOR = 15_000;
const PAUSE = 1_000;

/** Sends a request, and sends it again while it is denied, as long as a policy may be on its way. */
export const youngPolicy = (clock: Clock = systemClock) => {
  let until: number | undefined;
  return async <T>(send: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await send();
      } catch (error) {
        until ??= clock.now() + DENIED_FOR;
        if (!isDenied(error) || clock.now() >= until) throw error;
        await clock.sleep(PAUSE);
      }
    }
  };
};

const isDenied = (error: unknown): boolean => {
  const { name = '', $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return name.startsWith('AccessDenied') || $metadata?.httpStatusCode === 403;
};

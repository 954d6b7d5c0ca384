/** Does a task for every item, and remembers how far it has come. */
export interface CheckpointOptions<R> {
  readonly from: number;
  readonly to: number;
  /** Tasks at a time. */
  readonly limit: number;
  /** How many items are begun beyond the last checkpoint at most: whoever has to go on repeats no more. */
  readonly window: number;
  readonly task: (index: number) => Promise<R>;
  /** @param results of the items since the last checkpoint, in order; all before `next` are done */
  readonly save: (next: number, results: readonly R[]) => Promise<void>;
  readonly mayGoOn: () => boolean;
}

/** A task that could not be done now and is left for later. */
export class NotNow extends Error {}

/** @returns whether all are done. A `save` that throws NotNow leaves the rest to whoever is further by now. */
export const withCheckpoints = <R>(options: CheckpointOptions<R>): Promise<boolean> => {
  const { from, to, limit, window, task, save, mayGoOn } = options;
  const done = new Map<number, { readonly result: R }>();
  let begun = from;
  let saved = from;
  let working = 0;
  let saving = false;
  let stopped = false;
  let handedOver = false;

  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      stopped = true;
      reject(error);
    };
    const goOn = () => {
      if (!mayGoOn()) stopped = true;
      while (!stopped && working < limit && begun < to && begun < saved + window) void work(begun++);
      const ready = readyUntil();
      const idle = working === 0;
      if (handedOver) return idle ? resolve(false) : undefined;
      // Half a window early, so that nobody has to wait while a checkpoint is written.
      if (!saving && ready > saved && (idle || ready - saved >= window / 2)) return void checkpoint(ready);
      if (!saving && idle) resolve(saved === to);
    };
    const work = async (index: number) => {
      working++;
      try {
        done.set(index, { result: await task(index) });
      } catch (error) {
        if (!(error instanceof NotNow)) return fail(error);
        stopped = true;
      } finally {
        working--;
      }
      goOn();
    };
    const readyUntil = () => {
      let next = saved;
      while (done.has(next)) next++;
      return next;
    };
    const checkpoint = async (next: number) => {
      saving = true;
      const indices = Array.from({ length: next - saved }, (_, offset) => saved + offset);
      try {
        await save(
          next,
          indices.map((index) => done.get(index)!.result),
        );
      } catch (error) {
        if (!(error instanceof NotNow)) return fail(error);
        stopped = handedOver = true;
        return goOn();
      }
      for (const index of indices) done.delete(index);
      saved = next;
      saving = false;
      goOn();
    };
    goOn();
  });
};

/**
 * Lines of text in the order of their usernames, one at a time: see lib/private/contracts/seed-row.ts. A file of any size is
 * read in constant memory.
 */
export interface Rows {
  /** Undefined after the last. */
  readonly current: string | undefined;
  /** Goes to the next; only what has to wait is a promise, since waiting costs more than reading. */
  advance(): void | Promise<void>;
  /** Lets go of what is behind it, before the end as well. */
  close(): void;
}

/** Whatever can be read more than once. */
export type OpenRows = () => Promise<Rows>;

/** @param batches of lines, as a stream delivers them */
export const rowsOf = async (batches: AsyncIterable<readonly string[]>): Promise<Rows> => {
  const iterator = batches[Symbol.asyncIterator]();
  let batch: readonly string[] = [];
  let index = 0;
  let current: string | undefined;
  const refill = async (): Promise<void> => {
    do {
      const next = await iterator.next();
      if (next.done) return void (current = undefined);
      batch = next.value;
    } while (batch.length === 0);
    current = batch[0];
    index = 1;
  };
  await refill();
  return {
    get current() {
      return current;
    },
    advance: () => {
      if (index >= batch.length) return refill();
      current = batch[index++];
      return undefined;
    },
    close: () => void iterator.return?.().catch(() => undefined),
  };
};

/** @param lines in order */
export const rowsInMemory = (lines: readonly string[]): Rows => {
  let index = 0;
  return {
    get current() {
      return lines[index];
    },
    advance: () => void index++,
    close: () => undefined,
  };
};

export const forEachRow = async (rows: Rows, visit: (line: string) => void | Promise<void>): Promise<void> => {
  try {
    while (rows.current !== undefined) {
      const visited = visit(rows.current);
      if (visited) await visited;
      const wait = rows.advance();
      if (wait) await wait;
    }
  } finally {
    rows.close();
  }
};

import type { Rows } from '../rows/rows';

/** Where a plan keeps what memory cannot hold: the disk of a function or of a computer, or a run's place in a bucket. */
export interface Store {
  write(name: string, batches: Iterable<readonly string[]> | AsyncIterable<readonly string[]>): Promise<void>;
  read(name: string): Promise<Rows>;
}

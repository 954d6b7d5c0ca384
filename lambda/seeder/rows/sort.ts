import { usernameOf } from '../../../lib/private/contracts/seed-row';
import type { Store } from '../store/store';
import { merge } from './merge';
import { type Rows, rowsInMemory } from './rows';

/** Characters that are sorted at once, about twice as many bytes. */
const LARGEST_RUN = 24_000_000;

/** Sorts more lines than memory holds: in runs that go to a store, and are merged when they are read. */
export class Sorter {
  private lines: string[] = [];
  private characters = 0;

  /** @param runs how many there are already, where somebody goes on with what another has begun */
  public constructor(
    private readonly store: Store,
    private readonly name: string,
    private runs = 0,
  ) {}

  /** Only what has to wait is a promise. */
  public add(line: string): void | Promise<void> {
    this.lines.push(line);
    this.characters += line.length;
    return this.characters >= LARGEST_RUN ? this.flush().then(() => undefined) : undefined;
  }

  /** @returns how many runs there are now */
  public async flush(): Promise<number> {
    if (this.lines.length === 0) return this.runs;
    const lines = sorted(this.lines);
    this.lines = [];
    this.characters = 0;
    await this.store.write(runName(this.name, this.runs++), inBatches(lines));
    return this.runs;
  }

  /** What has been added, in order. As often as wanted, once nothing more is added. */
  public async open(): Promise<Rows> {
    if (this.runs === 0) return rowsInMemory((this.lines = sorted(this.lines)));
    await this.flush();
    return openRuns(this.store, this.name, this.runs);
  }
}

export const openRuns = async (store: Store, name: string, runs: number): Promise<Rows> =>
  merge(await Promise.all(Array.from({ length: runs }, (_, run) => store.read(runName(name, run)))));

const runName = (name: string, run: number): string => `${name}-${String(run).padStart(5, '0')}`;

/** Sorting pairs spares reading the username at each comparison. */
const sorted = (lines: readonly string[]): string[] =>
  lines
    .map((line) => ({ key: usernameOf(line), line }))
    .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
    .map(({ line }) => line);

export function* inBatches<T>(items: readonly T[], size = 5_000): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

import { forEachItem } from '../pace';
import type { Planned } from '../plan-rows';
import type { Decision } from './carry-out';
import { BLOCK, blockName, entryOf, type JournalEntry } from './journal';
import type { RunStore } from './run-store';

export interface BlocksOptions {
  readonly store: RunStore;
  readonly chunk: number;
  readonly users: readonly Planned[];
  /** The first user whom this worker changes. */
  readonly from: number;
  readonly decide: (index: number) => Promise<Decision>;
  /** Users who are looked at at a time. */
  readonly limit: number;
}

/** Decides what is done for users, block by block, and writes a block down before anything of it is done. */
export class Blocks {
  private readonly blocks = new Map<number, Promise<readonly (Decision | undefined)[]>>();

  public constructor(private readonly options: BlocksOptions) {}

  public async decisionFor(index: number): Promise<Decision> {
    const block = Math.floor(index / BLOCK);
    const decisions = this.begin(block);
    // While this one is changed, the next is looked at.
    if ((block + 1) * BLOCK < this.options.users.length) this.begin(block + 1).catch(() => undefined);
    return (await decisions)[index % BLOCK]!;
  }

  private begin(block: number): Promise<readonly (Decision | undefined)[]> {
    const known = this.blocks.get(block);
    if (known) return known;
    const decisions = this.write(block);
    this.blocks.set(block, decisions);
    return decisions;
  }

  private async write(block: number): Promise<readonly (Decision | undefined)[]> {
    const { store, chunk, users, from, decide, limit } = this.options;
    const start = block * BLOCK;
    const some = users.slice(start, start + BLOCK);
    const name = blockName(chunk, block);
    const written = await store.get<JournalEntry[]>(name);
    const decisions: (Decision | undefined)[] = some.map(() => undefined);
    await forEachItem(some.keys(), limit, async (offset) => {
      if (start + offset >= from) decisions[offset] = await decide(start + offset);
    });
    await store.put(
      name,
      some.map((planned, offset) => entryOf(planned, decisions[offset] ?? {}, written?.[offset])),
    );
    return decisions;
  }
}

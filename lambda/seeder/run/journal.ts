/**
 * What a run changes of users, written down before it does: how to undo it, and what is to be remembered of them. In blocks of
 * users, each an object of its own, so that a block takes one write, and a worker that follows a killed one adds to it.
 */
import { valueOf } from '../attributes';
import { type Former, remember } from '../former';
import { joinedOf } from '../journal';
import type { Planned } from '../plan-rows';
import { carriedOut, type Change } from '../settle';
import type { Decision } from './carry-out';
import { type Progress, progressName } from './progress';
import type { RunStore } from './run-store';

export interface JournalEntry {
  readonly line: number;
  /** As declared. */
  readonly username: string;
  readonly change?: Change;
  /** What the user had before all declarations, once the change is made; absent where nothing is to be remembered. */
  readonly former?: Former;
}

/** How many users a block has. */
export const BLOCK = 50;

export const blockName = (chunk: number, block: number): string =>
  `journal/${String(chunk).padStart(5, '0')}-${String(block).padStart(3, '0')}.json`;

/** @param written what a former worker has written of the user */
export const entryOf = (
  { line, intent }: Planned,
  { change, begun }: Decision,
  written: JournalEntry | undefined,
): JournalEntry => {
  const all = written?.change ? onTopOf(written.change, change, begun !== undefined) : change;
  const former = intent.memory && remember(intent.memory, all);
  return { line, username: intent.username, ...(all ? { change: all } : {}), ...(former ? { former } : {}) };
};

/**
 * Two workers' changes of one user as one. What the user had is what the first has seen, unless somebody else has changed it
 * before the second came.
 */
const onTopOf = (first: Change, second: Change | undefined, finishes: boolean): Change => {
  if (!second) return first;
  // The user whom the first was about to create is somebody else's.
  if (first.create && !second.create && !finishes) return second;
  const joined = joinedOf(first, second);
  if (joined.create || joined.remove) return joined;
  const left = carriedOut(first);
  const now = second.before;
  const names = [...Object.keys(first.set), ...first.delete].filter(
    (name) => valueOf(now.attributes, name) === valueOf(left.attributes, name),
  );
  const attributes: Record<string, string> = { ...now.attributes };
  for (const name of names) {
    if (Object.hasOwn(first.before.attributes, name)) attributes[name] = first.before.attributes[name];
    else delete attributes[name];
  }
  const { join = [], leave = [] } = first.account ?? {};
  const groups = now.groups && [
    ...now.groups.filter((group) => !join.includes(group) || first.before.groups?.includes(group)),
    ...leave.filter((group) => !now.groups!.includes(group) && first.before.groups?.includes(group)),
  ];
  return {
    ...joined,
    before: {
      ...now,
      attributes,
      ...(groups ? { groups } : {}),
      ...(now.enabled === left.enabled ? { enabled: first.before.enabled } : {}),
    },
  };
};

/** The places of a run's chunks in its plan, in the order in which they were worked off. */
export interface ChunkSizes {
  readonly chunks: readonly number[];
  readonly messages: readonly number[];
  readonly sizes: readonly number[];
}

/** Block by block, as far as they have been written. */
export const forEachBlock = async (
  store: RunStore,
  { chunks, messages, sizes }: ChunkSizes,
  visit: (entries: readonly JournalEntry[], chunk: number) => Promise<void>,
  { backwards = false }: { readonly backwards?: boolean } = {},
): Promise<void> => {
  const places = [...chunks, ...messages].flatMap((chunk) =>
    Array.from({ length: Math.ceil(sizes[chunk] / BLOCK) }, (_, block) => ({ chunk, block })),
  );
  if (backwards) places.reverse();
  for (let start = 0; start < places.length; start += AT_ONCE) {
    const some = places.slice(start, start + AT_ONCE);
    const found = await Promise.all(some.map(({ chunk, block }) => store.get<JournalEntry[]>(blockName(chunk, block))));
    for (const [index, entries] of found.entries()) {
      if (entries) await visit(backwards ? [...entries].reverse() : entries, some[index].chunk);
    }
  }
};

const AT_ONCE = 25;

/** By declared name, the `sub` of users whom a chunk's workers have created. */
export const subsOf = async (store: RunStore, chunk: number): Promise<Readonly<Record<string, string>>> =>
  (await store.get<Progress>(progressName(chunk)))?.subs ?? {};

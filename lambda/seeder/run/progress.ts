import type { ReportLine } from '../report';
import type { RunStore } from './run-store';

export interface Counts {
  readonly changed: number;
  /** Of the changed ones, those who have been created, and those who have been deleted. */
  readonly created: number;
  readonly deleted: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly failed: number;
  readonly throttled: number;
}

/** How far a chunk has come: its checkpoint. */
export interface Progress extends Counts {
  /** The first user who may not have been changed yet. */
  readonly next: number;
  readonly done: boolean;
  readonly lines: readonly ReportLine[];
  /** By declared name, the `sub` of users who have been created, where it is to be undone. */
  readonly subs?: Readonly<Record<string, string>>;
  /** Milliseconds since 1970 at which its first worker began. */
  readonly begun?: number;
  /** Milliseconds since 1970 at which its last worker is gone. */
  readonly until?: number;
  /** Why its last worker could go no further, in words. */
  readonly stopped?: string;
}

export const NO_PROGRESS: Progress = {
  next: 0,
  done: false,
  changed: 0,
  created: 0,
  deleted: 0,
  unchanged: 0,
  skipped: 0,
  failed: 0,
  throttled: 0,
  lines: [],
};

export const chunkName = (chunk: number): string => `chunks/${String(chunk).padStart(5, '0')}`;
export const progressName = (chunk: number): string => `progress/${String(chunk).padStart(5, '0')}.json`;

/** All chunks' checkpoints as one. */
export const progressOf = async (
  store: RunStore,
  chunks: readonly number[],
): Promise<Progress & { readonly unfinished: readonly number[] }> => {
  let total: Progress = { ...NO_PROGRESS, done: true };
  const unfinished: number[] = [];
  for (let start = 0; start < chunks.length; start += AT_ONCE) {
    const some = chunks.slice(start, start + AT_ONCE);
    const found = await Promise.all(some.map((chunk) => store.get<Progress>(progressName(chunk))));
    found.forEach((progress = NO_PROGRESS, index) => {
      total = sum(total, progress);
      if (!progress.done) unfinished.push(some[index]);
    });
  }
  return { ...total, unfinished };
};

const AT_ONCE = 25;

const sum = (one: Progress, other: Progress): Progress => ({
  next: one.next + other.next,
  done: one.done && other.done,
  changed: one.changed + other.changed,
  created: one.created + other.created,
  deleted: one.deleted + other.deleted,
  unchanged: one.unchanged + other.unchanged,
  skipped: one.skipped + other.skipped,
  failed: one.failed + other.failed,
  throttled: one.throttled + other.throttled,
  lines: [...one.lines, ...other.lines],
  stopped: one.stopped ?? other.stopped,
});

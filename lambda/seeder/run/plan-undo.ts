import { Chunks } from './chunks';
import type { Undoing } from './item';
import { forEachBlock, subsOf } from './journal';
import { NOTHING_TO_DO, type RunPlan } from './run-plan';
import { type LoadedRequest, PLAN } from './run-request';
import type { RunStore } from './run-store';

/** Plans how a run is undone: by its journal, the last user first, so that an address that has moved is free again. */
export const planUndo = async (
  { seed, maxConcurrency }: LoadedRequest,
  store: RunStore,
  undone: RunStore,
): Promise<RunPlan> => {
  const plan = await undone.get<RunPlan>(PLAN);
  // One that was never planned, or was refused, has changed nobody.
  if (!plan || plan.refused) return NOTHING_TO_DO;
  const chunks = new Chunks(store, seed.requestsPerSecond, maxConcurrency);
  let users = 0;
  const subs = new Map<number, Promise<Readonly<Record<string, string>>>>();
  await forEachBlock(
    undone,
    plan,
    async (entries, chunk) => {
      if (!subs.has(chunk)) subs.set(chunk, subsOf(undone, chunk));
      const created = await subs.get(chunk)!;
      for (const { username, change } of entries) {
        if (!change) continue;
        users++;
        const sub = Object.hasOwn(created, username) ? created[username] : undefined;
        const undoing: Undoing = { line: 0, undo: change, ...(sub === undefined ? {} : { created: sub }) };
        const wait = chunks.add(undoing, 'reversible');
        if (wait) await wait;
      }
    },
    { backwards: true },
  );
  await chunks.end();
  return {
    ...NOTHING_TO_DO,
    chunks: chunks.reversible,
    sizes: chunks.sizes,
    concurrency: Math.max(1, Math.min(maxConcurrency, chunks.reversible.length)),
    users,
    planned: users,
  };
};

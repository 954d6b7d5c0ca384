import { setTimeout as sleep } from 'node:timers/promises';
import { progressOf } from './progress';
import type { RunPlan } from './run-plan';
import { PLAN } from './run-request';
import type { RunStore } from './run-store';

const LOOK_AGAIN = 5_000;

export interface Waiting {
  readonly store: RunStore;
  readonly toleratedFailures: number;
  readonly mayGoOn: () => boolean;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

/**
 * Waits for the chunks of the phases before a chunk's own: others may have taken them.
 *
 * @returns `over` where too many have failed there, `later` where there is no time left
 */
export const earlierPhases = async (
  chunk: number,
  { store, toleratedFailures, mayGoOn, pause = sleep }: Waiting,
): Promise<'done' | 'later' | 'over'> => {
  const { chunks = [], phases = [] } = (await store.get<RunPlan>(PLAN)) ?? {};
  const own = phases.findIndex((phase) => phase.includes(chunk));
  if (own < 1) return 'done'; // the state machine has seen to what can be taken back
  const earlier = [...chunks, ...phases.slice(0, own).flat()];
  for (;;) {
    const { failed, unfinished } = await progressOf(store, earlier);
    if (failed > toleratedFailures) return 'over';
    if (unfinished.length === 0) return 'done';
    if (!mayGoOn()) return 'later';
    await pause(LOOK_AGAIN);
  }
};

import type { Cognito } from '../cognito';
import { rulesOfRequest } from '../step';
import type { RunPlan } from './run-plan';
import { progressOf } from './progress';
import { type LoadedRequest, PLAN } from './run-request';
import type { RunStore } from './run-store';

/** At a removal, the group of those whom the seeder has created goes with the last of them. */
export const removeOwnerGroup = async (
  { step, ownSince }: LoadedRequest,
  store: RunStore,
  cognito: Pick<Cognito, 'removeGroup'>,
): Promise<void> => {
  const { owner } = rulesOfRequest(step);
  // It may have members of a former life.
  if (step.desired || owner === undefined || ownSince !== undefined) return;
  const { chunks, messages } = (await store.get<RunPlan>(PLAN))!;
  const { failed, unfinished } = await progressOf(store, [...chunks, ...messages]);
  if (failed === 0 && unfinished.length === 0) await cognito.removeGroup(owner);
};

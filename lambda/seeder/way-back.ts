import type { Refused } from './comparison';
import type { Journal } from './journal';
import type { Step } from './step';
import { NOTHING_DONE, type Outcome, restore, type Surroundings, transition } from './transition';

/** What has come of a way back. */
export interface WayBack extends Outcome {
  /** Who could not be brought back, and does not stand in the way. */
  readonly lost: readonly string[];
}

/** Undoes a step by its journal: users are as they were, as far as nobody has changed them since. */
export const undoStep = async (
  { changes, created }: Journal,
  surroundings: Pick<Surroundings, 'cognitoForRestoring' | 'passwords' | 'workers'>,
): Promise<WayBack> => {
  const subs = changes.filter(({ declaredAs }) => Object.hasOwn(created, declaredAs));
  const { restored, notRestored, lost } = await restore(
    { attempted: changes, created: new Map(subs.map((change) => [change, created[change.declaredAs]])) },
    surroundings,
  );
  return {
    ...NOTHING_DONE,
    planned: changes.length,
    changed: restored,
    unchanged: changes.length - restored.length - notRestored.length,
    notRestored,
    lost,
  };
};

/**
 * The same, and those whom the step has deleted are created as they are declared.
 *
 * @param plan the step back to the former declaration
 */
export const goBack = async (
  journal: Journal,
  plan: () => Promise<Step | Refused>,
  surroundings: Surroundings,
): Promise<WayBack> => {
  const undone = await undoStep(journal, surroundings);
  const gone = new Set(journal.changes.filter(({ remove }) => remove).map(({ declaredAs }) => declaredAs));
  const step = undone.lost.some((username) => gone.has(username)) ? await plan() : undefined;
  if (!step || 'problems' in step) return undone;
  const intents = step.intents.filter(({ username, creation }) => gone.has(username) && creation);
  // There is no way back from a way back, and no time kept for one.
  const budget = { ...surroundings.budget, tooManyToRestore: () => undefined };
  const { created } = await transition({ ...step, intents, bystanders: async () => [] }, { ...surroundings, budget });
  return {
    ...undone,
    changed: [...undone.changed, ...created],
    created,
    lost: undone.lost.filter((username) => !created.includes(username)),
  };
};

import { isWayBack, type StepDigests } from '../journal';
import type { Begun, SeederState, Settled } from './run-request';

/**
 * The run to undo, where CloudFormation is on its way back from it: instead of a step to the former declaration, which knows no
 * values from before.
 *
 * @param isRollingBack whether CloudFormation says so; asked only where its request may be the author's as well
 */
export const runToUndo = async (
  state: SeederState,
  settled: Settled | undefined,
  step: StepDigests,
  isRollingBack: () => Promise<boolean>,
): Promise<Begun | undefined> => {
  // One that is being undone is the one to be undone, until that has come to its end.
  const undoing = settled?.run === state.run ? undefined : state.undoing;
  const last = undoing ?? state.begun?.at(-1);
  if (!last?.step || !isWayBack(last.step, step)) return undefined;
  // Nobody goes back from a run that has failed, but CloudFormation; unless it was told nothing of the failure.
  return (last.run !== settled?.run && !last.detached) || (await isRollingBack()) ? last : undefined;
};

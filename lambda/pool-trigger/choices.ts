import type { Attachment, PoolTrigger } from '../../lib/private/contracts/pool-trigger';
import { type Choose, KEEP } from './set-trigger';
import { Refusal } from './trigger-error';

/** @param own functions of this trigger, the former one too */
export const attaching =
  (attachment: PoolTrigger, own: readonly string[] = []): Choose =>
  (live) => {
    if (live === attachment.functionArn) return KEEP;
    if (live !== undefined && !own.includes(live)) refuseToDisplace(live, attachment);
    return { trigger: attachment.functionArn };
  };

/** Between deployments, only what was displaced before is displaced again: what is new may be the next deployment's. */
export const checking =
  (attachment: Attachment): Choose =>
  (live) => {
    if (live === attachment.functionArn) return KEEP;
    if (live !== undefined) {
      refuseToDisplace(live, {
        ...attachment,
        displaceExisting: attachment.displaceExisting && live === attachment.formerArn,
      });
    }
    return { trigger: attachment.functionArn };
  };

/** What somebody else has attached since stays. */
export const detaching =
  ({ functionArn, formerArn }: Attachment): Choose =>
  (live) =>
    live === functionArn ? { trigger: formerArn } : KEEP;

/** @throws Refusal unless it may be displaced */
export function refuseToDisplace(live: string, { userPoolId, displaceExisting }: PoolTrigger): void {
  if (displaceExisting) return;
  throw new Refusal(
    `The user pool ${userPoolId} has another CustomMessage trigger, ${live}, and a pool takes one only: remove that one from the pool, or declare importedPool: { displaceExisting: true } for it to give way. Nothing was changed.`,
  );
}

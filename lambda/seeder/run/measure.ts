import type { Creation } from '../../../lib/private/contracts/seed-creation';
import { asksForGroups } from '../find';
import type { Planned } from '../plan-rows';
import { longestOf, NO_REQUESTS, type Requests, requestsOf } from '../requests';
import { type Change, isFinal, settle, settleCreation } from '../settle';
import { isLookedAt, unseen } from './carry-out';
import { isUndoing, type Item } from './item';

/** What may be done for a user, as far as it can be told before anybody looks at them again. */
const mayBeDone = (item: Item): Change[] => {
  if (isUndoing(item)) return [backOf(item.undo)];
  const { intent, live } = item;
  const { owner, isNew } = intent;
  if (owner !== undefined) return [{ ...unseen(intent), remove: true }, updateOf(item)];
  const creation = isNew && !live ? settleCreation(intent) : undefined;
  return creation ? [creation, updateOf(item)] : [updateOf(item)];
};

const updateOf = ({ intent, live }: Planned): Change => {
  const { delete: names, prune } = intent;
  const blindly = unseen({ ...intent, delete: [...names, ...Object.keys(prune)] });
  return (live && settle(intent, live)) ?? blindly;
};

/** As many requests as the change has taken. */
const backOf = (change: Change): Change => (change.create ? { ...change, create: undefined, remove: true } : change);

/** Whether it cannot be taken back what may be done for a user. On a way back, everything is to be done. */
export const mayBeFinal = (item: Item, creation: Creation | undefined): boolean =>
  !isUndoing(item) && mayBeDone(item).some((change) => isFinal(change, (creation?.invitation ?? []).length > 0));

/** How many requests it takes, each kind at a pace of its own. */
export class Effort {
  private most: Requests = NO_REQUESTS;
  private reads = 0;

  public add(item: Item): void {
    const requests = mayBeDone(item).map((change) => requestsOf(change));
    const most = (kind: keyof Requests) => this.most[kind] + Math.max(...requests.map((each) => each[kind]));
    this.most = { updates: most('updates'), creations: most('creations'), passwords: most('passwords') };
    this.reads += readsOf(item);
  }

  /** The longest queue. */
  public get requests(): number {
    return Math.max(longestOf(this.most), this.reads);
  }
}

const readsOf = (item: Item): number =>
  isUndoing(item)
    ? 1 + Number(item.undo.before.groups !== undefined)
    : Number(isLookedAt(item)) + Number(asksForGroups(item));

import type { Creation } from '../../../lib/private/contracts/seed-creation';
import { asksForGroups } from '../find';
import { isLookedAt, possibleChanges } from '../possible';
import { longestOf, NO_REQUESTS, type Requests, requestsOf } from '../requests';
import { type Change, type Phase, phaseOf, PHASES } from '../settle';
import { isUndoing, type Item } from './item';

const mayBeDone = (item: Item): Change[] => (isUndoing(item) ? [backOf(item.undo)] : possibleChanges(item));

/** As many requests as the change has taken. */
const backOf = (change: Change): Change => (change.create ? { ...change, create: undefined, remove: true } : change);

/** The last phase of what may be done for a user. On a way back, everything is to be done. */
export const phaseOfItem = (item: Item, creation: Creation | undefined): Phase => {
  if (isUndoing(item)) return 'reversible';
  const invites = (creation?.invitation ?? []).length > 0;
  const phases = possibleChanges(item).map((change) => phaseOf(change, invites));
  return [...PHASES].reverse().find((phase) => phases.includes(phase))!;
};

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

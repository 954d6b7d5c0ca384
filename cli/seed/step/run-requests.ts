import { valueOf } from '../../../lambda/seeder/attributes';
import { mayMessage } from '../../../lambda/seeder/contacts';
import type { Planned } from '../../../lambda/seeder/plan-rows';
import { requestsOf } from '../../../lambda/seeder/settle';

/** What a run on Step Functions sends at most: it reads nobody but who may lose something, or be messaged. */
export class RunRequests {
  public reads = 0;
  public writes = 0;

  public count(planned: Planned): void {
    this.writes += writesOf(planned);
    if (isRead(planned)) this.reads++;
  }
}

/** As carry-out.ts counts them, whose surroundings are those of a run alone. */
const writesOf = ({ intent: { set, delete: names, prune } }: Planned): number =>
  requestsOf({ set, delete: [...names, ...Object.keys(prune)] });

/** As carry-out.ts decides. */
const isRead = ({ intent: { set, prune }, live }: Planned): boolean =>
  mayMessage(set) || Object.entries(prune).some(([name, value]) => !live || valueOf(live.attributes, name) === value);

import { asksForGroups } from '../../../lambda/seeder/find';
import type { Planned } from '../../../lambda/seeder/plan-rows';
import { isLookedAt, possibleChanges } from '../../../lambda/seeder/possible';
import { NO_REQUESTS, type Requests, requestsOf, sumOf } from '../../../lambda/seeder/requests';
import type { Change } from '../../../lambda/seeder/settle';

/** What a run on Step Functions sends: it reads only those of whom the answer may change what is done. */
export class RunRequests {
  public reads = 0;
  public writes: Requests = NO_REQUESTS;
  /** By what the run is measured, which knows less of the pool. */
  public most: Requests = NO_REQUESTS;

  /** @param change what is left to do for the user, as the pool has them */
  public count(planned: Planned, change?: Change): void {
    const possible = possibleChanges(planned);
    const requests = possible.map(requestsOf);
    const most = (kind: keyof Requests) => Math.max(...requests.map((each) => each[kind]));
    this.most = sumOf([
      this.most,
      { updates: most('updates'), creations: most('creations'), passwords: most('passwords') },
    ]);
    // Nobody looks whether an update is needed.
    const done = change?.create || change?.remove ? change : possible.at(-1)!;
    this.writes = sumOf([this.writes, requestsOf(done)]);
    this.reads += Number(isLookedAt(planned)) + Number(asksForGroups(planned));
  }
}

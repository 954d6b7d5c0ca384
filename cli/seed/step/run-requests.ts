import { valueOf } from '../../../lambda/seeder/attributes';
import { mayMessage } from '../../../lambda/seeder/contacts';
import { asksForGroups } from '../../../lambda/seeder/find';
import type { Intent } from '../../../lambda/seeder/plan';
import type { Planned } from '../../../lambda/seeder/plan-rows';
import { NO_REQUESTS, type Requests, requestsOf, sumOf } from '../../../lambda/seeder/requests';
import { type Change, settle, settleCreation } from '../../../lambda/seeder/settle';

/** What a run on Step Functions sends: it reads only those of whom the answer may change what is done. */
export class RunRequests {
  public reads = 0;
  public writes: Requests = NO_REQUESTS;
  /** By what the run is measured, which knows less of the pool. */
  public most: Requests = NO_REQUESTS;

  /** @param restores whether what users had before is remembered, and put back */
  public constructor(private readonly restores = false) {}

  /** @param change what is left to do for the user, as the pool has them */
  public count(planned: Planned, change?: Change): void {
    const possible = mayBeDone(planned);
    const requests = possible.map(requestsOf);
    const most = (kind: keyof Requests) => Math.max(...requests.map((each) => each[kind]));
    this.most = sumOf([
      this.most,
      { updates: most('updates'), creations: most('creations'), passwords: most('passwords') },
    ]);
    // Nobody looks whether an update is needed.
    const done = change?.create || change?.remove ? change : possible.at(-1)!;
    this.writes = sumOf([this.writes, requestsOf(done)]);
    this.reads += Number(this.restores || isLookedAt(planned)) + Number(asksForGroups(planned));
  }
}

/** As measure.ts counts them, whose surroundings are those of a run alone. An update comes last. */
const mayBeDone = ({ intent, live }: Planned): Change[] => {
  const { owner, isNew, delete: names, prune } = intent;
  const update = (live && settle(intent, live)) ?? unseen(intent, [...names, ...Object.keys(prune)]);
  if (owner !== undefined) return [{ ...update, remove: true }, update];
  const creation = isNew && !live ? settleCreation(intent) : undefined;
  return creation ? [creation, update] : [update];
};

const unseen = ({ username, declared, set, clientMetadata, account }: Intent, names: readonly string[]): Change => ({
  declaredAs: username,
  declared,
  before: { username, attributes: {} },
  set,
  delete: names,
  clientMetadata,
  account,
});

/** As carry-out.ts decides. */
const isLookedAt = ({ intent, live }: Planned): boolean => {
  const { set, kept, isNew, declared, account, owner, prune } = intent;
  return (
    owner !== undefined ||
    kept !== undefined ||
    (isNew !== undefined && !live) ||
    (!declared && account !== undefined) ||
    mayMessage(set) ||
    Object.entries(prune).some(([name, value]) => !live || valueOf(live.attributes, name) === value)
  );
};

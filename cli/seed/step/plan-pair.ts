/** Plans the step from a seeder's former declaration to the one to come, with what the function itself plans with. */
import { comparesWithPool } from '../../../lambda/seeder/comparison';
import { type Planned, planRows } from '../../../lambda/seeder/plan-rows';
import { merge } from '../../../lambda/seeder/rows/merge';
import { type Rules, rulesOf } from '../../../lambda/seeder/rules';
import type { Declaration, DeferredUser, Pair } from '../declaration/declaration';
import { Cursor } from '../pool/cursor';
import { matchUsers } from '../pool/match';
import { sameUser } from '../pool/owners';
import type { Pool } from '../pool/pool';
import type { Workspace } from '../workspace';
import { declarationRows } from './declaration-rows';
import { type Duration, durationOf } from './duration';
import type { Entry } from './entry';
import { RunRequests } from './run-requests';
import { former, prunes } from './sides';
import { Spool } from './spool';
import { Tally } from './tally';
import { type Missing, UserPlans } from './user-plans';

/** The plan for one seeder. */
export interface SeederPlan {
  readonly pair: Pair;
  /** Of the two, the one that the plan is called after. */
  readonly declaration: Declaration;
  readonly pool: Pool;
  readonly rules: Rules;
  readonly isRemoval: boolean;
  readonly entries: Spool<Entry>;
  readonly missing: Spool<Missing>;
  /** Declared names that are one user's. */
  readonly sameUser: Spool<readonly string[]>;
  readonly deferred: readonly DeferredUser[];
  readonly tally: Tally;
  readonly duration: Duration;
}

/** @param limit how many users are listed of a kind */
export const planPair = async (pair: Pair, pool: Pool, workspace: Workspace, limit: number): Promise<SeederPlan> => {
  const declaration = (pair.desired ?? pair.previous)!;
  // The way back to a slow declaration is as quick as the way forward was.
  const requestsPerSecond = Math.max(...[pair.desired, pair.previous].map((one) => one?.seed.requestsPerSecond ?? 0));
  const isRemoval = pair.desired === undefined;
  const desired = pair.desired?.seed;
  const previous = former(pair, pool);
  const rules = rulesOf(previous, desired, prunes(pair));
  const looksAtPool = comparesWithPool(previous, desired);
  // A mistake in a file is told before a long read.
  const openDesired = await declarationRows(desired, 'desired', pair, pool, workspace);
  const openPrevious = await declarationRows(previous, 'previous', pair, pool, workspace);
  const listings = await pool.listings(previous, desired);
  const declared = async () => ({ previous: await openPrevious(), desired: await openDesired() });
  const { isCaseSensitive } = pool.description;
  const folded = (name: string) => (isCaseSensitive ? name : name.toLowerCase());
  const { live, owners, kept } = await matchUsers(
    {
      declared,
      users: async () => merge(await Promise.all(listings.map(({ open }) => open()))),
      pool,
      folded,
      anew: looksAtPool,
      keptAttributes: rules.kept,
      owner: rules.owner,
    },
    workspace,
  );

  const lists = {
    entries: new Spool<Entry>(workspace.path('entries'), limit),
    missing: new Spool<Missing>(workspace.path('missing'), limit),
    sameUser: new Spool<readonly string[]>(workspace.path('same-user'), limit),
  };
  const tally = new Tally();
  const onRun = new RunRequests();
  const users = new Cursor(await live());
  const plans = await UserPlans.begin(
    { rules, isRemoval, made: declaration.made, pool, folded, users, owners, tally, ...lists },
    workspace,
  );
  const take = async (planned: Planned): Promise<void> => onRun.count(planned, await plans.take(planned));
  const result = await planRows(
    { ...(await declared()), ...(looksAtPool ? { live: await live() } : {}) },
    {
      // What users had before, only the deployment knows.
      rules: { ...rules, restores: false },
      removal: isRemoval,
      onPlanned: take,
      // Nobody is asked for a second time, and nothing is sent, where nobody is created.
      onMissing: async (planned) => void (await (planned.intent.creation ? take(planned) : plans.take(planned))),
    },
  );
  users.close();
  if (!isRemoval) for await (const names of sameUser(await owners.open())) await lists.sameUser.add(names);
  await Promise.all(Object.values(lists).map((list) => list.end()));
  tally.kept = kept;
  tally.conclude(result.users, lists.missing.count);

  return {
    pair,
    declaration,
    pool,
    rules,
    isRemoval,
    ...lists,
    deferred: pair.desired?.deferred ?? [],
    tally,
    duration: durationOf(
      {
        pages: looksAtPool ? listings.reduce((sum, { pages }) => sum + pages, 0) : 0,
        onFunction: {
          planned: result.planned + result.missing,
          // Whoever has been listed need not be read.
          reads: (looksAtPool ? result.missing : result.planned) + plans.groupReads,
          writes: tally.requests,
          toUndo: tally.requestsToUndo,
        },
        onRun,
      },
      requestsPerSecond,
      declaration.engine,
      isRemoval,
    ),
  };
};

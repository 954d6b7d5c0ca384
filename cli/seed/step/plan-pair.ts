/** Plans the step from a seeder's former declaration to the one to come, with what the function itself plans with. */
import { createReadStream } from 'node:fs';
import { where } from '../../../lambda/seeder/attributes';
import type { Seed } from '../../../lib/private/contracts/seed';
import { comparesWithPool } from '../../../lambda/seeder/comparison';
import { declaredRows } from '../../../lambda/seeder/declared-rows';
import { decodeLive, ruleRows } from '../../../lambda/seeder/listing';
import type { Objects } from '../../../lambda/seeder/objects';
import { type Planned, planRows } from '../../../lambda/seeder/plan-rows';
import { merge } from '../../../lambda/seeder/rows/merge';
import { type OpenRows, rowsInMemory } from '../../../lambda/seeder/rows/rows';
import { requestsOf, requestsToUndo, settle } from '../../../lambda/seeder/settle';
import type { Declaration, DeferredUser, Pair } from '../declaration/declaration';
import { Cursor } from '../pool/cursor';
import { matchUsers } from '../pool/match';
import type { Pool } from '../pool/pool';
import { ownerRow, renamedUsers, sameUser } from '../pool/owners';
import type { Workspace } from '../workspace';
import { type Duration, durationOf } from './duration';
import { type Entry, entryOf } from './entry';
import { mistakesIn } from './mistakes';
import { RunRequests } from './run-requests';
import { Spool } from './spool';
import { Tally } from './tally';

export interface Missing {
  readonly username: string;
  readonly line: number;
}

/** The plan for one seeder. */
export interface SeederPlan {
  readonly pair: Pair;
  /** Of the two, the one that the plan is called after. */
  readonly declaration: Declaration;
  readonly pool: Pool;
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
  const looksAtPool = comparesWithPool(previous, desired);
  // A mistake in a file is told before a long read.
  const openDesired = await rowsOf(desired, 'desired', pair, pool, workspace);
  const openPrevious = await rowsOf(previous, 'previous', pair, pool, workspace);
  const listings = await pool.listings(previous, desired);
  const declared = async () => ({ previous: await openPrevious(), desired: await openDesired() });
  const { live, owners } = await matchUsers(
    {
      declared: await declared(),
      pool: async () => merge(await Promise.all(listings.map(({ open }) => open()))),
      isCaseSensitive: pool.description.isCaseSensitive,
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
  const keptOf = await renamedUsers(await owners.open(), workspace);
  const take = async ({ intent, line, live: known }: Planned): Promise<void> => {
    const { username, declared: isDeclared } = intent;
    const found = known === undefined ? await users.find(username) : undefined;
    const user = known ?? (found === undefined ? undefined : decodeLive(found));
    if (!user) return void (isDeclared && (await lists.missing.add({ username, line })));
    const kept = isDeclared ? [] : await keptOf(username);
    const change = settle({ ...intent, prune: where(intent.prune, (name) => !kept.includes(name)) }, user);
    if (!change) return;
    const entry = entryOf(change, line, pool.description);
    tally.count(entry, requestsOf(change), requestsToUndo(change), isDeclared || isRemoval);
    await lists.entries.add(entry);
    await owners.add(ownerRow(user.username, { name: username, isChanged: true }));
  };
  const result = await planRows(
    { ...(await declared()), ...(looksAtPool ? { live: await live() } : {}) },
    {
      prune: prunes(pair),
      removal: isRemoval,
      onPlanned: (planned) => {
        onRun.count(planned);
        return take(planned);
      },
      onMissing: take,
    },
  );
  users.close();
  if (!isRemoval) for await (const names of sameUser(await owners.open())) await lists.sameUser.add(names);
  await Promise.all(Object.values(lists).map((list) => list.end()));
  tally.conclude(result.users, lists.missing.count);

  return {
    pair,
    declaration,
    pool,
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
          reads: looksAtPool ? lists.missing.count : result.planned,
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

const rowsOf = async (
  seed: Seed | undefined,
  name: 'previous' | 'desired',
  pair: Pair,
  pool: Pool,
  workspace: Workspace,
): Promise<OpenRows> => {
  if (seed?.source.kind === 'existing') {
    const { selector, attributes } = seed.source.existing;
    return async () => ruleRows(await (await pool.listed(selector)).open(), attributes);
  }
  const rows = await declaredRows(seed, name, { objects: LOCAL_FILES, store: workspace.store(), listings: [] });
  if (rows.kind === 'rows') return rows.open;
  if (rows.kind === 'broken' && seed?.source.kind === 'object') {
    throw await mistakesIn(seed.source.object, rows.problems, rows.more, pair[name]?.stack === undefined);
  }
  return async () => rowsInMemory([]);
};

/** What has been declared before, of those of whom it is known what is declared now: nobody has left who is not. */
const former = ({ previous, desired }: Pair, pool: Pool) => {
  if (!previous) return undefined;
  const { seed } = previous;
  // Another pool means another resource, under which nothing has been declared yet.
  if (desired && desired.seed.userPoolId !== seed.userPoolId && isElsewhere(seed.userPoolId, pool)) return undefined;
  if (seed.source.kind !== 'inline') return seed;
  const deferred = new Set(desired?.deferred.map(({ username }) => username));
  return {
    ...seed,
    source: { kind: 'inline' as const, users: seed.source.users.filter(({ username }) => !deferred.has(username)) },
  };
};

const isElsewhere = (userPoolId: string, { id }: Pool): boolean => /^[\w-]+_\w+$/.test(userPoolId) && userPoolId !== id;

const prunes = ({ previous, desired }: Pair): boolean =>
  desired ? desired.seed.prune : previous?.seed.onRemoval === 'DESTROY';

/** Whatever stands in a bucket later is a file here: see seeder.ts. */
const LOCAL_FILES: Objects = { read: async ({ bucket }) => createReadStream(bucket) };

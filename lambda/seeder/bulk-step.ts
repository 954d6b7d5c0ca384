import type { Seed } from '../../lib/private/contracts/seed';
import { decodeRow, usernameOf } from '../../lib/private/contracts/seed-row';
import type { Cognito } from './cognito';
import { compare, comparesWithPool, fileOf, type Refused } from './comparison';
import type { Surroundings } from './declared-rows';
import { isGone } from './failure';
import { encodeFormerRow } from './former';
import type { Formers } from './journal';
import { AS_THEY_ARE, emptyWhereGone, listingsOf, liveLines, mayBeGone, type PoolReader, readPool } from './listing';
import { look, type Seen } from './look';
import { type Intent, planUser } from './plan';
import { type Planned, planRows } from './plan-rows';
import { PLAIN } from './rules';
import { forEachRow, type OpenRows, rowsInMemory } from './rows/rows';
import { Sorter } from './rows/sort';
import type { LiveUser } from './settle';
import { type Request, rulesOfRequest, type Step } from './step';
import type { Store } from './store/store';

export interface BulkSurroundings extends Pick<Surroundings, 'objects' | 'store'> {
  readonly reader: PoolReader;
  readonly cognito: Cognito;
  readonly workers: number;
  /** How many users a step may change at most. What goes beyond is counted alone. */
  readonly limit: number;
  /** What users had before all declarations. */
  readonly formers: Formers;
}

/** A step, and how many users it would change, all of them or more than the limit. */
export interface BulkStep {
  readonly step: Step;
  readonly planned: number;
  readonly previousLost: boolean;
}

/** The step between two declarations of which one at least does not stand in the properties, or that looks at the pool. */
export const bulkStep = async (
  request: Request,
  { objects, store, reader, cognito, workers, limit, formers }: BulkSurroundings,
): Promise<BulkStep | Refused> => {
  const { previous, desired, onMissingUser } = request;
  const rules = rulesOfRequest(request);
  const removal = desired === undefined;
  const live = comparesWithPool(previous, desired);
  const listings = live ? await readListings(previous, desired, removal ? emptyWhereGone(reader) : reader, store) : [];
  const comparison = await compare(previous, desired, live, { objects, store, listings });
  if ('refusal' in comparison) return comparison;

  const intents: Intent[] = [];
  const lines = new Map<string, number>();
  const users = new Map<string, LiveUser>();
  const absent: string[] = [];
  const memories: Intent[] = [];
  const keep = ({ line, intent, live: user }: Planned) => {
    if (intents.length >= limit) return;
    intents.push(intent);
    if (line > 0) lines.set(intent.username, line);
    if (user) users.set(intent.username, user);
  };
  const result = await planRows(
    {
      previous: await comparison.previous(),
      desired: await comparison.desired(),
      live: await comparison.live?.(),
      former: rowsInMemory(
        Object.keys(formers)
          .sort()
          .map((name) => encodeFormerRow(name, formers[name])),
      ),
    },
    {
      rules,
      clientMetadata: desired?.clientMetadata,
      removal,
      onPlanned: keep,
      onMemory: (intent) => void memories.push(intent),
      onMissing: (planned) => {
        absent.push(planned.intent.username);
        keep(planned);
      },
    },
  );
  const changing = new Set(intents.map(({ username }) => username));
  const step: Step = {
    intents,
    remembered: memories.filter(({ username }) => !changing.has(username)),
    users: result.users,
    repeated: [],
    bystanders: (names) => bystanders(names, intents, comparison.desired),
    seen: live ? await seen(users, absent.slice(0, limit), cognito, workers) : undefined,
    placeOf: (username) => {
      const line = lines.get(username);
      return line === undefined || !desired ? undefined : { file: fileOf(desired), line };
    },
    onMissingUser,
    rules,
    removal,
  };
  return { step, planned: result.planned + result.missing, previousLost: comparison.previousLost };
};

const readListings = async (
  previous: Seed | undefined,
  desired: Seed | undefined,
  reader: PoolReader,
  store: Store,
): Promise<Surroundings['listings']> => {
  const found = [];
  for (const [index, listing] of listingsOf(previous, desired, true).entries()) {
    const gone = (error: unknown) => {
      if (isGone(error) && mayBeGone(listing, desired)) return undefined;
      throw error;
    };
    const names = listing.withAliases ? await reader.names() : AS_THEY_ARE;
    const sorter = new Sorter(store, `listing-${index}`);
    await readPool(reader, listing.selector, async (user) => {
      for (const line of liveLines(user, names)) await sorter.add(line);
    }).catch(gone);
    found.push({ listing, names, open: () => sorter.open() });
  }
  return found;
};

/** ListUsers learns of new users a little later than they are there: so whom it lacks is asked for by name. */
const seen = async (
  users: ReadonlyMap<string, LiveUser>,
  absent: readonly string[],
  cognito: Cognito,
  workers: number,
): Promise<Seen> => {
  const asked = await look(absent, cognito, workers);
  return { ...asked, users: new Map([...users, ...asked.users]) };
};

/** Declared users for whom nothing changes, under these names. */
const bystanders = async (
  names: ReadonlySet<string>,
  intents: readonly Intent[],
  desired: OpenRows,
): Promise<Intent[]> => {
  const concerned = new Set(intents.map(({ username }) => username));
  const found: Intent[] = [];
  await forEachRow(await desired(), (line) => {
    const name = usernameOf(line);
    if (!names.has(name.toLowerCase()) || concerned.has(name)) return;
    const { username, attributes } = decodeRow(line).user;
    const declared = { attributes };
    found.push(
      planUser({ username, before: declared, after: declared, clientMetadata: {} }, { ...PLAIN, prune: false }),
    );
  });
  return found;
};

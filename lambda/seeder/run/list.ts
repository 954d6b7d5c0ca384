import type { ListAnswer } from '../../../lib/private/contracts/seed-run';
import { comparesWithPool } from '../comparison';
import { isGone } from '../failure';
import type { Surroundings } from '../declared-rows';
import {
  AS_THEY_ARE,
  type Listing,
  listingsOf,
  liveLines,
  mayBeGone,
  type Names,
  type PoolReader,
  readPool,
} from '../listing';
import { openRuns, Sorter } from '../rows/sort';
import { rulesOfRequest } from '../step';
import type { LoadedRequest } from './run-request';
import type { RunStore } from './run-store';

/** How far the pool has been read, as `listings.json`: page by page, over as many invocations as it takes. */
interface ListingState {
  readonly listing: Listing;
  readonly runs: number;
  readonly names: Names;
  readonly token?: string;
  readonly done: boolean;
}

const STATES = 'listings.json';

/** Where former values are to come back, declared names have to be the same from run to run, as the pool takes them. */
export const comparesLive = ({ step, unsettled }: LoadedRequest): boolean =>
  (unsettled && step.desired !== undefined) ||
  rulesOfRequest(step).restores ||
  comparesWithPool(step.previous, step.desired);

/** Reads what a plan has to know of the pool, as far as there is time. */
export const list = async (
  request: LoadedRequest,
  store: RunStore,
  reader: PoolReader,
  mayGoOn: () => boolean,
): Promise<ListAnswer> => {
  const states = (await store.get<ListingState[]>(STATES)) ?? (await begin(request, reader));
  for (const [index, state] of states.entries()) {
    if (state.done) continue;
    const sorter = new Sorter(store, sortedName(index), state.runs);
    const token = await readPool(
      reader,
      state.listing.selector,
      async (user) => {
        for (const line of liveLines(user, state.names)) {
          const wait = sorter.add(line);
          if (wait) await wait;
        }
      },
      { token: state.token, mayGoOn },
    ).catch((error) => {
      if (isGone(error) && mayBeGone(state.listing, request.step.desired)) return undefined;
      if (isExpired(error, state)) return EXPIRED;
      throw error;
    });
    if (token === EXPIRED) {
      states[index] = { ...state, runs: 0, token: undefined };
      break;
    }
    states[index] = { ...state, runs: await sorter.flush(), token, done: token === undefined };
    if (token !== undefined) break;
  }
  await store.put(STATES, states);
  return { done: states.every(({ done }) => done) };
};

/** A token is good for an hour, and a redriven run may come later: then the list begins anew. */
const isExpired = (error: unknown, { token }: ListingState): boolean =>
  token !== undefined && (error as Error).name === 'InvalidParameterException';
const EXPIRED = '';

const begin = async (request: LoadedRequest, reader: PoolReader): Promise<ListingState[]> => {
  const { previous, desired, prune } = request.step;
  if ((desired === undefined && !prune) || request.undoes !== undefined) return [];
  const listings = listingsOf(previous, desired, comparesLive(request));
  const names = listings.some(({ withAliases }) => withAliases) ? await reader.names() : AS_THEY_ARE;
  return listings.map((listing) => ({
    listing,
    runs: 0,
    names: listing.withAliases ? names : AS_THEY_ARE,
    done: false,
  }));
};

export const openListings = async (store: RunStore): Promise<Surroundings['listings']> => {
  const states = (await store.get<ListingState[]>(STATES)) ?? [];
  return states.map(({ listing, names, runs }, index) => ({
    listing,
    names,
    open: () => openRuns(store, sortedName(index), runs),
  }));
};

const sortedName = (index: number): string => `sorted/listing-${index}`;

import type { Seed } from '../../lib/private/contracts/seed';
import type { Selector } from '../../lib/private/contracts/seed-source';
import { encodeRow } from '../../lib/private/contracts/seed-row';
import { classify } from './failure';
import type { Rows } from './rows/rows';
import type { LiveUser } from './settle';

/**
 * Users as a line of sorted rows: under each name by which a declaration may call them, with the name by which the pool
 * does. ListUsers reads 60 users with one request, and counts nobody as active.
 */
export const liveLines = (user: LiveUser, { aliases, caseSensitive }: Names): string[] => {
  const counts = ({ attribute, whenVerified }: Alias) =>
    !whenVerified || user.attributes[`${attribute}_verified`] === 'true';
  const names = [user.username, ...aliases.filter(counts).map(({ attribute }) => user.attributes[attribute])].filter(
    Boolean,
  );
  return [...new Set(caseSensitive ? names : names.map((name) => name.toLowerCase()))].map(
    (name) => `0 ${JSON.stringify([name, user.attributes, user.username, user.enabled])}`,
  );
};

export const decodeLive = (line: string): LiveUser => {
  const [, attributes, username, enabled] = JSON.parse(line.slice(2)) as [
    string,
    Record<string, string>,
    string,
    boolean,
  ];
  return { username, attributes, enabled };
};

/** The users as a rule declares them: alike. Under their aliases they are nobody of their own. */
export const ruleRows = async (live: Rows, attributes: Readonly<Record<string, string>>): Promise<Rows> => {
  let current: string | undefined;
  const settle = async (): Promise<void> => {
    for (current = undefined; live.current !== undefined; await live.advance()) {
      const [name, , username] = JSON.parse(live.current.slice(2)) as [string, unknown, string];
      if (name === username || name === username.toLowerCase())
        return void (current = encodeRow({ line: 0, user: { username, attributes } }));
    }
  };
  await settle();
  return {
    get current() {
      return current;
    },
    advance: async () => {
      await live.advance();
      await settle();
    },
    close: () => live.close(),
  };
};

/** One page of a pool's users. */
export interface Page {
  readonly users: readonly LiveUser[];
  /** Undefined after the last page. */
  readonly next?: string;
}

/** The two calls that read a pool in pages. */
export interface PoolReader {
  page(selector: Selector, token: string | undefined): Promise<Page>;
  names(): Promise<Names>;
}

/** At a removal, a pool that is gone has no users left to clean. */
export const emptyWhereGone = (reader: PoolReader): PoolReader => ({
  page: (selector, token) => reader.page(selector, token).catch(orIfGone({ users: [] })),
  names: () => reader.names().catch(orIfGone(AS_THEY_ARE)),
});

const orIfGone =
  <T>(instead: T) =>
  (error: unknown): T => {
    if (classify(error) === 'pool-missing') return instead;
    throw error;
  };

/** What users of a pool may be called in a declaration. */
export interface Names {
  /** The attributes by which users may sign in, beside their username. */
  readonly aliases: readonly Alias[];
  /** Whether Ann and ann are two. */
  readonly caseSensitive: boolean;
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html#user-pool-settings-aliases */
export interface Alias {
  readonly attribute: string;
  /** Whether it is one only while it is verified. */
  readonly whenVerified: boolean;
}

/** Where users are taken as the pool calls them. */
export const AS_THEY_ARE: Names = { aliases: [], caseSensitive: true };

/**
 * Reads the selected users, page by page.
 *
 * @param token where to go on
 * @param mayGoOn asked before each page
 * @returns where to go on, undefined when all have been read
 */
export const readPool = async (
  reader: PoolReader,
  selector: Selector,
  onUser: (user: LiveUser) => void | Promise<void>,
  { token, mayGoOn = () => true }: { token?: string; mayGoOn?: () => boolean } = {},
): Promise<string | undefined> => {
  let next = token;
  do {
    if (!mayGoOn()) return next;
    const page = await reader.page(selector, next);
    for (const user of page.users) {
      const wait = onUser(user);
      if (wait) await wait;
    }
    next = page.next;
  } while (next !== undefined);
  return undefined;
};

/** A part of the pool that a step has to know. */
export interface Listing {
  readonly selector: Selector;
  /** Whether its users are looked for under their aliases, too. */
  readonly withAliases: boolean;
}

/** What has to be read of the pool for a step between two declarations. */
export const listingsOf = (previous: Seed | undefined, desired: Seed | undefined, live: boolean): Listing[] => {
  const sources = [previous, desired].flatMap((seed) => (seed ? [seed.source] : []));
  const rules = sources.flatMap((source) => (source.kind === 'existing' ? [source.existing.selector] : []));
  const declared = live && sources.some(({ kind }) => kind !== 'existing');
  const selectors = [...(declared ? [ALL] : []), ...rules];
  return selectors
    .filter((selector, index) => selectors.findIndex((other) => isSame(other, selector)) === index)
    .map((selector) => ({ selector, withAliases: declared && selector.kind === 'all' }));
};

/** Whether a group that is gone is as good as empty: nobody is to be given anything there. */
export const mayBeGone = ({ selector }: Listing, desired: Seed | undefined): boolean =>
  selector.kind === 'group' &&
  !(desired?.source.kind === 'existing' && isSame(desired.source.existing.selector, selector));

const ALL: Selector = { kind: 'all' };

export const isSame = (one: Selector, other: Selector): boolean => JSON.stringify(one) === JSON.stringify(other);

import type { Seed } from '../../../lib/private/contracts/seed';
import type { Selector } from '../../../lib/private/contracts/seed-source';
import { isGroupMissing } from '../../../lambda/seeder/group-not-found';
import { AS_THEY_ARE, listingsOf, liveLines, type PoolReader, readPool } from '../../../lambda/seeder/listing';
import { adaptivePace, LISTS_PER_SECOND, systemClock } from '../../../lambda/seeder/pace';
import type { Patience } from '../../../lambda/seeder/patience';
import { createPoolReader } from '../../../lambda/seeder/pool-reader';
import type { OpenRows } from '../../../lambda/seeder/rows/rows';
import type { Workspace } from '../workspace';
import { createClient, type PoolAccess, poolError } from './client';
import { describePool, type PoolDescription } from './description';

/** Takes how many users have been read so far. */
export type OnRead = (users: number, pool: Pool) => void;

interface ListedUsers {
  readonly open: OpenRows;
  /** How many requests it took. */
  readonly pages: number;
}

/** The SDK tries again, and nobody waits 45 seconds for a policy that has just been attached. */
const bySdk: Patience = async (pace, send) => {
  await pace.turn(Infinity);
  return send(new AbortController().signal);
};

/** A pool as it is, read in pages and kept on disk. Several seeders of one pool read it once. */
export class Pool {
  public static async open(id: string, access: PoolAccess, workspace: Workspace, onRead: OnRead): Promise<Pool> {
    try {
      const client = createClient(id, access);
      const description = await describePool(client, id);
      const reader = createPoolReader(client, id, adaptivePace(LISTS_PER_SECOND, systemClock), bySdk);
      return new Pool(id, description, reader, workspace, onRead);
    } catch (error) {
      throw poolError(error, id, `the user pool ${id}`);
    }
  }

  private readonly read = new Map<string, Promise<ListedUsers>>();
  private readonly groups = new Map<string, Promise<boolean>>();

  private constructor(
    public readonly id: string,
    public readonly description: PoolDescription,
    private readonly reader: PoolReader,
    private readonly workspace: Workspace,
    private readonly onRead: OnRead,
  ) {}

  /** What has to be known of the pool for a step between two declarations. */
  public async listings(previous: Seed | undefined, desired: Seed | undefined): Promise<ListedUsers[]> {
    const listings = [];
    for (const { selector } of listingsOf(previous, desired, true)) listings.push(await this.listed(selector));
    return listings;
  }

  public listed(selector: Selector): Promise<ListedUsers> {
    return this.reading(selector).catch((error) => {
      throw poolError(error, this.id, this.subject(selector));
    });
  }

  /** @returns undefined where the pool has no such group */
  public members(group: string): Promise<ListedUsers | undefined> {
    return this.reading({ kind: 'group', group }).catch((error) => this.unlessGone(error, group));
  }

  public hasGroup(group: string): Promise<boolean> {
    const selector = { kind: 'group', group } as const;
    const listing: Promise<unknown> = this.read.get(JSON.stringify(selector)) ?? this.reader.page(selector, undefined);
    const known =
      this.groups.get(group) ??
      listing.then(
        () => true,
        (error) => this.unlessGone(error, group) !== undefined,
      );
    this.groups.set(group, known);
    return known;
  }

  private reading(selector: Selector): Promise<ListedUsers> {
    const key = JSON.stringify(selector);
    const known = this.read.get(key) ?? this.list(selector);
    this.read.set(key, known);
    return known;
  }

  /** The pool itself has been there a moment ago. */
  private unlessGone(error: unknown, group: string): undefined {
    if (isGroupMissing(error)) return undefined;
    throw poolError(error, this.id, this.subject({ kind: 'group', group }));
  }

  private async list(selector: Selector): Promise<ListedUsers> {
    const sorter = this.workspace.sorter();
    let users = 0;
    let pages = 0;
    const counting: PoolReader = {
      ...this.reader,
      page: (...page) => {
        pages++;
        return this.reader.page(...page);
      },
    };
    await readPool(counting, selector, async (user) => {
      const aliases = this.description
        .aliasesOf(user.attributes)
        .map((attribute) => ({ attribute, whenVerified: false }));
      // Lower case is match.ts's affair, which keeps the names as they have been declared.
      for (const line of liveLines(user, { ...AS_THEY_ARE, aliases })) await sorter.add(line);
      this.onRead(++users, this);
    });
    return { open: () => sorter.open(), pages };
  }

  private subject(selector: Selector): string {
    if (selector.kind === 'group') return `the group ${selector.group} of the user pool ${this.id}`;
    return selector.kind === 'filter' ? `what a filter finds in the user pool ${this.id}` : `the user pool ${this.id}`;
  }
}

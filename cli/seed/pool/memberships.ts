/** Who is in which group: listed group by group, since the pool tells it of one user at a time otherwise. */
import { usernameOf } from '../../../lib/private/contracts/seed-row';
import { decodeLive } from '../../../lambda/seeder/listing';
import type { Workspace } from '../workspace';
import { Cursor, each } from './cursor';
import type { Pool } from './pool';

export interface Memberships {
  /** The listed groups of a user who is asked for by name, in the order of names. */
  groupsOf(name: string, username: string): Promise<string[]>;
  close(): void;
}

/** @param folded a name as the pool compares it */
export const readMemberships = async (
  groups: Iterable<string>,
  pool: Pick<Pool, 'members'>,
  folded: (name: string) => string,
  workspace: Workspace,
): Promise<Memberships> => {
  const sorter = workspace.sorter();
  for (const group of groups) {
    const members = await pool.members(group);
    // A group that is not there has no members.
    if (!members) continue;
    for await (const line of each(await members.open())) {
      await sorter.add(`0 ${JSON.stringify([folded(usernameOf(line)), decodeLive(line).username, group])}`);
    }
  }
  const cursor = new Cursor(await sorter.open());
  return {
    groupsOf: async (name, username) => {
      const rows = (await cursor.all(name)).map((line) => JSON.parse(line.slice(2)) as [string, string, string]);
      // Somebody else's alias may be called so, too.
      return [...new Set(rows.filter(([, member]) => member === username).map(([, , group]) => group))];
    },
    close: () => cursor.close(),
  };
};

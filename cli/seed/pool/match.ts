/** Finds the declared users in the pool, as Cognito would by username, alias or `sub`. */
import type { KeptAttributes } from '../../../lib/private/contracts/seed';
import { contentOf, decodeRow } from '../../../lib/private/contracts/seed-row';
import { decodeLive } from '../../../lambda/seeder/listing';
import { join, type ToJoin } from '../../../lambda/seeder/rows/join';
import type { OpenRows, Rows } from '../../../lambda/seeder/rows/rows';
import type { Sorter } from '../../../lambda/seeder/rows/sort';
import type { Workspace } from '../workspace';
import { Cursor, each } from './cursor';
import { GroupsConcerned } from './groups-concerned';
import { keptValues } from './kept-values';
import { liveRow, renamed } from './live-row';
import { readMemberships } from './memberships';
import { ownerRow } from './owners';
import type { Pool } from './pool';

export interface Match {
  /** The users of the pool, each under the name by which the declarations call them: see live-row.ts. */
  readonly live: OpenRows;
  /** Whose names the declared ones are: see owners.ts. */
  readonly owners: Sorter;
  /** How many declared values are not given to users who have another one. */
  readonly kept: number;
}

export interface ToMatch {
  readonly declared: () => Promise<Pick<ToJoin, 'previous' | 'desired'>>;
  readonly users: OpenRows;
  readonly pool: Pick<Pool, 'members'>;
  /** A name as the pool compares it. */
  readonly folded: (name: string) => string;
  /** Whether all that is declared counts, changed or not. */
  readonly anew: boolean;
  readonly keptAttributes: KeptAttributes;
  /** The group of those who are deleted when they leave the declaration. */
  readonly owner?: string;
}

export const matchUsers = async (
  { declared, users, pool, folded, anew, keptAttributes, owner }: ToMatch,
  workspace: Workspace,
): Promise<Match> => {
  const names = workspace.sorter();
  const groups = new GroupsConcerned(anew, owner);
  await join(await declared(), ({ previous, desired }) => {
    const before = previous === undefined ? undefined : decodeRow(previous).user;
    const after = desired === undefined ? undefined : decodeRow(desired).user;
    const isSame = previous !== undefined && desired !== undefined && contentOf(previous) === contentOf(desired);
    if (anew || !isSame) groups.add(before, after);
    const { username } = (after ?? before)!;
    return names.add(`0 ${JSON.stringify([folded(username), username, after?.attributes])}`);
  });
  const memberships = await readMemberships(groups.names, pool, folded, workspace);

  const live = workspace.sorter();
  const owners = workspace.sorter();
  const cursor = new Cursor(await foldedRows(await users(), folded, workspace));
  let kept = 0;
  for await (const line of each(await names.open())) {
    const [key, name, attributes] = JSON.parse(line.slice(2)) as [string, string, Record<string, string> | null];
    const found = await cursor.find(key);
    if (found === undefined) continue;
    const user = decodeLive(found);
    await live.add(liveRow(name, user, await memberships.groupsOf(key, user.username)));
    await owners.add(ownerRow(user.username, { name, declared: attributes ? Object.keys(attributes) : undefined }));
    if (attributes) kept += keptValues(attributes, user.attributes, keptAttributes);
  }
  cursor.close();
  memberships.close();
  return { live: () => live.open(), owners, kept };
};

/** The pool's users under their names as it compares them. */
const foldedRows = async (rows: Rows, folded: (name: string) => string, workspace: Workspace): Promise<Rows> => {
  if (folded('A') === 'A') return rows;
  const sorter = workspace.sorter();
  for await (const line of each(rows)) await sorter.add(renamed(line, folded));
  return sorter.open();
};

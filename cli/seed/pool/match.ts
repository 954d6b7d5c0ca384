/** Finds the declared users in the pool, as Cognito would by username, alias or `sub`. */
import { decodeRow, usernameOf } from '../../../lib/private/contracts/seed-row';
import { decodeLive } from '../../../lambda/seeder/listing';
import { join, type ToJoin } from '../../../lambda/seeder/rows/join';
import type { OpenRows, Rows } from '../../../lambda/seeder/rows/rows';
import type { Sorter } from '../../../lambda/seeder/rows/sort';
import type { Workspace } from '../workspace';
import { Cursor, each } from './cursor';
import { ownerRow } from './owners';

export interface Match {
  /** The users of the pool, each under the name by which the declarations call them. */
  readonly live: OpenRows;
  /** Whose names the declared ones are: see owners.ts. */
  readonly owners: Sorter;
}

export interface ToMatch {
  readonly declared: Pick<ToJoin, 'previous' | 'desired'>;
  readonly pool: OpenRows;
  readonly isCaseSensitive: boolean;
}

export const matchUsers = async (
  { declared, pool, isCaseSensitive }: ToMatch,
  workspace: Workspace,
): Promise<Match> => {
  const folded = (name: string) => (isCaseSensitive ? name : name.toLowerCase());
  const names = workspace.sorter();
  await join(declared, ({ previous, desired }) => {
    const name = usernameOf((desired ?? previous)!);
    const attributes = desired === undefined ? undefined : Object.keys(decodeRow(desired).user.attributes);
    return names.add(`0 ${JSON.stringify([folded(name), name, attributes])}`);
  });

  const live = workspace.sorter();
  const owners = workspace.sorter();
  const cursor = new Cursor(await (isCaseSensitive ? pool() : foldedRows(await pool(), workspace)));
  for await (const line of each(await names.open())) {
    const [key, name, attributes] = JSON.parse(line.slice(2)) as [string, string, string[] | null];
    const found = await cursor.find(key);
    if (found === undefined) continue;
    const user = decodeLive(found);
    await live.add(`0 ${JSON.stringify([name, user.attributes, user.username])}`);
    await owners.add(ownerRow(user.username, { name, declared: attributes ?? undefined }));
  }
  cursor.close();
  return { live: () => live.open(), owners };
};

/** The pool's users under their names in lower case. */
const foldedRows = async (rows: Rows, workspace: Workspace): Promise<Rows> => {
  const sorter = workspace.sorter();
  for await (const line of each(rows)) {
    const { username, attributes } = decodeLive(line);
    await sorter.add(`0 ${JSON.stringify([usernameOf(line).toLowerCase(), attributes, username])}`);
  }
  return sorter.open();
};

/** Admin calls take a username, an alias or a `sub`, so two declared names may mean one user. */
import { usernameOf } from '../../../lib/private/contracts/seed-row';
import type { Rows } from '../../../lambda/seeder/rows/rows';
import type { Workspace } from '../workspace';
import { Cursor, each } from './cursor';

/** What a row says of one of a user's names. */
interface Owned {
  readonly name: string;
  /** The attributes that are declared now; undefined where the name has left the declaration. */
  readonly declared?: readonly string[];
  /** Whether the step changes something under this name. */
  readonly isChanged?: boolean;
}

/** @param owner the pool's own name of the user, by which rows are sorted */
export const ownerRow = (owner: string, owned: Owned): string => `0 ${JSON.stringify([owner, owned])}`;

/** Declared names that are one user's, where the step changes that user: the deployment would refuse them. */
export async function* sameUser(owners: Rows): AsyncGenerator<string[]> {
  for await (const group of groups(owners)) {
    const names = new Set(group.filter(({ declared }) => declared).map(({ name }) => name));
    if (names.size > 1 && group.some(({ isChanged }) => isChanged)) yield [...names];
  }
}

/**
 * A user who left the declaration under one name and is in it under another loses only what is declared no more: looks up, in
 * the order of names, what stays. Undefined of those who are gone from it.
 */
export const renamedUsers = async (
  owners: Rows,
  workspace: Workspace,
): Promise<(name: string) => Promise<string[] | undefined>> => {
  const sorter = workspace.sorter();
  for await (const group of groups(owners)) {
    if (group.every(({ declared }) => !declared)) continue;
    const kept = group.flatMap(({ declared = [] }) => declared);
    for (const { name, declared } of group) if (!declared) await sorter.add(`0 ${JSON.stringify([name, kept])}`);
  }
  const cursor = new Cursor(await sorter.open());
  return async (name) => {
    const found = await cursor.find(name);
    return found === undefined ? undefined : (JSON.parse(found.slice(2)) as [string, string[]])[1];
  };
};

async function* groups(owners: Rows): AsyncGenerator<Owned[]> {
  let owner: string | undefined;
  let group: Owned[] = [];
  for await (const line of each(owners)) {
    const username = usernameOf(line);
    if (username !== owner && group.length > 0) yield group;
    if (username !== owner) [owner, group] = [username, []];
    group.push((JSON.parse(line.slice(2)) as [string, Owned])[1]);
  }
  if (group.length > 0) yield group;
}

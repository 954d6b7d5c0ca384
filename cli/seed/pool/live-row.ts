/** A user of the pool in sorted rows, under the name by which the declarations call them. */
import { usernameOf } from '../../../lib/private/contracts/seed-row';
import { decodeLive } from '../../../lambda/seeder/listing';
import type { LiveUser } from '../../../lambda/seeder/settle';

/** With what `decodeLive` reads in front. */
export const liveRow = (
  name: string,
  { username, attributes, enabled }: LiveUser,
  groups: readonly string[] = [],
): string => `0 ${JSON.stringify([name, attributes, username, enabled, groups])}`;

/** With those of the user's groups that have been listed. */
export const decodeLiveRow = (line: string): LiveUser & { readonly groups: readonly string[] } => {
  const [, , , , groups] = JSON.parse(line.slice(2)) as [string, unknown, unknown, unknown, string[]];
  return { ...decodeLive(line), groups };
};

/** The same user under another name. */
export const renamed = (line: string, rename: (name: string) => string): string =>
  liveRow(rename(usernameOf(line)), decodeLive(line));

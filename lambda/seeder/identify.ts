import type { Intent } from './plan';
import type { LiveUser } from './settle';

export interface Identified {
  readonly intent: Intent;
  readonly live: LiveUser;
}

/**
 * Admin calls take a username, an alias or a `sub`, so two declared names may mean one user.
 *
 * @returns one intent for each user of the pool, and the declared names that mean a user twice
 */
export const identify = (
  intents: readonly Intent[],
  users: ReadonlyMap<string, LiveUser>,
): { readonly identified: readonly Identified[]; readonly doubles: readonly string[] } => {
  const byUser = new Map<string, { live: LiveUser; intents: Intent[] }>();
  for (const intent of intents) {
    const live = users.get(intent.username);
    if (!live) continue;
    const entry = byUser.get(live.username) ?? { live, intents: [] };
    byUser.set(live.username, { ...entry, intents: [...entry.intents, intent] });
  }
  const groups = [...byUser.values()];
  return {
    identified: groups.map(({ live, intents: same }) => ({ live, intent: same.sort(declaredFirst).reduce(merge) })),
    doubles: groups
      .map(({ intents: same }) => same.filter(({ declared }) => declared))
      .filter((declared) => declared.length > 1)
      .flatMap((declared) => declared.map(({ username }) => username)),
  };
};

/**
 * What these users go by, in lower case, since most pools do not tell it from upper case: other declared users with one of
 * these names may be one of them.
 */
export const namesOfAll = (users: ReadonlyMap<string, LiveUser>): Set<string> =>
  new Set([...users.values()].flatMap(namesOf).map((name) => name.toLowerCase()));

/** What a user may sign in with, and so be declared as. */
const ALIASES = ['sub', 'email', 'phone_number', 'preferred_username'];

/** What a user goes by. */
export const namesOf = ({ username, attributes }: LiveUser): string[] => [
  username,
  ...ALIASES.filter((name) => Object.hasOwn(attributes, name)).map((name) => attributes[name]),
];

const declaredFirst = (one: Intent, other: Intent): number => Number(other.declared) - Number(one.declared);

/** A user who left the declaration under one name and is in it under another loses only what is declared no more. */
const merge = (kept: Intent, left: Intent): Intent => ({
  ...kept,
  prune: {
    ...kept.prune,
    ...Object.fromEntries(Object.entries(left.prune).filter(([name]) => !kept.keep.includes(name))),
  },
});

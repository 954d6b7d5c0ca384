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
    identified: groups.map(({ live, intents: same }) => ({ live, intent: same.reduce(merge) })),
    doubles: groups
      .map(({ intents: same }) => same.filter(({ declared }) => declared))
      .filter((declared) => declared.length > 1)
      .flatMap((declared) => declared.map(({ username }) => username)),
  };
};

/** A user who left the declaration under one name and is in it under another loses only what is declared no more. */
const merge = (kept: Intent, left: Intent): Intent => ({
  ...kept,
  prune: {
    ...kept.prune,
    ...Object.fromEntries(
      Object.entries(left.prune).filter(([name]) => !Object.hasOwn(kept.set, name) && !kept.delete.includes(name)),
    ),
  },
});

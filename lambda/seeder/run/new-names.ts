import type { Cognito } from '../cognito';
import { namesOf } from '../identify';
import { inBatches } from '../rows/sort';
import type { Elsewhere } from './carry-out';
import type { RunStore } from './run-store';

/**
 * Names that the declaration has and the former one had not (or all, where users may be deleted), with the attributes declared of
 * them. Admin calls take a username,
 * an alias or a `sub`: whoever left the declaration under one name may be in it under another, and loses only what is
 * declared no more.
 */
export class NewNames {
  private readonly lines: string[] = [];

  public readonly add = (username: string, attributes: readonly string[]): void =>
    void this.lines.push(JSON.stringify([username, attributes]));

  public async write(store: RunStore): Promise<void> {
    await store.write(NAME, inBatches(this.lines));
  }
}

/** Beside the chunks, with which it goes. */
const NAME = 'chunks/new-names';

export const readNewNames = async (store: RunStore, cognito: Pick<Cognito, 'read'>): Promise<Elsewhere> => {
  const byName = new Map<string, [string, string[]][]>();
  for (const line of await store.lines(NAME)) {
    const entry = JSON.parse(line) as [string, string[]];
    const key = entry[0].toLowerCase();
    byName.set(key, [...(byName.get(key) ?? []), entry]);
  }
  return async (user) => {
    const names = new Set(namesOf(user).map((name) => name.toLowerCase()));
    let kept: string[] | undefined;
    for (const [name, attributes] of [...names].flatMap((key) => byName.get(key) ?? [])) {
      // Whether Ann is ann, and an address an alias, only the pool knows.
      const isSame = name === user.username || (await cognito.read(name))?.username === user.username;
      if (isSame) kept = [...(kept ?? []), ...attributes];
    }
    return kept;
  };
};

/** What an assembly's stacks make, so that it is there when a seeder's turn comes. */
export interface Made {
  /** Names of groups, whatever pool they are of. */
  readonly groups: ReadonlySet<string>;
  /** Descriptions of the secrets that Secrets Manager fills. */
  readonly generatedSecrets: ReadonlySet<string>;
}

export const NOTHING_MADE: Made = { groups: new Set(), generatedSecrets: new Set() };

export const together = (parts: readonly Made[]): Made => ({
  groups: new Set(parts.flatMap(({ groups }) => [...groups])),
  generatedSecrets: new Set(parts.flatMap(({ generatedSecrets }) => [...generatedSecrets])),
});

/** How the names look by which a user may be called in place of the username. */
const LOOKS: Readonly<Record<string, RegExp>> = { email: /@/, phone_number: /^\+\d+$/ };

export interface Naming {
  /** Whether the pool takes Alice and alice for two users. */
  readonly caseSensitive: boolean;
  /** The attributes by which the pool's users may be addressed. */
  readonly aliases: readonly string[];
}

/** Whether a user is called by one e-mail address or phone number and given another. */
export const changesOwnName = (
  username: string,
  name: string,
  value: string,
  { aliases, caseSensitive }: Naming,
): boolean =>
  aliases.includes(name) &&
  Boolean(LOOKS[name]?.test(username)) &&
  (caseSensitive ? username !== value : username.toLowerCase() !== value.toLowerCase());

export const CHANGES_OWN_NAME = {
  rule: 'the user is addressed by an alias that this declaration changes, and cannot be found under it afterwards',
  remedy: 'declare the user under their username or sub',
};

import { flag, list, present, record, text, texts } from './fields';

/** What is declared of one user. What is left out is not touched. */
export interface DeclaredUser {
  readonly username: string;
  /** By Cognito's attribute name; a blank value declares that the user must not have the attribute. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly clientMetadata?: Readonly<Record<string, string>>;
  /** Names of groups. The user's other groups are nobody's business here. */
  readonly groups?: readonly string[];
  readonly enabled?: boolean;
  readonly password?: PasswordSource;
}

/** Where a password comes from: never the password itself. */
export type PasswordSource =
  | {
      readonly kind: 'secret';
      /** The ARN. */
      readonly secret: string;
      /** Of a secret that is a JSON object; absent where the whole secret is the password. */
      readonly field?: string;
      /** To be changed at the first sign-in. Set at creation alone. */
      readonly temporary: boolean;
    }
  /** A random one that nobody learns: the user is confirmed all the same. Set at creation alone. */
  | { readonly kind: 'random' };

export interface PasswordWire {
  /** Of the two, the one that the password is. */
  readonly Random?: string;
  readonly Secret?: string;
  readonly Field?: string;
  readonly Temporary?: string;
}

export interface UserWire {
  /** Only where the username is a token: a key of a map has to be known at synth. */
  readonly Username?: string;
  readonly Attributes: Record<string, string>;
  readonly ClientMetadata?: Record<string, string>;
  readonly Groups?: string[];
  readonly Enabled?: string;
  readonly Password?: PasswordWire;
}

/** @param isToken tells whether a value is known only at deployment */
export const encodeUsers = (
  users: readonly DeclaredUser[],
  isToken: (value: unknown) => boolean,
): Record<string, UserWire> =>
  Object.fromEntries(
    users.map(({ username, attributes, clientMetadata, groups, enabled, password }, index) => [
      // No username holds a blank, so this key cannot collide with one.
      isToken(username) ? `user ${index + 1}` : username,
      present({
        Username: isToken(username) ? username : undefined,
        Attributes: { ...attributes },
        ClientMetadata: clientMetadata && { ...clientMetadata },
        Groups: groups && [...groups],
        Enabled: enabled === undefined ? undefined : String(enabled),
        Password: password && encodePassword(password),
      }),
    ]),
  );

export const decodeUsers = (wire: Record<string, unknown>): DeclaredUser[] =>
  Object.entries(wire).map(([key, value]) => {
    const user = record(value, 'Users.*');
    const { Username, Attributes, ClientMetadata, Groups, Enabled, Password } = user;
    return present({
      username: Username === undefined ? key : text(Username, 'Users.*.Username'),
      attributes: texts(Attributes ?? {}, 'Users.*.Attributes'),
      clientMetadata: ClientMetadata === undefined ? undefined : texts(ClientMetadata, 'Users.*.ClientMetadata'),
      groups: Groups === undefined ? undefined : list(Groups, 'Users.*.Groups'),
      enabled: Enabled === undefined ? undefined : flag(Enabled, 'Users.*.Enabled'),
      password: Password === undefined ? undefined : decodePassword(Password, 'Users.*.Password'),
    });
  });

export const encodePassword = (password: PasswordSource): PasswordWire =>
  password.kind === 'random'
    ? { Random: 'true' }
    : present({
        Secret: password.secret,
        Field: password.field,
        Temporary: password.temporary ? 'true' : undefined,
      });

export const decodePassword = (value: unknown, field: string): PasswordSource => {
  const { Random, Secret, Field, Temporary } = record(value, field);
  if (Random !== undefined) return { kind: 'random' };
  return present({
    kind: 'secret' as const,
    secret: text(Secret, `${field}.Secret`),
    field: Field === undefined ? undefined : text(Field, `${field}.Field`),
    temporary: Temporary === undefined ? false : flag(Temporary, `${field}.Temporary`),
  });
};

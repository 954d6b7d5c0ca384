import { flag, list, present, record, text, texts } from './fields';
import { decodePassword, encodePassword, type PasswordSource, type PasswordWire } from './seed-user';

export type Medium = 'EMAIL' | 'SMS';

/** How declared users whom the pool does not have are created. */
export interface Creation {
  /** By what Cognito sends the invitation; nothing where empty. */
  readonly invitation: readonly Medium[];
  /** For creations, over the seeder's own; a user's own keys win. */
  readonly clientMetadata?: Readonly<Record<string, string>>;
  /** For the pool's PreSignUp trigger. */
  readonly validationData?: Readonly<Record<string, string>>;
  /** Whether a verified address that is another user's alias moves over. */
  readonly forceAliasCreation: boolean;
  /** Of users who declare none of their own. */
  readonly password?: PasswordSource;
  /**
   * The group by which the pool itself knows whom this seeder has created. Where it is given, they are deleted when they leave
   * the declaration.
   */
  readonly owner?: string;
}

export interface CreationWire {
  readonly Invitation?: Medium[];
  readonly ClientMetadata?: Record<string, string>;
  readonly ValidationData?: Record<string, string>;
  readonly ForceAliasCreation?: string;
  readonly Password?: PasswordWire;
  readonly Owner?: string;
}

export const encodeCreation = (creation: Creation): CreationWire =>
  present({
    Invitation: creation.invitation.length > 0 ? [...creation.invitation] : undefined,
    ClientMetadata: creation.clientMetadata && { ...creation.clientMetadata },
    ValidationData: creation.validationData && { ...creation.validationData },
    ForceAliasCreation: creation.forceAliasCreation ? 'true' : undefined,
    Password: creation.password && encodePassword(creation.password),
    Owner: creation.owner,
  });

export const decodeCreation = (value: unknown): Creation => {
  const { Invitation, ClientMetadata, ValidationData, ForceAliasCreation, Password, Owner } = record(value, 'Creation');
  return present({
    invitation: list(Invitation ?? [], 'Creation.Invitation') as Medium[],
    clientMetadata: ClientMetadata === undefined ? undefined : texts(ClientMetadata, 'Creation.ClientMetadata'),
    validationData: ValidationData === undefined ? undefined : texts(ValidationData, 'Creation.ValidationData'),
    forceAliasCreation: ForceAliasCreation !== undefined && flag(ForceAliasCreation, 'Creation.ForceAliasCreation'),
    password: Password === undefined ? undefined : decodePassword(Password, 'Creation.Password'),
    owner: Owner === undefined ? undefined : text(Owner, 'Creation.Owner'),
  });
};

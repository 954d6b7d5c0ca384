import { CognitoError } from './cognito-local-internals';
import type { Attributes, Context, DeliveryDetails, MessageSource, Services, User } from './cognito-local-internals';
import type { RepairedUserPool } from './cognito-local-pool';
import { includes, invalidParameter, valueOf } from './cognito-local-repair';
import { CONTACTS } from './cognito-sign-in-name';
import type { Contact } from './cognito-sign-in-name';

/** Cognito keeps a code for each contact, until it is used or another is sent; cognito-local one for all. */
interface CodedUser extends User {
  readonly VerificationCodes?: Readonly<Partial<Record<Contact, string>>>;
}

export interface Sending {
  readonly source: MessageSource;
  readonly clientId: string | null;
  readonly clientMetadata: Record<string, string> | undefined;
}

export const flagOf = (contact: Contact): string => `${contact}_verified`;

/** Attributes with others put in their place or beside them. */
export const withAttributes = (attributes: Attributes = [], others: Attributes): Attributes => [
  ...withoutAttributes(
    attributes,
    others.map(({ Name }) => Name),
  ),
  ...others,
];

export const withoutAttributes = (attributes: Attributes = [], names: readonly string[]): Attributes =>
  attributes.filter(({ Name }) => !names.includes(Name));

/** A contact that a request changes and does not itself declare verified. */
const isUnverifiedChange = (contact: Contact, requested: Attributes): boolean =>
  Boolean(valueOf(contact, requested)) && valueOf(flagOf(contact), requested) !== 'true';

/** The contacts that a request changes, and whose owner must confirm them, among those that a setting of the pool names. */
export const unverifiedChanges = (requested: Attributes, setting: readonly string[] | undefined): Contact[] =>
  CONTACTS.filter((contact) => includes(setting, contact) && isUnverifiedChange(contact, requested));

/** What waits for its code goes, and the code with it. */
export const withoutPending = (user: User, contacts: readonly Contact[]): User => {
  const { VerificationCodes = {} } = user as CodedUser;
  return {
    ...user,
    UnverifiedAttributeChanges: withoutAttributes(user.UnverifiedAttributeChanges, contacts),
    VerificationCodes: Object.fromEntries(
      Object.entries(VerificationCodes).filter(([contact]) => !includes(contacts, contact)),
    ),
  } as CodedUser;
};

const detailsOf = (user: User, contact: Contact): DeliveryDetails => {
  const Destination = valueOf(contact, user.UnverifiedAttributeChanges) ?? valueOf(contact, user.Attributes);
  if (!Destination) throw invalidParameter(`User does not have delivery config set for ${contact}.`);
  return contact === 'email'
    ? { AttributeName: contact, DeliveryMedium: 'EMAIL', Destination }
    : { AttributeName: contact, DeliveryMedium: 'SMS', Destination };
};

/** A code of its own to each contact: to the new address, where one waits. */
export const sendCodes = async (
  services: Services,
  ctx: Context,
  pool: RepairedUserPool,
  username: string,
  contacts: readonly Contact[],
  { source, clientId, clientMetadata }: Sending,
): Promise<DeliveryDetails[]> => {
  const sent: DeliveryDetails[] = [];
  for (const contact of contacts) {
    const user: CodedUser = pool.find(username)!;
    const details = detailsOf(user, contact);
    const code = services.otp();
    const coded: CodedUser = { ...user, VerificationCodes: { ...user.VerificationCodes, [contact]: code } };
    await pool.saveUser(ctx, coded);
    await services.messages.deliver(ctx, source, clientId, pool.options.Id, coded, code, clientMetadata, details);
    sent.push(details);
  }
  return sent;
};

/** The user as they are once a code has confirmed a contact. */
export const confirmed = (pool: RepairedUserPool, user: User, contact: Contact, code: unknown): User => {
  const expected = (user as CodedUser).VerificationCodes?.[contact];
  if (expected === undefined)
    throw new CognitoError('ExpiredCodeException', 'Invalid code provided, please request a code again.');
  if (code !== expected)
    throw new CognitoError('CodeMismatchException', 'Invalid verification code provided, please try again.');
  const value = valueOf(contact, user.UnverifiedAttributeChanges) ?? valueOf(contact, user.Attributes) ?? '';
  const holder = pool.by(contact, value);
  if (holder && holder.Username !== user.Username)
    throw new CognitoError('AliasExistsException', `An account with the given ${contact} already exists.`);
  return {
    ...withoutPending(user, [contact]),
    Attributes: withAttributes(user.Attributes, [
      { Name: contact, Value: value },
      { Name: flagOf(contact), Value: 'true' },
    ]),
  };
};

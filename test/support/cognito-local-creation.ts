import { randomUUID } from 'node:crypto';
import { CognitoError } from './cognito-local-internals';
import type { Attributes, DeliveryDetails, User, UserPool } from './cognito-local-internals';
import { insistOnPolicy, temporaryPassword } from './cognito-local-passwords';
import type { RepairedUserPool } from './cognito-local-pool';
import { existing, invalidParameter, poolOf, valueOf } from './cognito-local-repair';
import type { Repair, Repairs } from './cognito-local-repair';
import { CONTACTS, contactOf } from './cognito-sign-in-name';
import type { Contact } from './cognito-sign-in-name';

interface CreationRequest {
  readonly Username: string;
  readonly UserAttributes?: Attributes;
  readonly TemporaryPassword?: string;
  readonly MessageAction?: 'RESEND' | 'SUPPRESS';
  readonly DesiredDeliveryMediums?: readonly ('EMAIL' | 'SMS')[];
  readonly ForceAliasCreation?: boolean;
  readonly ClientMetadata?: Record<string, string>;
}

const TITLES: Readonly<Record<Contact, string>> = { email: 'Email', phone_number: 'Phone number' };

/** What the request says of the user, the contact that serves as username filled in. */
const attributesOf = (pool: UserPool, { Username, UserAttributes = [] }: CreationRequest): Attributes => {
  const attributes = UserAttributes.filter(({ Value }) => Value);
  if (!pool.UsernameAttributes?.length) {
    const contact = contactOf(Username, pool.AliasAttributes);
    const format = contact === 'email' ? 'email' : 'phone number';
    if (contact)
      throw invalidParameter(
        `Username cannot be of ${format} format, since user pool is configured for ${format} alias.`,
      );
    return attributes;
  }
  const contact = contactOf(Username, pool.UsernameAttributes);
  if (!contact) {
    const [one, other] = pool.UsernameAttributes;
    const wanted = one === 'email' ? 'an email' : 'a phone number';
    throw invalidParameter(`Username should be ${other ? 'either an email or a phone number' : wanted}.`);
  }
  return valueOf(contact, attributes) ? attributes : [...attributes, { Name: contact, Value: Username }];
};

const isVerified = (contact: Contact, attributes: Attributes): boolean =>
  valueOf(`${contact}_verified`, attributes) === 'true';

const insistOnAddresses = (attributes: Attributes): void => {
  for (const contact of CONTACTS)
    if (isVerified(contact, attributes) && !valueOf(contact, attributes))
      throw invalidParameter(`${TITLES[contact]} is required to verify/un-verify ${contact}`);
};

const insistOnNewUsername = (pool: RepairedUserPool, username: string, attributes: Attributes): void => {
  const { UsernameAttributes } = pool.options;
  const taken = CONTACTS.find((contact) => {
    const value = valueOf(contact, attributes);
    return UsernameAttributes?.includes(contact) && value && pool.by(contact, value);
  });
  if (taken) throw new CognitoError('UsernameExistsException', `An account with the given ${taken} already exists.`);
  if (pool.by('username', username)) throw new CognitoError('UsernameExistsException', 'User account already exists');
};

/** The aliases that another user would have to give up to the new one. */
const aliasesOfOthers = (pool: RepairedUserPool, attributes: Attributes): Contact[] =>
  CONTACTS.filter(
    (contact) =>
      pool.options.AliasAttributes?.includes(contact) &&
      isVerified(contact, attributes) &&
      pool.by(contact, valueOf(contact, attributes)!),
  );

const withoutAlias = (user: User, contact: Contact): User => ({
  ...user,
  Attributes: user.Attributes.map(({ Name, Value }) => ({
    Name,
    Value: Name === `${contact}_verified` ? 'false' : Value,
  })),
});

/** Cognito takes a medium that the request names at its word, and drops a default one that leads nowhere. */
const deliveriesOf = (req: CreationRequest, attributes: Attributes): DeliveryDetails[] => {
  if (req.MessageAction === 'SUPPRESS') return [];
  const phone = valueOf('phone_number', attributes);
  const email = valueOf('email', attributes);
  const media = req.DesiredDeliveryMediums?.length ? req.DesiredDeliveryMediums : phone ? ['SMS'] : [];
  if (media.includes('EMAIL') && !email)
    throw invalidParameter('No email provided but desired delivery medium was Email');
  if (media.includes('SMS') && !phone)
    throw invalidParameter('No phone number provided but desired delivery medium was SMS');
  return media.map((medium) =>
    medium === 'EMAIL'
      ? { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: email! }
      : { AttributeName: 'phone_number', DeliveryMedium: 'SMS', Destination: phone! },
  );
};

const shown = ({ Username, Attributes, Enabled, UserStatus, UserCreateDate, UserLastModifiedDate }: User) => ({
  User: { Username, Attributes, Enabled, UserStatus, UserCreateDate, UserLastModifiedDate },
});

const invitedAgain = (pool: RepairedUserPool, req: CreationRequest): User => {
  const user = existing(pool, req.Username);
  if (user.UserStatus !== 'FORCE_CHANGE_PASSWORD')
    throw new CognitoError(
      'UnsupportedUserStateException',
      `Resend not possible. ${user.UserStatus} status is not FORCE_CHANGE_PASSWORD`,
    );
  return user;
};

const created = (pool: RepairedUserPool, req: CreationRequest, now: Date) => {
  const sub = randomUUID();
  const attributes = attributesOf(pool.options, req);
  insistOnAddresses(attributes);
  insistOnNewUsername(pool, req.Username, attributes);
  return {
    Username: pool.options.UsernameAttributes?.length ? sub : req.Username,
    Attributes: [{ Name: 'sub', Value: sub }, ...attributes],
    Enabled: true,
    UserCreateDate: now,
    RefreshTokens: [],
  };
};

/**
 * Stands in for cognito-local's whole target, which signs people in by e-mail alone, saves a user before it looks for an address,
 * takes any password, stores blank values and knows neither aliases nor second invitations.
 */
const adminCreateUser: Repair = (services) => async (ctx, req) => {
  const pool = await poolOf(services, ctx, req.UserPoolId);
  const now = services.clock.get();
  const former = req.MessageAction === 'RESEND' ? invitedAgain(pool, req) : undefined;
  const draft = former ?? created(pool, req, now);
  const deliveries = deliveriesOf(req, draft.Attributes);
  if (req.TemporaryPassword !== undefined) insistOnPolicy(pool.options, req.TemporaryPassword);
  const taken = former ? [] : aliasesOfOthers(pool, draft.Attributes);
  if (taken.length > 0 && !req.ForceAliasCreation)
    throw new CognitoError('AliasExistsException', `An account with the given ${taken[0]} already exists.`);

  const user: User = {
    ...draft,
    Password: req.TemporaryPassword ?? temporaryPassword(pool.options),
    UserStatus: 'FORCE_CHANGE_PASSWORD',
    UserLastModifiedDate: now,
  };
  const saved = pool.saveUser(ctx, user); // first, and awaited last, so that of two requests at once one finds the other's user
  for (const contact of taken)
    await pool.saveUser(ctx, withoutAlias(pool.by(contact, valueOf(contact, user.Attributes)!)!, contact));
  await saved;
  for (const details of deliveries)
    await services.messages.deliver(
      ctx,
      'AdminCreateUser',
      null,
      pool.options.Id,
      user,
      user.Password,
      req.ClientMetadata,
      details,
    );
  return shown(user);
};

export const creationRepairs: Repairs = { AdminCreateUser: adminCreateUser };

import { CognitoError, Router as route } from './cognito-local-internals';
import type {
  Attributes,
  Context,
  DeliveryDetails,
  MessageSource,
  Services,
  User,
  UserPool,
  UserPoolService,
} from './cognito-local-internals';
import { includes, valueOf } from './cognito-local-repair';
import type { Repair, Repairs } from './cognito-local-repair';
import { CONTACTS } from './cognito-sign-in-name';
import type { Contact } from './cognito-sign-in-name';

interface UpdateRequest {
  readonly UserAttributes: Attributes;
  readonly ClientMetadata?: Record<string, string>;
}

/** A contact that this request changes and does not itself declare verified. */
const isUnverifiedChange = (contact: Contact, attributes: Attributes): boolean =>
  Boolean(valueOf(contact, attributes)) && valueOf(`${contact}_verified`, attributes) !== 'true';

const claimsOf = (token: string): { client_id: string; sub: string } =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));

const masked = (details: DeliveryDetails): object => ({
  ...details,
  Destination:
    details.AttributeName === 'email'
      ? details.Destination.replace(/(?<=^.|@.)[^@]*/g, '***')
      : details.Destination.replace(/\d(?=\d{4})/g, '*'),
});

/** The emulator's own target, mute: whom to message is decided here. */
const updateQuietly = async (services: Services, target: string, ctx: Context, req: object): Promise<void> => {
  const messages = { deliver: async () => undefined };
  try {
    await route({ ...services, messages })(target)(ctx, req);
  } catch (error) {
    // cognito-local looks for an address in the user as it was before the update, after it has saved the update.
    if ((error as Error).message !== 'User has no attribute matching desired auto verified attributes') throw error;
  }
};

const sendCodes = async (
  services: Services,
  ctx: Context,
  pool: UserPoolService,
  user: User,
  contacts: readonly Contact[],
  source: MessageSource,
  clientId: string | null,
  clientMetadata: Record<string, string> | undefined,
): Promise<DeliveryDetails[]> => {
  if (contacts.length === 0) return [];
  const code = services.otp();
  await pool.saveUser(ctx, { ...user, AttributeVerificationCode: code });
  const sent: DeliveryDetails[] = [];
  for (const contact of contacts) {
    const Destination = valueOf(contact, user.UnverifiedAttributeChanges) ?? valueOf(contact, user.Attributes);
    if (!Destination)
      throw new CognitoError('InvalidParameterException', `User does not have delivery config set for ${contact}.`);
    const details: DeliveryDetails =
      contact === 'email'
        ? { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination }
        : { AttributeName: 'phone_number', DeliveryMedium: 'SMS', Destination };
    await services.messages.deliver(ctx, source, clientId, pool.options.Id, user, code, clientMetadata, details);
    sent.push(details);
  }
  return sent;
};

/** Cognito sends a code to each auto-verified contact that changed, at its new address, and to no other. */
const changedContacts = (pool: UserPool, { UserAttributes }: UpdateRequest): Contact[] =>
  CONTACTS.filter(
    (contact) => includes(pool.AutoVerifiedAttributes, contact) && isUnverifiedChange(contact, UserAttributes),
  );

/** `email_verified` without `email` concerns the address the user has; cognito-local insists on seeing it. */
const withCurrentAddresses = (attributes: Attributes, user: User): Attributes => [
  ...attributes,
  ...CONTACTS.filter(
    (contact) =>
      valueOf(`${contact}_verified`, attributes) !== undefined &&
      valueOf(contact, attributes) === undefined &&
      valueOf(contact, user.Attributes) !== undefined,
  ).map((contact) => ({ Name: contact, Value: valueOf(contact, user.Attributes) })),
];

const adminUpdateUserAttributes: Repair = (services) => async (ctx, req) => {
  const pool = await services.cognito.getUserPool(ctx, req.UserPoolId);
  const user = await pool.getUserByUsername(ctx, req.Username);
  if (!user) return route(services)('AdminUpdateUserAttributes')(ctx, req);

  // "Keep original": cognito-local does so for the user's own update alone, Cognito for the administrator's as well.
  const original = pool.options.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate;
  const requested: Attributes = req.UserAttributes;
  const delayed = requested.filter(({ Name }) =>
    CONTACTS.some(
      (contact) => contact === Name && includes(original, contact) && isUnverifiedChange(contact, requested),
    ),
  );
  // A blank value deletes; cognito-local would set `email_verified` for the address that has just gone.
  const blank = requested.filter(({ Name, Value }) => !Value && CONTACTS.some((contact) => contact === Name));
  const immediate = withCurrentAddresses(
    requested.filter((attribute) => !delayed.includes(attribute) && !blank.includes(attribute)),
    user,
  );
  await updateQuietly(services, 'AdminUpdateUserAttributes', ctx, { ...req, UserAttributes: immediate });

  const saved = (await pool.getUserByUsername(ctx, user.Username))!;
  const updated: User = {
    ...saved,
    Attributes: saved.Attributes.filter(({ Name }) => !blank.some((attribute) => attribute.Name === Name)),
    UnverifiedAttributeChanges: delayed.length > 0 ? delayed : undefined,
  };
  await pool.saveUser(ctx, updated);
  await sendCodes(
    services,
    ctx,
    pool,
    updated,
    changedContacts(pool.options, req),
    'UpdateUserAttribute',
    null,
    req.ClientMetadata,
  );
  return {};
};

const updateUserAttributes: Repair = (services) => async (ctx, req) => {
  await updateQuietly(services, 'UpdateUserAttributes', ctx, req);
  const claims = claimsOf(req.AccessToken);
  const pool = await services.cognito.getUserPoolForClientId(ctx, claims.client_id);
  const user = await pool.getUserByUsername(ctx, claims.sub);
  const sent = await sendCodes(
    services,
    ctx,
    pool,
    user!,
    changedContacts(pool.options, req),
    'UpdateUserAttribute',
    claims.client_id,
    req.ClientMetadata,
  );
  return { CodeDeliveryDetailsList: sent.map(masked) };
};

/** Cognito sends the code to the attribute asked about, and says where; cognito-local goes by the pool's settings. */
const getUserAttributeVerificationCode: Repair = (services) => async (ctx, req) => {
  const claims = claimsOf(req.AccessToken);
  const pool = await services.cognito.getUserPoolForClientId(ctx, claims.client_id);
  const user = await pool.getUserByUsername(ctx, claims.sub);
  if (!user) return route(services)('GetUserAttributeVerificationCode')(ctx, req);
  const [sent] = await sendCodes(
    services,
    ctx,
    pool,
    user,
    CONTACTS.filter((contact) => contact === req.AttributeName),
    'VerifyUserAttribute',
    claims.client_id,
    req.ClientMetadata,
  );
  if (!sent) throw new CognitoError('InvalidParameterException', 'Attribute cannot be verified.');
  return { CodeDeliveryDetails: masked(sent) };
};

export const updateRepairs: Repairs = {
  AdminUpdateUserAttributes: adminUpdateUserAttributes,
  GetUserAttributeVerificationCode: getUserAttributeVerificationCode,
  UpdateUserAttributes: updateUserAttributes,
};

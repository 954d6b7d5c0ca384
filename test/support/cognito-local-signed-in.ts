import {
  confirmed,
  flagOf,
  sendCodes,
  unverifiedChanges,
  withAttributes,
  withoutAttributes,
  withoutPending,
} from './cognito-local-codes';
import { CognitoError } from './cognito-local-internals';
import type { AppClient, Attributes, Context, DeliveryDetails, Services, User } from './cognito-local-internals';
import type { RepairedUserPool } from './cognito-local-pool';
import { includes, invalidParameter } from './cognito-local-repair';
import type { Repair, Repairs } from './cognito-local-repair';
import { CONTACTS } from './cognito-sign-in-name';
import type { Contact } from './cognito-sign-in-name';

interface SignedIn {
  readonly pool: RepairedUserPool;
  readonly user: User;
  readonly client: AppClient | null;
  readonly clientId: string;
}

/** Whom an access token speaks for: the proxy has looked at its signature. cognito-local lets disabled users go on. */
const signedIn = async (services: Services, ctx: Context, token: string): Promise<SignedIn> => {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  const { client_id: clientId, sub } = claims as { client_id: string; sub: string };
  const client = await services.cognito.getAppClient(ctx, clientId);
  const pool = (await services.cognito.getUserPoolForClientId(ctx, clientId)) as RepairedUserPool;
  const user = pool.by('sub', sub);
  if (!user) throw new CognitoError('UserNotFoundException', 'User does not exist.');
  if (!user.Enabled) throw new CognitoError('NotAuthorizedException', 'User is disabled.');
  return { pool, user, client, clientId };
};

const masked = (details: DeliveryDetails): object => ({
  ...details,
  Destination:
    details.AttributeName === 'email'
      ? details.Destination.replace(/(?<=^.|@.)[^@]*/g, '***')
      : details.Destination.replace(/\d(?=\d{4})/g, '*'),
});

/** What goes, and with an address what Cognito knows of it. */
const withoutNamed = (user: User, names: readonly string[]): User => {
  const contacts = CONTACTS.filter((contact) => names.includes(contact));
  return {
    ...withoutPending(user, contacts),
    Attributes: withoutAttributes(user.Attributes, [...names, ...contacts.map(flagOf)]),
  };
};

/** Without a list, an app client may read the standard attributes alone; cognito-local shows everything to everybody. */
const getUser: Repair = (services) => async (ctx, req) => {
  const { user, client } = await signedIn(services, ctx, req.AccessToken);
  const mayRead = (name: string): boolean =>
    name === 'sub' || (client?.ReadAttributes?.includes(name) ?? !/^(custom|dev):/.test(name));
  return {
    Username: user.Username,
    UserAttributes: user.Attributes.filter(({ Name }) => mayRead(Name)),
    MFAOptions: user.MFAOptions,
    PreferredMfaSetting: user.PreferredMfaSetting,
    UserMFASettingList: user.UserMFASettingList,
  };
};

/** cognito-local stores blank values, forgets one address that waits for its code at the next update, and sends one code at most. */
const updateUserAttributes: Repair = (services) => async (ctx, req) => {
  const { pool, user, clientId } = await signedIn(services, ctx, req.AccessToken);
  const requested: Attributes = req.UserAttributes;
  const { AutoVerifiedAttributes, UserAttributeUpdateSettings } = pool.options;
  const delayed = unverifiedChanges(requested, UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate);
  const set = requested.filter(({ Value }) => Value);
  const immediate = set.filter(({ Name }) => !includes(delayed, Name));
  const unverified = CONTACTS.filter((contact) => immediate.some(({ Name }) => Name === contact));
  const kept = withoutNamed(
    user,
    requested.filter(({ Value }) => !Value).map(({ Name }) => Name),
  );
  await pool.saveUser(ctx, {
    ...kept,
    Attributes: withAttributes(kept.Attributes, [
      ...immediate,
      ...unverified.map((contact) => ({ Name: flagOf(contact), Value: 'false' })),
    ]),
    UnverifiedAttributeChanges: withAttributes(
      kept.UnverifiedAttributeChanges,
      set.filter(({ Name }) => includes(delayed, Name)),
    ),
    UserLastModifiedDate: services.clock.get(),
  });
  const sent = await sendCodes(services, ctx, pool, user.Username, unverifiedChanges(set, AutoVerifiedAttributes), {
    source: 'UpdateUserAttribute',
    clientId,
    clientMetadata: req.ClientMetadata,
  });
  return { CodeDeliveryDetailsList: sent.map(masked) };
};

const deleteUserAttributes: Repair = (services) => async (ctx, req) => {
  const { pool, user } = await signedIn(services, ctx, req.AccessToken);
  await pool.saveUser(ctx, withoutNamed(user, req.UserAttributeNames));
  return {};
};

const contactNamed = (name: unknown): Contact => {
  const contact = CONTACTS.find((candidate) => candidate === name);
  if (!contact) throw invalidParameter('Attribute cannot be verified.');
  return contact;
};

/** Cognito sends the code to the attribute asked about, and says where; cognito-local goes by the pool's settings. */
const getUserAttributeVerificationCode: Repair = (services) => async (ctx, req) => {
  const { pool, user, clientId } = await signedIn(services, ctx, req.AccessToken);
  const [sent] = await sendCodes(services, ctx, pool, user.Username, [contactNamed(req.AttributeName)], {
    source: 'VerifyUserAttribute',
    clientId,
    clientMetadata: req.ClientMetadata,
  });
  return { CodeDeliveryDetails: masked(sent) };
};

/** cognito-local takes one address' code for another's, and confirms both at once. */
const verifyUserAttribute: Repair = (services) => async (ctx, req) => {
  const { pool, user } = await signedIn(services, ctx, req.AccessToken);
  await pool.saveUser(ctx, confirmed(pool, user, contactNamed(req.AttributeName), req.Code));
  return {};
};

export const signedInRepairs: Repairs = {
  DeleteUserAttributes: deleteUserAttributes,
  GetUser: getUser,
  GetUserAttributeVerificationCode: getUserAttributeVerificationCode,
  UpdateUserAttributes: updateUserAttributes,
  VerifyUserAttribute: verifyUserAttribute,
};

import {
  flagOf,
  sendCodes,
  unverifiedChanges,
  withAttributes,
  withoutAttributes,
  withoutPending,
} from './cognito-local-codes';
import { Router as route } from './cognito-local-internals';
import type { Attributes, Context, Services, User } from './cognito-local-internals';
import { includes, poolOf, valueOf } from './cognito-local-repair';
import type { Repair, Repairs } from './cognito-local-repair';
import { CONTACTS } from './cognito-sign-in-name';

/** The emulator's own target, mute: whom to message is decided here. */
const updateQuietly = async (services: Services, ctx: Context, req: object): Promise<void> => {
  const messages = { deliver: async () => undefined };
  try {
    await route({ ...services, messages })('AdminUpdateUserAttributes')(ctx, req);
  } catch (error) {
    // cognito-local looks for an address in the user as it was before the update, after it has saved the update.
    if ((error as Error).message !== 'User has no attribute matching desired auto verified attributes') throw error;
  }
};

/** `email_verified` without `email` concerns the address the user has; cognito-local insists on seeing it. */
const withCurrentAddresses = (attributes: Attributes, user: User): Attributes => [
  ...attributes,
  ...CONTACTS.filter(
    (contact) =>
      valueOf(flagOf(contact), attributes) !== undefined &&
      valueOf(contact, attributes) === undefined &&
      valueOf(contact, user.Attributes) !== undefined,
  ).map((contact) => ({ Name: contact, Value: valueOf(contact, user.Attributes) })),
];

const adminUpdateUserAttributes: Repair = (services) => async (ctx, req) => {
  const pool = await poolOf(services, ctx, req.UserPoolId);
  const user = pool.find(req.Username);
  if (!user) return route(services)('AdminUpdateUserAttributes')(ctx, req);

  // "Keep original": cognito-local does so for the user's own update alone, Cognito for the administrator's as well.
  const { AutoVerifiedAttributes, UserAttributeUpdateSettings } = pool.options;
  const requested: Attributes = req.UserAttributes;
  const waiting = unverifiedChanges(requested, UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate);
  const delayed = requested.filter(({ Name }) => includes(waiting, Name));
  // A blank value deletes; cognito-local would set `email_verified` for the address that has just gone.
  const blank = requested.filter(({ Name, Value }) => !Value && CONTACTS.some((contact) => contact === Name));
  const immediate = withCurrentAddresses(
    requested.filter((attribute) => !delayed.includes(attribute) && !blank.includes(attribute)),
    user,
  );
  await updateQuietly(services, ctx, { ...req, UserAttributes: immediate });

  const settled = CONTACTS.filter(
    (contact) => valueOf(contact, immediate) !== undefined || valueOf(contact, blank) !== undefined,
  );
  const saved = withoutPending(pool.find(user.Username)!, settled);
  await pool.saveUser(ctx, {
    ...saved,
    Attributes: withoutAttributes(
      saved.Attributes,
      blank.map(({ Name }) => Name),
    ),
    UnverifiedAttributeChanges: withAttributes(saved.UnverifiedAttributeChanges, delayed),
  });
  await sendCodes(services, ctx, pool, user.Username, unverifiedChanges(requested, AutoVerifiedAttributes), {
    source: 'UpdateUserAttribute',
    clientId: null,
    clientMetadata: req.ClientMetadata,
  });
  return {};
};

export const updateRepairs: Repairs = { AdminUpdateUserAttributes: adminUpdateUserAttributes };

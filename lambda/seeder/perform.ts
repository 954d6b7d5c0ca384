import type { Creation } from '../../lib/private/contracts/seed-creation';
import { NO_ACCOUNT } from './account';
import type { Cognito } from './cognito';
import type { Passwords } from './passwords';
import type { Change } from './settle';

/** What it takes to carry changes out. */
export interface Hands {
  readonly cognito: Cognito;
  readonly passwords: Passwords;
  /** Absent: nobody is created. */
  readonly creation?: Creation;
}

/**
 * Carries a change out, request by request, and stops at the first that fails.
 *
 * @param onCreated hears of the `sub` of a user as soon as they are there
 */
export type Perform = (change: Change, onCreated?: (sub: string) => void) => Promise<void>;

export const performer = (hands: Hands): Perform => {
  let owner: Promise<void> | undefined;
  const hasOwner = (group: string) => (owner ??= hands.cognito.makeGroup(group, OWNER));
  return (change, onCreated) => {
    if (change.remove) return hands.cognito.remove(change.before.username);
    return change.create ? create(change, hands, hasOwner, onCreated) : update(change, hands);
  };
};

const OWNER = 'Whom a UserAttributesSeeder has created, and deletes when they are no longer declared';

const update = async (
  { before: { username }, set, delete: names, clientMetadata, account = NO_ACCOUNT }: Change,
  { cognito, passwords }: Hands,
): Promise<void> => {
  if (Object.keys(set).length > 0) await cognito.set(username, set, clientMetadata);
  if (names.length > 0) await cognito.delete(username, names);
  for (const group of account.join) await cognito.join(username, group);
  for (const group of account.leave) await cognito.leave(username, group);
  if (account.enabled) await cognito.setEnabled(username, true);
  if (account.password) {
    const password = await passwords.of(account.password);
    await cognito.setPassword(username, password).catch((error) => {
      // The policy remembers passwords, and this one is most likely the user's own.
      if (!account.passwordAgain || error.name !== 'PasswordHistoryPolicyViolationException') throw error;
    });
  }
  // Of a disabled user, Cognito may not take everything.
  if (account.enabled === false) await cognito.setEnabled(username, false);
};

const create = async (
  change: Change,
  { cognito, passwords, creation }: Hands,
  hasOwner: (group: string) => Promise<void>,
  onCreated?: (sub: string) => void,
): Promise<void> => {
  const { attributes, groups = [], enabled, password } = change.create!;
  const { owner, invitation = [], validationData = {}, forceAliasCreation = false } = creation ?? {};
  if (owner !== undefined) await hasOwner(owner);
  // Before anybody is there who would have none.
  const text = password && (await passwords.of(password));
  const isTemporary = password?.kind === 'secret' && password.temporary;
  const { username, attributes: made } = await cognito.create({
    username: change.before.username,
    attributes,
    clientMetadata: change.clientMetadata,
    validationData,
    forceAliasCreation,
    invitation,
    ...(isTemporary ? { temporaryPassword: text } : {}),
  });
  onCreated?.(made.sub);
  // First of all, so that whoever is here can be taken back.
  if (owner !== undefined) await cognito.join(username, owner);
  for (const group of groups) await cognito.join(username, group);
  if (text !== undefined && !isTemporary) await cognito.setPassword(username, text);
  if (enabled === false) await cognito.setEnabled(username, false);
};

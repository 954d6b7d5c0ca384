/** Takes out of a declaration what only the deployment knows. */
import type { Source } from '../../../lib/private/contracts/seed-source';
import type { DeclaredUser } from '../../../lib/private/contracts/seed-user';
import { CommandError } from '../../preview/errors';
import type { DeferredUser } from './declaration';
import { deferredNames, described, isDeferred } from './deferred';

interface Known {
  readonly source: Source;
  readonly deferred: DeferredUser[];
}

export const known = (title: string, source: Source): Known => {
  if (source.kind === 'inline') {
    const users = source.users.map((user) => ({ user, deferred: deferredUser(user) }));
    return {
      source: { kind: 'inline', users: users.filter(({ deferred }) => !deferred).map(({ user }) => user) },
      deferred: users.flatMap(({ deferred }) => deferred ?? []),
    };
  }
  if (source.kind !== 'existing') return { source, deferred: [] };
  const { selector, attributes } = source.existing;
  if (isDeferred(Object.values(selector).join(' '))) {
    throw new CommandError(
      `${title} has a rule whose ${selector.kind} is known at deployment only: nobody can say before whom it selects`,
    );
  }
  const names = deferredNames(attributes);
  const rest = Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)));
  return {
    source: { kind: 'existing', existing: { selector, attributes: rest } },
    deferred: names.length > 0 ? [{ attributes: names }] : [],
  };
};

/** A secret's ARN is no matter: nobody asks here what the password is. */
const deferredUser = ({ username, attributes, groups = [] }: DeclaredUser): DeferredUser | undefined => {
  if (isDeferred(username)) return { username: described(username), attributes: [] };
  const names = deferredNames(attributes);
  const deferredGroups = groups.filter(isDeferred).map(described);
  if (names.length + deferredGroups.length === 0) return undefined;
  return { username, attributes: names, ...(deferredGroups.length > 0 ? { groups: deferredGroups } : {}) };
};

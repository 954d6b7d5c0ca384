import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { SeedUser } from '../../../seed-user';
import type { DeclaredUser } from '../../contracts/seed-user';
import { present } from '../../contracts/fields';
import { isRecord } from '../../record';
import { declaredAttributes } from '../declared-attributes';
import { type BoundPassword, boundPassword } from '../passwords';
import { checkUsers } from '../validation/users';
import type { BindSource, Contact, SourceOptions } from './bound-source';

/** Users who are declared in code. Never throws, whatever they hold. */
export const inlineSource =
  (declared: readonly SeedUser[]): BindSource =>
  (seeder, options) => {
    const passwords = passwordsOf(seeder, declared);
    const users = wellFormed(declared).map((user) => declaredUser(user, passwords.get(user.username), options));
    return {
      source: { kind: 'inline', users },
      users: users.length === declared?.length ? users : undefined,
      passwords,
      actions: [],
      statements: [],
      findings: (rules) => checkUsers(declared, rules),
      contacts: () =>
        new Set<Contact>([
          ...users.flatMap(({ attributes }): Contact[] => (attributes.email ? ['email'] : [])),
          ...users.flatMap(({ attributes }): Contact[] => (attributes.phone_number ? ['phone_number'] : [])),
        ]),
      hasClientMetadata: () => users.some(({ clientMetadata }) => Object.keys(clientMetadata ?? {}).length > 0),
    };
  };

/** The rest is the validation's to report, which runs later. */
const wellFormed = (users: readonly SeedUser[]): readonly SeedUser[] =>
  Array.isArray(users)
    ? users.filter((user) => isRecord(user) && (user.attributes === undefined || isRecord(user.attributes)))
    : [];

const passwordsOf = (seeder: Construct, users: readonly SeedUser[]): ReadonlyMap<string, BoundPassword> =>
  new Map(
    wellFormed(users).flatMap(({ username, password }) => {
      const bound = boundPassword(seeder, password, username);
      return bound ? [[username, bound] as const] : [];
    }),
  );

const declaredUser = (
  { username, attributes = {}, clientMetadata, groups, enabled }: SeedUser,
  password: BoundPassword | undefined,
  { verification }: SourceOptions,
): DeclaredUser =>
  present({
    username,
    attributes: declaredAttributes(attributes, verification),
    clientMetadata,
    groups: Array.isArray(groups) && !Token.isUnresolved(groups) ? groups : undefined,
    enabled: typeof enabled === 'boolean' ? enabled : undefined,
    password: password?.source,
  });

import type { SeedUser } from '../../../seed-user';
import type { DeclaredUser } from '../../contracts/seed';
import { isRecord } from '../../record';
import { declaredAttributes } from '../declared-attributes';
import { checkUsers } from '../validation/users';
import type { BindSource, Contact, SourceOptions } from './bound-source';

/** Users who are declared in code. Never throws, whatever they hold. */
export const inlineSource =
  (users: readonly SeedUser[]): BindSource =>
  (_, options) => ({
    source: { kind: 'inline', users: wellFormed(users).map((user) => declaredUser(user, options)) },
    actions: [],
    statements: [],
    findings: (rules) => checkUsers(users, rules),
    contacts: () =>
      new Set<Contact>([
        ...users.flatMap(({ attributes }): Contact[] => (attributes.email ? ['email'] : [])),
        ...users.flatMap(({ attributes }): Contact[] => (attributes.phoneNumber ? ['phone_number'] : [])),
      ]),
    hasClientMetadata: () => users.some(({ clientMetadata }) => Object.keys(clientMetadata ?? {}).length > 0),
  });

/** The rest is the validation's to report, which runs later. */
const wellFormed = (users: readonly SeedUser[]): readonly SeedUser[] =>
  Array.isArray(users) ? users.filter((user) => isRecord(user) && isRecord(user.attributes)) : [];

const declaredUser = (
  { username, attributes, clientMetadata }: SeedUser,
  { verification }: SourceOptions,
): DeclaredUser => ({ username, attributes: declaredAttributes(attributes, verification), clientMetadata });

/** What happens to one user, as a plan lists it. */
import { valueOf } from '../../../lambda/seeder/attributes';
import { CONTACTS } from '../../../lambda/seeder/contacts';
import type { Change } from '../../../lambda/seeder/settle';
import type { PoolDescription } from '../pool/description';

export type Action = 'add' | 'change' | 'delete';

export interface AttributeChange {
  readonly name: string;
  readonly action: Action;
  readonly before?: string;
  readonly after?: string;
  /** Why Cognito would refuse it. */
  readonly complaint?: string;
}

export interface Entry {
  /** As declared. */
  readonly username: string;
  /** In the author's file; 0 where there is none. */
  readonly line: number;
  /** Whether the user is declared no more. */
  readonly left: boolean;
  readonly attributes: readonly AttributeChange[];
  /** The addresses to which Cognito sends a code. */
  readonly messages: readonly string[];
}

export const entryOf = (change: Change, line: number, pool: PoolDescription): Entry => {
  const { before, set, delete: deleted, declaredAs, declared } = change;
  const valueBefore = (name: string) => valueOf(before.attributes, name);
  const attributes = [
    ...Object.entries(set)
      // An address is sent along with its flag, changed or not.
      .filter(([name, value]) => valueBefore(name) !== value)
      .map(([name, after]) => ({ name, before: valueBefore(name), after })),
    ...deleted.map((name) => ({ name, before: valueBefore(name), after: undefined })),
  ];
  return {
    username: declaredAs,
    line,
    left: !declared,
    attributes: attributes
      .map((attribute): AttributeChange => ({
        ...attribute,
        action: attribute.after === undefined ? 'delete' : attribute.before === undefined ? 'add' : 'change',
        complaint: pool.complaint(attribute.name, attribute.after === undefined),
      }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
    messages: CONTACTS.filter(
      ({ contact, flag }) =>
        valueOf(set, contact) !== undefined && valueOf(set, flag) !== 'true' && pool.autoVerified.includes(contact),
    ).map(({ contact }) => contact),
  };
};

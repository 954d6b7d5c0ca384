/** What happens to one user, as a plan lists it. */
import type { Medium } from '../../../lib/private/contracts/seed-creation';
import { type Attributes, valueOf } from '../../../lambda/seeder/attributes';
import { CONTACTS } from '../../../lambda/seeder/contacts';
import type { Change } from '../../../lambda/seeder/settle';
import type { PoolDescription } from '../pool/description';
import type { AccountChange } from './account-change';

/** A value that is restored is what it was before the declaration, and gone where there was none. */
export type Action = 'add' | 'change' | 'delete' | 'restore';

export interface AttributeChange {
  readonly name: string;
  readonly action: Action;
  readonly before?: string;
  readonly after?: string;
  /** Why Cognito would refuse it. */
  readonly complaint?: string;
}

export interface Entry extends AccountChange {
  readonly action: 'create' | 'change' | 'delete';
  /** As declared. */
  readonly username: string;
  /** In the author's file; 0 where there is none. */
  readonly line: number;
  /** Whether the user is declared no more. */
  readonly left: boolean;
  readonly attributes: readonly AttributeChange[];
  /** The addresses to which Cognito sends a code. */
  readonly messages: readonly string[];
  /** By what Cognito sends an invitation. */
  readonly invitation: readonly Medium[];
  /** Why Cognito would refuse the user, whatever the attributes. */
  readonly complaint?: string;
}

/** @param isRestored whether what was there before comes back in place of a value that goes */
export const attributeChanges = (
  { before, set, delete: deleted }: Change,
  pool: PoolDescription,
  isRestored: (name: string) => boolean,
): AttributeChange[] => {
  const valueBefore = (name: string) => valueOf(before.attributes, name);
  const attributes = [
    ...Object.entries(set)
      // An address is sent along with its flag, changed or not.
      .filter(([name, value]) => valueBefore(name) !== value)
      .map(([name, after]) => ({ name, before: valueBefore(name), after })),
    ...deleted.map((name) => ({ name, before: valueBefore(name), after: undefined })),
  ];
  return attributes
    .map((attribute): AttributeChange => ({
      ...attribute,
      action: actionOf(attribute, isRestored),
      // Nobody knows whether there is anything that comes back in its place.
      complaint: isRestored(attribute.name)
        ? undefined
        : pool.complaint(attribute.name, attribute.after === undefined ? 'deletion' : 'update'),
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
};

const actionOf = (
  { name, before, after }: Pick<AttributeChange, 'name' | 'before' | 'after'>,
  isRestored: (name: string) => boolean,
): Action => {
  if (after === undefined) return isRestored(name) ? 'restore' : 'delete';
  return before === undefined ? 'add' : 'change';
};

/** The addresses to which Cognito sends a code when they are set so. */
export const messagesOf = (set: Attributes, { autoVerified }: PoolDescription): string[] =>
  CONTACTS.filter(
    ({ contact, flag }) =>
      valueOf(set, contact) !== undefined && valueOf(set, flag) !== 'true' && autoVerified.includes(contact),
  ).map(({ contact }) => contact);

import type { ContactVerification } from '../../../contact-verification';
import type { UserAttributes } from '../../../user-attributes';
import { textOf } from '../../attribute-names';
import { checkContact } from '../../seed-file/rules/contacts';
import type { Finding } from '../../finding';

const CONTACTS = [
  { contact: 'email', flagName: 'emailVerified', attribute: 'email' },
  { contact: 'phoneNumber', flagName: 'phoneNumberVerified', attribute: 'phone_number' },
] as const;

/** Nobody is messaged by accident: who changes an address says what happens to its owner. */
export const checkContacts = (attributes: UserAttributes, verification: ContactVerification | undefined): Finding[] =>
  CONTACTS.flatMap(({ contact, flagName, attribute }) => {
    const address = isDeclared(attributes[contact]) ? 'value' : attributes[contact] === '' ? 'deleted' : 'undeclared';
    const flag = attributes[flagName] === undefined ? undefined : (textOf(attributes[flagName]) ?? 'a token');
    const problems = checkContact({ address, flag, flagName }, verification && `${verification}`);
    return problems.map((problem) => ({ attribute, ...problem }));
  });

const isDeclared = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

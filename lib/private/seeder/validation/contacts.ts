import { ContactVerification } from '../../../contact-verification';
import type { SeedUser } from '../../../seed-user';
import { textOf } from '../../attribute-names';
import type { Finding } from './finding';

const CONTACTS = [
  { contact: 'email', flag: 'emailVerified', attribute: 'email' },
  { contact: 'phoneNumber', flag: 'phoneNumberVerified', attribute: 'phone_number' },
] as const;

/** Nobody is messaged by accident: who changes an address says what happens to its owner. */
export const checkContacts = (
  attributes: SeedUser['attributes'],
  verification: ContactVerification | undefined,
): Finding[] =>
  CONTACTS.flatMap(({ contact, flag, attribute }) => {
    const verified = attributes[flag] === undefined ? undefined : (textOf(attributes[flag]) ?? 'a token');
    if (!isDeclared(attributes[contact])) {
      return attributes[contact] === '' && verified !== undefined
        ? [{ attribute, rule: `it is deleted, and ${flag} is declared`, remedy: `leave ${flag} out` }]
        : [];
    }
    if (verified !== undefined && verified !== 'true' && verified !== 'false') {
      return [
        {
          attribute,
          rule: `${flag} beside a value must be known at synth, or it may cause a message`,
          remedy: `declare ${flag} true, or leave it out and declare verification`,
        },
      ];
    }
    if (verified === 'false') {
      return [
        {
          attribute,
          rule: `${flag} is declared false beside a value, and Cognito may send its owner a code`,
          remedy: `leave ${flag} out and declare verification: SEND_MESSAGE (unverified until confirmed) or MARK_VERIFIED`,
        },
      ];
    }
    if (verified === 'true') {
      return verification === ContactVerification.SEND_MESSAGE
        ? [
            {
              attribute,
              rule: `${flag} is declared true, so nobody is messaged, but verification is SEND_MESSAGE`,
              remedy: `leave ${flag} out, or declare this user in a seeder with MARK_VERIFIED`,
            },
          ]
        : [];
    }
    return verification === undefined
      ? [
          {
            attribute,
            rule: 'nothing says whether the owner of the address is messaged',
            remedy:
              'declare verification: ContactVerification.MARK_VERIFIED (nobody is) or SEND_MESSAGE (Cognito sends a code)',
          },
        ]
      : [];
  });

const isDeclared = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

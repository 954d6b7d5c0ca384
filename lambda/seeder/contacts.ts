import type { Attributes } from './attributes';

/** The attributes that Cognito messages people about, and the flags that say whether the address is theirs. */
export const CONTACTS = [
  { contact: 'email', flag: 'email_verified' },
  { contact: 'phone_number', flag: 'phone_number_verified' },
] as const;

export const isContact = (name: string): boolean => CONTACTS.some(({ contact }) => contact === name);

/** What a flag belongs to; any other attribute stands for itself. */
export const contactOf = (name: string): string => CONTACTS.find(({ flag }) => flag === name)?.contact ?? name;

export const isVerificationFlag = (name: string): boolean => CONTACTS.some(({ flag }) => flag === name);

/** A token that resolves to a blank deletes the contact; its flag then vouches for nothing. */
export const withoutOrphanedFlags = (attributes: Attributes): Attributes => {
  const orphans = CONTACTS.filter(({ contact }) => attributes[contact] === '').map(({ flag }): string => flag);
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !orphans.includes(name)));
};

/**
 * A contact and its flag are sent together: an e-mail address sent without `email_verified` is reset to unverified, and
 * Cognito may send its owner a code.
 *
 * @param set what is to be sent
 * @param declared where the other half of a pair is found
 */
export const withBothHalves = (set: Attributes, declared: Attributes): Attributes => {
  const names = CONTACTS.filter(({ contact, flag }) => contact in set || flag in set).flatMap(({ contact, flag }) => [
    contact,
    flag,
  ]);
  return {
    ...set,
    ...Object.fromEntries(names.filter((name) => declared[name]).map((name) => [name, declared[name]])),
  };
};

/** Whether Cognito may send somebody a code when it is given these attributes. */
export const mayMessage = (set: Attributes): boolean =>
  CONTACTS.some(({ contact, flag }) => contact in set && set[flag] !== 'true');

export type Contact = 'email' | 'phone_number';

export const CONTACTS: readonly Contact[] = ['email', 'phone_number'];

const FORMATS: Readonly<Record<Contact, RegExp>> = { email: /^[^\s@]+@[^\s@]+$/, phone_number: /^\+\d{1,15}$/ };

/** The contact, among those asked about, whose format a name has. */
export const contactOf = (name: string, among: readonly string[] | undefined): Contact | undefined =>
  CONTACTS.find((contact) => among?.includes(contact) && FORMATS[contact].test(name));

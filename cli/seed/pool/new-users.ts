/** What the pool asks of users who are created: whoever is not so, Cognito refuses for certain. */
import type { Medium } from '../../../lib/private/contracts/seed-creation';
import type { Attributes } from '../../../lambda/seeder/attributes';
import { valueOf } from '../../../lambda/seeder/attributes';

export interface NewUserRules {
  /** Attributes that every user has to have. */
  readonly required: readonly string[];
  /** By what users sign in, if it is no username. */
  readonly signIn: readonly string[];
  /** By what they may sign in beside their username. */
  readonly aliases: readonly string[];
}

/** Why Cognito would refuse to create a user. */
export interface Complaint {
  /** Absent: it is the username. */
  readonly attribute?: string;
  readonly complaint: string;
}

/** How the names look by which users sign in. */
const LOOKS: Readonly<Record<string, { readonly pattern: RegExp; readonly called: string }>> = {
  email: { pattern: /^[^\s@]+@[^\s@]+$/, called: 'e-mail address' },
  phone_number: { pattern: /^\+\d{1,15}$/, called: 'phone number' },
};

export const newUserComplaints = (
  username: string,
  attributes: Attributes,
  invitation: readonly Medium[],
  rules: NewUserRules,
): Complaint[] => {
  const looksLike = (name: string) => LOOKS[name]?.pattern.test(username) ?? false;
  // Where an address is the username, Cognito takes it for the attribute too.
  const lacks = (name: string) =>
    valueOf(attributes, name) === undefined && !(rules.signIn.includes(name) && looksLike(name));
  const invited = invitation.map((medium) => (medium === 'EMAIL' ? 'email' : 'phone_number'));
  return [
    ...nameComplaints(looksLike, rules),
    ...rules.required.filter(lacks).map((attribute) => ({ attribute, complaint: 'the pool requires it of new users' })),
    ...invited
      .filter((name) => lacks(name) && !rules.required.includes(name))
      .map((attribute) => ({ attribute, complaint: 'the invitation goes to it, and it is not declared' })),
  ];
};

const nameComplaints = (looksLike: (name: string) => boolean, { signIn, aliases }: NewUserRules): Complaint[] => {
  const called = (name: string) => LOOKS[name]?.called ?? name;
  if (signIn.length > 0) {
    const complaint = `the pool's users sign in by their ${signIn.map(called).join(' or ')}, and a new one has to be called by it`;
    return signIn.some(looksLike) ? [] : [{ complaint }];
  }
  return aliases
    .filter(looksLike)
    .map((name) => ({ complaint: `the pool does not take a new user's ${called(name)} for the username` }));
};

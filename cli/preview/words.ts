/** Cognito's names in plain words. */
import type { MessageChannel, Reason, VariantWire } from '../../lib/private/contracts/message';
import { own } from './json';

interface SourceWords {
  readonly title: string;
  readonly occasion: string;
}

const SOURCES: Readonly<Record<string, SourceWords>> = {
  CustomMessage_SignUp: { title: 'Sign-up', occasion: 'Somebody signs up: the code that confirms the account.' },
  CustomMessage_AdminCreateUser: {
    title: 'Invitation',
    occasion: 'An administrator creates a user: the user name and a temporary password.',
  },
  CustomMessage_ResendCode: { title: 'Code again', occasion: 'A user asks for the code of the sign-up again.' },
  CustomMessage_ForgotPassword: {
    title: 'Forgotten password',
    occasion: 'A user has forgotten the password, or an administrator resets it.',
  },
  CustomMessage_UpdateUserAttribute: {
    title: 'Changed address',
    occasion: 'A user’s e-mail address or phone number changes: the code that proves the new one.',
  },
  CustomMessage_VerifyUserAttribute: {
    title: 'Verification',
    occasion: 'A user asks to verify an e-mail address or phone number.',
  },
  CustomMessage_Authentication: {
    title: 'Second factor',
    occasion: 'A user signs in with multi-factor authentication: the code of the second factor.',
  },
};

export const sourceWords = (source: string): SourceWords => own(SOURCES, source) ?? { title: source, occasion: '' };

/** `CustomMessage_SignUp` → `sign-up`, for the name of a file. */
export const sourceSlug = (source: string): string =>
  source
    .replace(/^CustomMessage_/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, '-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');

/** @param isOnly whether the source has no other variant */
export function variantTitle({ name, when }: VariantWire, isOnly = false): string {
  if (name !== undefined) return name;
  const values = Object.values(when).map((allowed) => allowed.join(' or '));
  return values.length > 0 ? values.join(', ') : isOnly ? 'Everybody' : 'Everybody else';
}

/** What the ClientMetadata must be, in words. */
export function conditionWords({ when }: VariantWire): string {
  const conditions = Object.entries(when).map(
    ([key, values]) => `${key} is ${values.map((value) => `“${value}”`).join(' or ')}`,
  );
  return conditions.length === 0
    ? 'whatever ClientMetadata arrives, also none'
    : `ClientMetadata: ${conditions.join(', and ')}`;
}

/** Why Cognito sends its own words. */
export const REASON_WORDS: Readonly<Record<Reason, string>> = {
  NoTemplate: 'no text is meant for this',
  NoValue: 'a variable has no value',
  NoPlaceholder: 'the placeholder for the code, the user name or the link is missing, or there is another',
  Address: 'a value would make a web or e-mail address with the text around it',
  Length: 'the text is shorter or longer than Cognito allows',
  Characters: 'it holds characters that Cognito refuses',
  Error: 'something unforeseen happened in the function',
};

export const channelWord = (channel: MessageChannel): string => (channel === 'email' ? 'E-mail' : 'SMS');

/** `userAttributes.given_name` → `given_name` */
export const shortName = (variable: string): string => variable.slice(variable.indexOf('.') + 1);

/**
 * What CustomMessageTrigger lays beside its function, and what the function reads: one index of when which text is meant,
 * and one file a text, read when it is first asked for. A trigger may hold thousands of texts, and a cold start needs one.
 */
import type { TextRuleWire } from './text-rule';

/** The folder, beside the function's code or in a layer, and its index. */
export const MESSAGES_FOLDER = 'messages';
export const INDEX_FILE = 'index.json';

/** Tells a function of one's own where the folder is. */
export const MESSAGES_ENV = 'COGNITO_MESSAGES';

/** Every source of the CustomMessage trigger, in the order in which people meet them. */
export const MESSAGE_SOURCES: readonly string[] = [
  'CustomMessage_SignUp',
  'CustomMessage_AdminCreateUser',
  'CustomMessage_ResendCode',
  'CustomMessage_ForgotPassword',
  'CustomMessage_UpdateUserAttribute',
  'CustomMessage_VerifyUserAttribute',
  'CustomMessage_Authentication',
];

/** The one source whose message carries a user name besides the code (a temporary password). */
export const INVITATION_SOURCE = 'CustomMessage_AdminCreateUser';

/** The sources for which Cognito offers a link, where the pool verifies by one. */
export const LINK_SOURCES: readonly string[] = ['CustomMessage_SignUp', 'CustomMessage_ResendCode'];

/** The ways a message goes, each chosen and rendered by itself. */
export type MessageChannel = 'email' | 'sms';

export const MESSAGE_CHANNELS: readonly MessageChannel[] = ['email', 'sms'];

/** The parts of a template, by their names on the wire and in the props. */
export type MessagePart = 'subject' | 'html' | 'sms';

export const CHANNEL_PARTS = { email: ['subject', 'html'], sms: ['sms'] } as const satisfies Readonly<
  Record<MessageChannel, readonly MessagePart[]>
>;

/** Cognito's limits, in UTF-16 code units. */
export const MESSAGE_LIMITS: Readonly<Record<MessagePart, { readonly min: number; readonly max: number }>> = {
  subject: { min: 1, max: 140 },
  html: { min: 6, max: 20_000 },
  sms: { min: 6, max: 140 },
};

/** The longest value that a variable stands for: whoever signs up chooses it, and it is mailed from the pool's domain. */
export const MAX_VALUE_LENGTH = 256;

/** A stretch of a text. */
export type PieceWire =
  /** Sent as it stands. */
  | string
  /** What stands between `{{` and `}}`. */
  | readonly ['value', variable: string]
  /** Sent where the variable has a value, or where it has none. */
  | readonly ['if' | 'unless', variable: string, pieces: readonly PieceWire[]];

/** What a text's file holds: the parts of one channel. */
export type TextWire = Readonly<Partial<Record<MessagePart, readonly PieceWire[]>>>;

/** The texts for one kind of ClientMetadata. */
export interface VariantWire {
  /** The variant's name, where it has one. */
  readonly name?: string;
  /** Of each key, the values that it may have. */
  readonly when: Readonly<Record<string, readonly string[]>>;
  /** Of each channel, the text's file by locale in lower case; `''` for everybody else's. */
  readonly texts: Readonly<Partial<Record<MessageChannel, Readonly<Record<string, string>>>>>;
}

export interface MessageIndexWire {
  readonly metadata: Readonly<Record<string, TextRuleWire>>;
  /** The key of ClientMetadata that holds the locale. */
  readonly localeKey?: string;
  readonly defaultLocale?: string;
  /** By source, the most specific first. */
  readonly sources: Readonly<Record<string, readonly VariantWire[]>>;
}

export const METRICS = {
  namespace: 'CognitoUserAttributes',
  service: 'CustomMessageTrigger',
  /** Dimensions beside Powertools' own `service`. */
  poolDimension: 'UserPoolId',
  reasonDimension: 'Reason',
  renderedMessages: 'RenderedMessages',
  defaultMessages: 'DefaultMessages',
  refusedMetadata: 'RefusedMetadata',
} as const;

/** Why Cognito sends a message in its own words. */
export const REASONS = ['NoTemplate', 'NoValue', 'NoPlaceholder', 'Address', 'Length', 'Characters', 'Error'] as const;
export type Reason = (typeof REASONS)[number];

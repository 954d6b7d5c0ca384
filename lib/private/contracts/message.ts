/**
 * The wire between CustomMessageTrigger and its function: the declared templates, as JSON in one environment variable.
 */

/** The environment variable that holds the templates. */
export const MESSAGES_ENV = 'MESSAGES';

/** Every source of the CustomMessage trigger. */
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

/** The parts of a template, by their names on the wire and in the props. */
export type MessagePart = 'subject' | 'html' | 'sms';

export const MESSAGE_PARTS: readonly MessagePart[] = ['subject', 'html', 'sms'];

/** Cognito's limits, in UTF-16 code units. */
export const MESSAGE_LIMITS: Readonly<Record<MessagePart, { readonly min: number; readonly max: number }>> = {
  subject: { min: 1, max: 140 },
  html: { min: 6, max: 20_000 },
  sms: { min: 6, max: 140 },
};

/** The longest value that a variable stands for: whoever signs up chooses it, and it is mailed from the pool's domain. */
export const MAX_VALUE_LENGTH = 256;

/** One template, as it arrives in the function. */
export interface MessageTemplateWire {
  readonly source: string;
  readonly when: Readonly<Record<string, string>>;
  readonly subject?: string;
  readonly html?: string;
  readonly sms?: string;
}

export interface MessageWire {
  readonly templates: readonly MessageTemplateWire[];
}

/** A template as declared: the wire's own shape, where `when` may be left out. */
export type DeclaredMessage = Omit<MessageTemplateWire, 'when'> & Partial<Pick<MessageTemplateWire, 'when'>>;

export function encodeMessages(templates: readonly DeclaredMessage[]): string {
  const wire: MessageWire = {
    templates: templates.map(({ source, when, subject, html, sms }) => ({
      source,
      when: { ...when },
      ...(subject !== undefined && { subject }),
      ...(html !== undefined && { html }),
      ...(sms !== undefined && { sms }),
    })),
  };
  return JSON.stringify(wire);
}

/** @throws Error naming the field that is not as encoded; never with a template's text */
export function decodeMessages(text: string | undefined): MessageWire {
  if (text === undefined) throw new Error(`${MESSAGES_ENV} is not set`);
  const { templates } = record(parse(text), MESSAGES_ENV);
  if (!Array.isArray(templates)) throw new Error(`${MESSAGES_ENV}.templates must be a list`);
  return { templates: templates.map((template, index) => decodeTemplate(template, `templates[${index}]`)) };
}

function decodeTemplate(value: unknown, field: string): MessageTemplateWire {
  const { source, when, ...parts } = record(value, field);
  if (typeof source !== 'string') throw new Error(`${field}.source must be a string`);
  const conditions = record(when, `${field}.when`);
  for (const [key, wanted] of Object.entries(conditions)) {
    if (typeof wanted !== 'string') throw new Error(`${field}.when.${key} must be a string`);
  }
  for (const part of MESSAGE_PARTS) {
    if (parts[part] !== undefined && typeof parts[part] !== 'string') {
      throw new Error(`${field}.${part} must be a string`);
    }
  }
  const { subject, html, sms } = parts as Partial<Record<MessagePart, string>>;
  return { source, when: conditions as Record<string, string>, subject, html, sms };
}

function record(value: unknown, field: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${field} must be an object`);
  return value as Record<string, unknown>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // JSON.parse quotes the text in its message, and this message is logged.
    throw new Error(`${MESSAGES_ENV} is not JSON`);
  }
}

/**
 * The CustomMessage trigger: Cognito asks it for the words of a message before it sends one. An event that comes back
 * unchanged means Cognito's own words, and that is the answer to everything unforeseen: an exception would fail the sign-up
 * or update that caused the message.
 */
import {
  decodeMessages,
  MESSAGE_PARTS,
  MESSAGE_SOURCES,
  MESSAGES_ENV,
  type MessageWire,
} from '../lib/private/contracts/message';
import { readEvent } from './message/event';
import { parse, renderMessage } from './message/render';
import { selectTemplate } from './message/select';

const messages = load();

export const handler = async (event: unknown): Promise<unknown> => {
  try {
    return respond(event);
  } catch (error) {
    console.error({ message: 'Cognito sends its own message', reason: 'an error', error: nameOf(error) });
    return event;
  }
};

function respond(event: unknown): unknown {
  const facts = readEvent(event);
  const known = MESSAGE_SOURCES.includes(facts.source);
  // An unknown source is not repeated: whatever is not one of Cognito's names may be anything.
  const unchanged = (reason: string): unknown => {
    console.info({ message: 'Cognito sends its own message', ...(known && { source: facts.source }), reason });
    return event;
  };
  if (!known) return unchanged('an unknown source');
  if (!messages) return unchanged('no templates');
  const template = selectTemplate(messages.templates, facts.source, facts.clientMetadata);
  if (!template) return unchanged('no matching template');

  const { message, refusals } = renderMessage(template, facts);
  if (refusals.length > 0) {
    console.warn({ message: 'Cognito sends its own message', source: facts.source, refusals });
  }
  if (Object.keys(message).length === 0) return event;
  const { response } = event as { response?: unknown };
  const given = typeof response === 'object' ? response : {};
  return { ...(event as object), response: { ...given, ...message } };
}

/** Decodes and parses once, at the cold start. */
function load(): MessageWire | undefined {
  try {
    const wire = decodeMessages(process.env[MESSAGES_ENV]);
    for (const template of wire.templates) MESSAGE_PARTS.forEach((part) => parse(template[part] ?? ''));
    return wire;
  } catch (error) {
    console.error({
      message: 'The templates cannot be read',
      reason: error instanceof Error ? error.message : 'an error',
    });
    return undefined;
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

import { MESSAGES_ENV } from '../../lib/private/contracts/message';
import { compose, type Composition } from './compose';
import { type Library, openLibrary, UnreadableMessages } from './library';
import { reportFailure, reportMessages } from './report';

/** Which words a CustomMessage event is answered in. */
export interface Rendering {
  /** The e-mail's subject. It comes with `emailMessage`. */
  readonly emailSubject?: string;
  /** The e-mail's HTML, holding Cognito's placeholders. */
  readonly emailMessage?: string;
  /** The SMS, holding Cognito's placeholders. */
  readonly smsMessage?: string;
  /** What goes out in Cognito's own words, and why. */
  readonly defaults: readonly DefaultMessage[];
  /** The declared keys of ClientMetadata whose value broke its rule, and counted as absent. */
  readonly refusedMetadata: readonly string[];
}

/** A channel that is left to Cognito's own words. Names only, never a value. */
export interface DefaultMessage {
  /** Absent where no template speaks for the event at all. */
  readonly channel?: 'email' | 'sms';
  readonly part?: 'subject' | 'html' | 'sms';
  /**
   * `NoTemplate`: none fits the source, the ClientMetadata and the locale; `NoValue`: a variable has none; `NoPlaceholder`:
   * Cognito gave none for the code, the user name or the link; `Address`: a value makes a web or e-mail address with the
   * text around it; `Length`, `Characters`: Cognito would refuse the text; `Error`: anything unforeseen.
   */
  readonly reason: 'NoTemplate' | 'NoValue' | 'NoPlaceholder' | 'Address' | 'Length' | 'Characters' | 'Error';
  /** The variable without a value. */
  readonly variable?: string;
}

/** The messages that a CustomMessageTrigger declares, for a function of one's own. */
export interface CustomMessages {
  /**
   * Chooses and renders the words for an event, and does nothing else: no log, no metric.
   *
   * @param event the CustomMessage event, as Cognito sent it or with ClientMetadata of your own
   * @throws Error where the messages cannot be read, or the event throws when it is read
   */
  render(event: unknown): Rendering;

  /**
   * The event with the words in its response, or as it is where Cognito shall send its own. Writes one line of log for what
   * is left to Cognito, and the metrics of the construct. Never throws: an exception would fail the sign-up or update that
   * causes the message.
   *
   * @param event the CustomMessage event, as Cognito sent it or with ClientMetadata of your own
   */
  respond<Event>(event: Event): Event;
}

/** Where the messages are. */
export interface CustomMessagesOptions {
  /**
   * The folder that CustomMessageTrigger made.
   *
   * @default - what the construct has told the function, in the environment variable COGNITO_MESSAGES
   */
  readonly directory?: string;
}

/**
 * Opens the messages that a CustomMessageTrigger declares. Call it once, outside the handler.
 *
 * @example
 * const messages = customMessages();
 * export const handler = async (event) => messages.respond(event);
 */
export function customMessages(options: CustomMessagesOptions = {}): CustomMessages {
  const library = opened(options.directory ?? process.env[MESSAGES_ENV]);
  return {
    render: (event) => renderingOf(compose(library(), event)),
    respond: (event) => {
      try {
        const composition = compose(library(), event);
        reportMessages(composition);
        return answer(event, renderingOf(composition));
      } catch (error) {
        reportFailure(error, event);
        return event;
      }
    },
  };
}

/** Opens the folder at the cold start. What is wrong with it must not keep the function from starting: Cognito has words of its own. */
function opened(directory: string | undefined): () => Library {
  try {
    if (directory === undefined) throw new UnreadableMessages(`${MESSAGES_ENV} is not set`);
    const library = openLibrary(directory);
    return () => library;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

function renderingOf({ messages, defaults, refusedMetadata }: Composition): Rendering {
  const { email, sms } = messages;
  return {
    ...(email && { emailSubject: email.subject, emailMessage: email.html }),
    ...(sms && { smsMessage: sms.sms }),
    defaults,
    refusedMetadata,
  };
}

function answer<Event>(event: Event, { emailSubject, emailMessage, smsMessage }: Rendering): Event {
  if (emailMessage === undefined && smsMessage === undefined) return event;
  const { response } = event as { response?: unknown };
  return {
    ...event,
    response: {
      ...(typeof response === 'object' ? response : {}),
      ...(emailMessage !== undefined && { emailSubject, emailMessage }),
      ...(smsMessage !== undefined && { smsMessage }),
    },
  };
}

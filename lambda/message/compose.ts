import {
  CHANNEL_PARTS,
  MESSAGE_CHANNELS,
  type MessageChannel,
  type MessagePart,
  type Reason,
} from '../../lib/private/contracts/message';
import { type MessageFacts, own, readEvent } from './event';
import type { Library } from './library';
import { readMetadata } from './metadata';
import { type Refusal, renderPart } from './render';
import { selectText, wantedLocales } from './select';

/** A channel that keeps Cognito's own words, and why. */
export interface Default {
  /** Absent where the source has no texts at all. */
  readonly channel?: MessageChannel;
  readonly part?: MessagePart;
  readonly reason: Reason;
  readonly variable?: string;
}

export interface Composition {
  readonly facts: MessageFacts;
  /** The parts of each channel that goes out in our words. */
  readonly messages: Readonly<Partial<Record<MessageChannel, Readonly<Partial<Record<MessagePart, string>>>>>>;
  readonly defaults: readonly Default[];
  readonly refusedMetadata: readonly string[];
}

/** Chooses and renders each channel by itself: where the e-mail breaks a rule, the SMS still goes out, and the other way round. */
export function compose(library: Library, event: unknown): Composition {
  const { index } = library;
  const read = readEvent(event);
  const metadata = readMetadata(index.metadata, read.clientMetadata);
  const facts: MessageFacts = { ...read, clientMetadata: metadata.values };
  const locales = wantedLocales(index, metadata.values, facts.userAttributes);

  const messages: Partial<Record<MessageChannel, Partial<Record<MessagePart, string>>>> = {};
  const defaults: Default[] = [];
  const channels = declaredChannels(library, facts.source);
  if (channels.length === 0) defaults.push({ reason: 'NoTemplate' });
  for (const channel of channels) {
    const file = selectText(index, facts.source, channel, metadata.values, locales);
    const message = file === undefined ? undefined : renderChannel(library, file, channel, facts);
    if (!message) defaults.push({ channel, reason: 'NoTemplate' });
    else if ('reason' in message) defaults.push({ channel, ...message });
    else messages[channel] = message;
  }
  return { facts, messages, defaults, refusedMetadata: metadata.refused };
}

/** A pool that sends no SMS has no texts for any: nobody misses them. */
function declaredChannels({ index }: Library, source: string): MessageChannel[] {
  const variants = own(index.sources, source) ?? [];
  return MESSAGE_CHANNELS.filter((channel) => variants.some(({ texts }) => texts[channel]));
}

/** All parts or none: a subject in our words and a body in Cognito's would not make one e-mail. */
function renderChannel(
  library: Library,
  file: string,
  channel: MessageChannel,
  facts: MessageFacts,
): Partial<Record<MessagePart, string>> | Refusal {
  const text = library.text(file);
  const rendered: Partial<Record<MessagePart, string>> = {};
  for (const part of CHANNEL_PARTS[channel]) {
    const result = renderPart(part, text[part] ?? [], facts);
    if (typeof result !== 'string') return result;
    rendered[part] = result;
  }
  return rendered;
}

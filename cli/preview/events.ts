/** For every text of an index, an event that the function answers with that very text. */
import {
  INVITATION_SOURCE,
  LINK_SOURCES,
  MESSAGE_CHANNELS,
  MESSAGE_SOURCES,
  type MessageChannel,
  type TextWire,
  type VariantWire,
} from '../../lib/private/contracts/message';
import { parseVariable } from '../../lib/private/contracts/message-text';
import { type Choice, choose, type Occasion } from './choice';
import { own } from './json';
import { conditionsOf, type Messages, piecesOf, variablesOf } from './messages';
import { occasions } from './occasions';
import type { Samples } from './samples';
import { SAMPLE_USER_NAME } from './values';

/** What Cognito puts into an event for itself to replace. */
export const CODE_PLACEHOLDER = '{####}';
export const USERNAME_PLACEHOLDER = '{username}';
export const LINK_PLACEHOLDER = '{##Verify your account##}';

export interface CustomMessageEvent {
  readonly version: '1';
  readonly region: string;
  readonly userPoolId: string;
  readonly userName: string;
  readonly callerContext: { readonly awsSdkVersion: string; readonly clientId: string };
  readonly triggerSource: string;
  readonly request: {
    readonly userAttributes: Readonly<Record<string, string>>;
    readonly codeParameter: string;
    readonly usernameParameter: string | null;
    readonly linkParameter: string | null;
    readonly clientMetadata: Readonly<Record<string, string>>;
  };
  readonly response: { readonly smsMessage: null; readonly emailMessage: null; readonly emailSubject: null };
}

/** One message of the gallery: a text, and an occasion for it. */
export interface Sample {
  readonly source: string;
  readonly variant: VariantWire;
  readonly locale: string;
  readonly channel: MessageChannel;
  readonly text: TextWire;
  /** The variables that have no value here, where the text says something else without one. */
  readonly absent: readonly string[];
  readonly event: CustomMessageEvent;
  /** What is sent instead, where no event was found that this text answers. */
  readonly instead?: Choice;
}

/** The sources of an index in the order in which people meet them. */
const sourcesOf = ({ index }: Messages): string[] => [
  ...MESSAGE_SOURCES.filter((source) => own(index.sources, source) !== undefined),
  ...Object.keys(index.sources).filter((source) => !MESSAGE_SOURCES.includes(source)),
];

export function samplesOf(messages: Messages, given: Samples): Sample[] {
  return sourcesOf(messages).flatMap((source) =>
    messages.index.sources[source].flatMap((variant) =>
      localesOf(variant, messages.index.defaultLocale).flatMap((locale) =>
        MESSAGE_CHANNELS.flatMap((channel) => {
          const file = own(variant.texts[channel] ?? {}, locale);
          if (file === undefined) return [];
          const text = messages.textOf(file);
          return absences(text, variant).map((absent) =>
            sampleOf(messages, given, { source, variant, locale, channel, text, absent }),
          );
        }),
      ),
    ),
  );
}

/** The default first, everybody else's second. */
function localesOf({ texts }: VariantWire, defaultLocale = ''): string[] {
  const rank = (locale: string): number => [defaultLocale.toLowerCase(), ''].reverse().indexOf(locale);
  const locales = new Set(MESSAGE_CHANNELS.flatMap((channel) => Object.keys(texts[channel] ?? {})));
  return [...locales].sort().sort((one, other) => rank(other) - rank(one));
}

/** With all values and, where that makes a difference, without those on which something depends. */
function absences(text: TextWire, { when }: VariantWire): string[][] {
  const absent = [...conditionsOf(piecesOf(text))].filter((name) => {
    const variable = parseVariable(name);
    if (variable?.kind === 'userAttributes') return true;
    return variable?.kind === 'clientMetadata' && !Object.hasOwn(when, variable.key);
  });
  return absent.length > 0 ? [[], absent] : [[]];
}

function sampleOf(messages: Messages, given: Samples, aim: Omit<Sample, 'event' | 'instead'>): Sample {
  let first: Occasion | undefined;
  for (const occasion of occasions(messages.index, given, aim)) {
    first ??= occasion;
    const choice = choose(messages.index, aim.channel, occasion);
    if (choice?.variant === aim.variant && choice.locale === aim.locale)
      return { ...aim, event: eventOf(occasion, given, aim) };
  }
  // There is always one: the last resort is an occasion without a locale.
  const occasion = first!;
  const instead = choose(messages.index, aim.channel, occasion);
  return { ...aim, event: eventOf(occasion, given, aim), ...(instead && { instead }) };
}

function eventOf(
  occasion: Occasion,
  given: Samples,
  { source, text }: Pick<Sample, 'source' | 'text'>,
): CustomMessageEvent {
  const hasLink = LINK_SOURCES.includes(source) && variablesOf(piecesOf(text)).has('link');
  return {
    version: '1',
    region: 'eu-central-1',
    userPoolId: 'eu-central-1_Preview00',
    userName: given.userName ?? SAMPLE_USER_NAME,
    callerContext: { awsSdkVersion: 'cdk-cognito-messages', clientId: 'preview' },
    triggerSource: source,
    request: {
      userAttributes: occasion.userAttributes,
      codeParameter: CODE_PLACEHOLDER,
      usernameParameter: source === INVITATION_SOURCE ? USERNAME_PLACEHOLDER : null,
      linkParameter: hasLink ? LINK_PLACEHOLDER : null,
      clientMetadata: occasion.clientMetadata,
    },
    response: { smsMessage: null, emailMessage: null, emailSubject: null },
  };
}

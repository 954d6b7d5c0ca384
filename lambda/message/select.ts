import type { MessageChannel, MessageIndexWire, VariantWire } from '../../lib/private/contracts/message';
import { own } from './event';
import { localeFallback } from './locale';

/**
 * The file of the text that a channel's message is made of: of the source's variants whose `when` the metadata meets, the
 * most specific that has a text in one of the locales, and of its texts the one in the best locale.
 */
export function selectText(
  index: MessageIndexWire,
  source: string,
  channel: MessageChannel,
  metadata: Readonly<Record<string, string>>,
  locales: readonly string[],
): string | undefined {
  // The index lists the most specific first, and synth refuses two that could tie.
  for (const variant of own(index.sources, source) ?? []) {
    const texts = variant.texts[channel];
    if (!texts || !matches(variant, metadata)) continue;
    const locale = locales.find((tag) => Object.hasOwn(texts, tag));
    if (locale !== undefined) return texts[locale];
  }
  return undefined;
}

/** In which locales a user wants a message: as the call says, as the user's profile says, as everybody. */
export const wantedLocales = (
  { localeKey, defaultLocale }: MessageIndexWire,
  metadata: Readonly<Record<string, string>>,
  userAttributes: Readonly<Record<string, unknown>>,
): string[] => localeFallback([localeKey && own(metadata, localeKey), own(userAttributes, 'locale'), defaultLocale]);

const matches = ({ when }: VariantWire, metadata: Readonly<Record<string, string>>): boolean =>
  Object.entries(when).every(([key, wanted]) => {
    const value = own(metadata, key);
    return value !== undefined && wanted.includes(value);
  });

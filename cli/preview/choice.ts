/**
 * Which text the function chooses for an event, by the function's own rules: what makes a sample event for a text possible,
 * and tells that a text is nobody's.
 */
import { readMetadata } from '../../lambda/message/metadata';
import { selectText, wantedLocales } from '../../lambda/message/select';
import type { MessageChannel, MessageIndexWire, VariantWire } from '../../lib/private/contracts/message';
import { own } from './json';

/** What the choice is made by. */
export interface Occasion {
  readonly source: string;
  readonly clientMetadata: Readonly<Record<string, string>>;
  readonly userAttributes: Readonly<Record<string, string>>;
}

export interface Choice {
  readonly variant: VariantWire;
  readonly locale: string;
}

export function choose(index: MessageIndexWire, channel: MessageChannel, occasion: Occasion): Choice | undefined {
  const { source, clientMetadata, userAttributes } = occasion;
  const { values } = readMetadata(index.metadata, clientMetadata);
  const file = selectText(index, source, channel, values, wantedLocales(index, values, userAttributes));
  for (const variant of own(index.sources, source) ?? []) {
    const [found] = Object.entries(variant.texts[channel] ?? {}).filter(([, other]) => other === file);
    if (found) return { variant, locale: found[0] };
  }
  return undefined;
}

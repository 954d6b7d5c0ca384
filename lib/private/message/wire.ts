import {
  CHANNEL_PARTS,
  INDEX_FILE,
  MESSAGE_CHANNELS,
  MESSAGE_SOURCES,
  type MessageChannel,
  type MessageIndexWire,
  type PieceWire,
  type VariantWire,
} from '../contracts/message';
import { ruleOnWire } from '../text-rule';
import { localeKeyOf, type ReadTemplate, type Variant } from './catalog';
import { canonicalLocale, channelsOf } from './declared';
import type { Declaration, Messages } from './messages';
import type { Piece } from './pieces';
import { bySpecificity } from './validation/ambiguity';

/** The files that the function reads, by their names. They do not depend on the order of the templates. */
export function filesOf(
  messages: Messages,
  { metadata, localeKey, defaultLocale }: Declaration,
): Record<string, string> {
  const files: Record<string, string> = {};
  const sources = MESSAGE_SOURCES.map((source): [string, VariantWire[]] => {
    const variants = messages.variants
      .filter((variant) => variant.source === source)
      .sort(
        (one, other) =>
          bySpecificity(one, other) || byText(JSON.stringify(one.conditions), JSON.stringify(other.conditions)),
      );
    return [source, variants.map((variant, index) => variantOnWire(variant, `${source}/${index}`, files))];
  }).filter(([, variants]) => variants.length > 0);
  const index: MessageIndexWire = {
    metadata: Object.fromEntries(metadata.map((key) => [key._name, ruleOnWire(key)])),
    ...(localeKey !== undefined && { localeKey }),
    ...(defaultLocale !== undefined && { defaultLocale: canonicalLocale(defaultLocale) }),
    sources: Object.fromEntries(sources),
  };
  return sorted({ [INDEX_FILE]: JSON.stringify(index), ...files });
}

const byText = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

const sorted = <T>(values: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(values).sort(([one], [other]) => byText(one, other)));

function variantOnWire(
  { name, conditions, templates }: Variant,
  folder: string,
  files: Record<string, string>,
): VariantWire {
  const texts: Partial<Record<MessageChannel, Record<string, string>>> = {};
  for (const channel of MESSAGE_CHANNELS) {
    for (const template of templates.filter((candidate) => channelsOf(candidate).includes(channel))) {
      const locale = localeKeyOf(template);
      const file = `${folder}/${locale || 'any'}.${channel}.json`;
      files[file] = JSON.stringify(partsOf(template, channel));
      texts[channel] = sorted({ ...texts[channel], [locale]: file });
    }
  }
  return { ...(name !== undefined && { name }), when: conditions, texts };
}

export const piecesOnWire = (pieces: readonly Piece[]): PieceWire[] => {
  const wire: PieceWire[] = [];
  for (const piece of pieces) {
    const last = wire[wire.length - 1];
    if (piece.kind === 'value') wire.push(['value', piece.name]);
    else if (piece.kind !== 'literal') wire.push([piece.kind, piece.name, piecesOnWire(piece.pieces)]);
    else if (typeof last === 'string') wire[wire.length - 1] = last + piece.text;
    else if (piece.text !== '') wire.push(piece.text);
  }
  return wire;
};

const partsOf = (template: ReadTemplate, channel: MessageChannel): Record<string, readonly PieceWire[]> =>
  Object.fromEntries(CHANNEL_PARTS[channel].map((part) => [part, piecesOnWire(template.pieces[part] ?? [])]));

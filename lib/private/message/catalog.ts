import type { MessageChannel, MessagePart } from '../contracts/message';
import { withParents } from '../contracts/locale';
import { channelsOf, type Conditions, conditionsOf, type DeclaredTemplate } from './declared';
import type { Piece } from './pieces';

/** A template whose texts have been read. */
export interface ReadTemplate extends DeclaredTemplate {
  readonly pieces: Readonly<Partial<Record<MessagePart, readonly Piece[]>>>;
}

/** The templates of one source that are for the same ClientMetadata. */
export interface Variant {
  readonly source: string;
  readonly name?: string;
  readonly conditions: Conditions;
  readonly templates: readonly ReadTemplate[];
  /** What any of the templates has. */
  readonly channels: readonly MessageChannel[];
  /** What there is for users of whatever locale. */
  readonly channelsForEverybody: readonly MessageChannel[];
}

/** Groups templates by source and by the ClientMetadata that they are for. */
export function variantsOf(templates: readonly ReadTemplate[], defaultLocale: string | undefined): Variant[] {
  const groups = new Map<string, ReadTemplate[]>();
  for (const template of templates) {
    const group = JSON.stringify([template.source, conditionsOf(template.condition)]);
    groups.set(group, [...(groups.get(group) ?? []), template]);
  }
  return [...groups.values()].map((group): Variant => {
    const forEverybody = group.filter(({ locale }) => locale === undefined || reaches(defaultLocale, locale));
    return {
      source: group[0].source,
      name: group.find(({ variant }) => variant !== undefined)?.variant,
      conditions: conditionsOf(group[0].condition),
      templates: group,
      channels: [...new Set(group.flatMap(channelsOf))],
      channelsForEverybody: [...new Set(forEverybody.flatMap(channelsOf))],
    };
  });
}

/** Whether looking for a locale comes by another: de-AT comes by de. Both are canonical. */
export const reaches = (wanted: string | undefined, locale: string): boolean =>
  withParents(wanted).includes(locale.toLowerCase());

/** The locale as the function looks it up; templates without one are for everybody else. */
export const localeKeyOf = ({ locale }: DeclaredTemplate): string => locale?.toLowerCase() ?? '';

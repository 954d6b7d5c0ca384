/** Where in the gallery each message is: its page, its anchor there and, for an e-mail, its frame's document. */
import type { VariantWire } from '../../../lib/private/contracts/message';
import type { Message, RenderedTrigger } from '../render';
import { sourceSlug } from '../words';

export interface PlacedMessage extends Message {
  readonly anchor: string;
  readonly href: string;
  readonly frame?: string;
}

export interface PlacedVariant {
  readonly id: string;
  readonly variant: VariantWire;
  readonly messages: readonly PlacedMessage[];
}

export interface PlacedPage {
  readonly file: string;
  readonly variants: readonly PlacedVariant[];
}

export interface PlacedSource {
  readonly source: string;
  /** One but for a source of very many e-mails; a variant may go on from one page to the next. */
  readonly pages: readonly PlacedPage[];
  /** As if there were one page. */
  readonly variants: readonly PlacedVariant[];
}

export interface PlacedTrigger {
  readonly titles: readonly string[];
  readonly sources: readonly PlacedSource[];
}

/** Names of files and anchors are made of these characters alone: they stand in addresses as they are. */
const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'x';

export function place(triggers: readonly RenderedTrigger[]): PlacedTrigger[] {
  const unique = namesOnce();
  return triggers.map(({ trigger, messages }) => {
    // Of one trigger, the pages are named by the sources alone.
    const prefix = triggers.length > 1 ? `${unique(slug(trigger.titles[0]))}-` : '';
    const sources = [...grouped(messages, ({ sample }) => sample.source)];
    return {
      titles: trigger.titles,
      sources: sources.map(([source, ofSource]) =>
        placeSource(source, pageNames(unique, `${prefix}${sourceSlug(source)}`), ofSource),
      ),
    };
  });
}

/**
 * Browsers put off the frames that are far away only where a page comes by http. Of one opened from disk, they load all of
 * them at once, each in some 50 ms.
 */
const MAX_EMAILS = 30;

/** @param nameOf gives a page's name, of the number that it would like to have */
function placeSource(source: string, nameOf: (number: number) => string, messages: readonly Message[]): PlacedSource {
  const pages: { file: string; emails: number; variants: PlacedVariant[] }[] = [];
  const pageFor = (emails: number) => {
    const last = pages.at(-1);
    if (last && last.emails + emails <= MAX_EMAILS) return last;
    const page = { file: `${nameOf(pages.length + 1)}.html`, emails: 0, variants: [] };
    pages.push(page);
    return page;
  };
  const unique = namesOnce();
  const variants = [...grouped(messages, ({ sample }) => sample.variant)].map(([variant, ofVariant], position) => {
    const id = `variant-${position + 1}`;
    const total = ofVariant.filter(isEmail).length;
    if (total <= MAX_EMAILS) pageFor(total); // together, where that can be
    const ofLocales = [...grouped(ofVariant, ({ sample }) => sample.locale).values()];
    const placed = ofLocales.flatMap((ofLocale) => {
      const emails = ofLocale.filter(isEmail).length;
      const page = pageFor(emails);
      const here = ofLocale.map((message) => placeMessage(message, page.file, unique(anchorOf(message, position + 1))));
      page.emails += emails;
      const begun = page.variants.at(-1);
      if (begun?.id !== id) page.variants.push({ id, variant, messages: here });
      else page.variants.splice(-1, 1, { id, variant, messages: [...begun.messages, ...here] });
      return here;
    });
    return { id, variant, messages: placed };
  });
  return { source, pages, variants };
}

const isEmail = ({ sent }: Message): boolean => sent?.emailMessage !== undefined;

function anchorOf({ sample: { locale, channel, absent } }: Message, variant: number): string {
  return [`v${variant}`, slug(locale || 'all'), channel, ...(absent.length > 0 ? ['without'] : [])].join('-');
}

function placeMessage(message: Message, file: string, anchor: string): PlacedMessage {
  const frame = isEmail(message) && { frame: `frames/${file.replace(/\.html$/, '')}-${anchor}.html` };
  return { ...message, anchor, href: `${file}#${anchor}`, ...frame };
}

const pageNames = (unique: (name: string) => string, name: string) => (number: number) =>
  unique(number === 1 ? name : `${name}-${number}`);

/** Gives a name to one thing alone. */
function namesOnce(): (name: string) => string {
  const taken = new Set(['index']);
  return (name) => {
    let free = name;
    for (let number = 2; taken.has(free); number++) free = `${name}-${number}`;
    taken.add(free);
    return free;
  };
}

export function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** Whether a variant knows no languages at all. */
export const isOnlyLocale = ({ messages }: PlacedVariant): boolean =>
  new Set(messages.map(({ sample }) => sample.locale)).size === 1;

import mustache from 'mustache';
import { MESSAGE_CHANNELS, MESSAGE_SOURCES, type MessageChannel } from '../../../lib/private/contracts/message';
import { own } from '../json';
import { fallbackLocales, localeNames } from '../locale-name';
import { count } from '../warnings/finding';
import { channelWord, conditionWords, shortName, sourceWords, variantTitle } from '../words';
import {
  grouped,
  isOnlyLocale,
  type PlacedMessage,
  type PlacedSource,
  type PlacedTrigger,
  type PlacedVariant,
} from './placed';
import { PAGE_POLICY } from './style';
import { OVERVIEW_PAGE } from './templates';

/** Places of one kind of finding that are listed; their pages show them all. */
const MAX_PLACES = 25;

export function overviewPage(triggers: readonly PlacedTrigger[]): string {
  const kinds = kindViews(triggers);
  const heading = triggers.length === 1 ? triggers[0].titles[0] : count(triggers.length, 'trigger');
  return mustache.render(OVERVIEW_PAGE, {
    policy: PAGE_POLICY,
    title: `Messages of ${heading}`,
    heading: `Messages of ${heading}`,
    lead: 'Every text that a user pool sends in words of its own, as people get it.',
    stats: statViews(triggers.flatMap(messagesOf)),
    kinds,
    hasKinds: kinds.length > 0,
    triggers: triggers.map((trigger, position) => ({
      ...triggerView(trigger, `trigger-${position + 1}`),
      heading: triggers.length === 1 ? 'By occasion' : trigger.titles[0],
    })),
  });
}

const messagesOf = ({ sources }: PlacedTrigger): PlacedMessage[] => sources.flatMap(messagesOfSource);
const messagesOfSource = ({ variants }: PlacedSource): PlacedMessage[] => variants.flatMap(({ messages }) => messages);

const warningsIn = (messages: readonly PlacedMessage[]): number =>
  messages.flatMap(({ findings }) => findings).filter(({ level }) => level === 'warning').length;

function statViews(messages: readonly PlacedMessage[]) {
  const emails = messages.filter(({ sample }) => sample.channel === 'email').length;
  const warnings = warningsIn(messages);
  const languages = new Set(messages.map(({ sample }) => sample.locale).filter((locale) => locale !== ''));
  return [
    { name: 'messages', value: messages.length },
    { name: 'e-mails', value: emails },
    { name: 'SMS', value: messages.length - emails },
    { name: 'languages', value: languages.size },
    { name: 'warnings', value: warnings, isWarn: warnings > 0 },
  ].map((stat) => ({ ...stat, value: stat.value.toLocaleString('en') }));
}

/** Warnings before notes, the most frequent first. */
function kindViews(triggers: readonly PlacedTrigger[]) {
  const places = triggers.flatMap((trigger) =>
    messagesOf(trigger).flatMap(({ findings, sample, href }) =>
      findings.map((finding) => ({
        ...finding,
        href,
        where: [
          ...(triggers.length > 1 ? [trigger.titles[0]] : []),
          sourceWords(sample.source).title,
          variantTitle(sample.variant),
          localeNames(sample.locale).english,
          channelWord(sample.channel),
          ...(sample.absent.length > 0 ? [`without ${sample.absent.map(shortName).join(', ')}`] : []),
        ].join(' · '),
      })),
    ),
  );
  return [...grouped(places, ({ level, kind }) => `${level} ${kind}`).values()]
    .map((ofKind) => {
      const [{ level, kind }] = ofKind;
      return {
        kind,
        isWarn: level === 'warning',
        count: ofKind.length,
        levels: ofKind.length === 1 ? level : `${level}s`,
        places: ofKind.slice(0, MAX_PLACES),
        more: Math.max(0, ofKind.length - MAX_PLACES),
      };
    })
    .sort((one, other) => Number(other.isWarn) - Number(one.isWarn) || other.count - one.count);
}

function triggerView({ titles, sources }: PlacedTrigger, id: string) {
  const silent = MESSAGE_SOURCES.filter((name) => !sources.some(({ source }) => source === name));
  return {
    id,
    alias: titles.slice(1).join(', '),
    sources: sources.map((source, position) => sourceView(source, `${id}-source-${position + 1}`)),
    silent: silent.map((source) => sourceWords(source).title.toLowerCase()).join(', '),
  };
}

function sourceView(placed: PlacedSource, id: string) {
  const { source, pages, variants } = placed;
  const messages = messagesOfSource(placed);
  const isPlain = variants.length === 1 && Object.keys(variants[0].variant.when).length === 0;
  return {
    id,
    ...sourceWords(source),
    file: pages[0].file,
    messages: count(messages.length, 'message'),
    warnings: warningWords(messages),
    variants: variants.map((variant) => ({ ...variantView(variant), isNamed: !isPlain })),
  };
}

function warningWords(messages: readonly PlacedMessage[]): string {
  const number = warningsIn(messages);
  return number === 0 ? '' : count(number, 'warning');
}

function variantView(placed: PlacedVariant) {
  const { variant, messages } = placed;
  return {
    title: variantTitle(variant),
    condition: conditionWords(variant),
    rows: [...grouped(messages, ({ sample }) => sample.locale)].map(([locale, ofLocale]) => {
      const { tag, english } = localeNames(locale, isOnlyLocale(placed));
      return {
        language: english,
        tag,
        lang: tag,
        warnings: warningWords(ofLocale),
        cells: MESSAGE_CHANNELS.map((channel) => cellView(placed, locale, channel)),
      };
    }),
  };
}

function cellView({ variant, messages }: PlacedVariant, locale: string, channel: MessageChannel) {
  const links = messages.filter(({ sample }) => sample.locale === locale && sample.channel === channel).map(linkView);
  const texts = variant.texts[channel] ?? {};
  const other = fallbackLocales(locale).find((tag) => own(texts, tag) !== undefined);
  return {
    channel: channelWord(channel),
    links,
    hasLinks: links.length > 0,
    isEmpty: links.length === 0 && other === undefined,
    instead: other === undefined ? '–' : `as for ${localeNames(other).english}`,
  };
}

function linkView({ sample, sent, href }: PlacedMessage) {
  const words = sent && (sent.emailSubject ?? sent.smsMessage);
  return {
    href,
    without: sent && sample.absent.map(shortName).join(', '),
    words: words ?? (sample.instead ? 'nobody gets it' : 'left to Cognito'),
    isLeft: words === undefined,
  };
}

import mustache from 'mustache';
import { parseHtml, readableText } from '../html';
import { localeNames } from '../locale-name';
import { MESSAGE_LIMITS } from '../../../lib/private/contracts/message';
import { smsFacts } from '../sms';
import { count } from '../warnings/finding';
import { channelWord, conditionWords, shortName, sourceWords, variantTitle } from '../words';
import type { PlacedMessage, PlacedPage, PlacedSource, PlacedTrigger, PlacedVariant } from './placed';
import { grouped, isOnlyLocale } from './placed';
import { PAGE_POLICY } from './style';
import { MESSAGE_PARTIAL, SOURCE_PAGE } from './templates';

/** As much as an inbox shows at most. */
const SNIPPET_LENGTH = 160;

export function sourcePage(page: PlacedPage, placed: PlacedSource, { titles, sources }: PlacedTrigger): string {
  const { source, pages, variants } = placed;
  const words = sourceWords(source);
  const isOnlyVariant = variants.length === 1;
  const number = pages.indexOf(page) + 1;
  const isHere = ({ id }: PlacedVariant): boolean => page.variants.some((variant) => variant.id === id);
  const [here, elsewhere] = [variants.filter(isHere), variants.filter((variant) => !isHere(variant))];
  const view = {
    policy: PAGE_POLICY,
    title: words.title,
    occasion: words.occasion,
    source,
    trigger: titles[0],
    tabs: sources.map((other) => ({
      ...sourceWords(other.source),
      file: other.pages[0].file,
      isCurrent: other.source === source,
    })),
    jumps: here.map((variant) => jumpView(variant, isOnlyVariant)),
    elsewhere: elsewhere.map((variant) => jumpView(variant, isOnlyVariant)),
    hasElsewhere: elsewhere.length > 0,
    variants: page.variants.map((variant) => {
      const whole = variants.find(({ id }) => id === variant.id)!;
      return variantView(variant, whole, titles[0], isOnlyVariant);
    }),
    pager: pages.length > 1 && {
      number,
      of: pages.length,
      // In a list, for mustache would look for a missing one in the page around it.
      previous: pages.slice(0, number - 1).slice(-1),
      next: pages.slice(number, number + 1),
    },
  };
  return mustache.render(SOURCE_PAGE, view, { message: MESSAGE_PARTIAL });
}

function jumpView(placed: PlacedVariant, isOnlyVariant: boolean) {
  const isOnly = isOnlyLocale(placed);
  const locales = [...grouped(placed.messages, ({ sample }) => sample.locale)];
  return {
    // To the page on which the variant begins.
    href: placed.messages[0].href.replace(/#.*$/, `#${placed.id}`),
    title: variantTitle(placed.variant, isOnlyVariant),
    locales: locales.map(([locale, messages]) => ({
      href: messages[0].href,
      language: localeNames(locale, isOnly).english,
      isWarn: messages.some(({ findings }) => findings.some(({ level }) => level === 'warning')),
    })),
  };
}

function variantView(
  { id, variant, messages }: PlacedVariant,
  whole: PlacedVariant,
  title: string,
  isOnlyVariant: boolean,
) {
  const isOnly = isOnlyLocale(whole);
  const views = messages.map((message) => messageView(message, title, isOnly));
  const emails = views.filter((_, position) => messages[position].sample.channel === 'email');
  const texts = views.filter((_, position) => messages[position].sample.channel === 'sms');
  return {
    id,
    title: variantTitle(variant, isOnlyVariant),
    condition: conditionWords(variant),
    isContinued: messages[0] !== whole.messages[0],
    emails,
    hasEmails: emails.length > 0,
    texts,
    hasTexts: texts.length > 0,
  };
}

function messageView({ sample, sent, findings, anchor, frame }: PlacedMessage, title: string, isOnly: boolean) {
  const { tag, english } = localeNames(sample.locale, isOnly);
  const channel = channelWord(sample.channel);
  const sender = title.split('/')[0];
  return {
    id: anchor,
    lang: tag,
    tag,
    language: english,
    channel,
    label: `${channel}, ${english}`,
    absent: sample.absent.map(shortName).join(', '),
    hasFindings: findings.length > 0,
    findings: findings.map((finding) => ({ ...finding, isWarn: finding.level === 'warning' })),
    email: frame !== undefined && {
      frame,
      sender,
      initial: [...sender][0]?.toUpperCase() ?? '',
      subject: sent!.emailSubject,
      snippet: readableText(parseHtml(sent!.emailMessage!)).slice(0, SNIPPET_LENGTH),
    },
    sms: sent?.smsMessage !== undefined && smsView(sent.smsMessage),
    isLeft: sent === undefined,
    instead: sample.instead ? 'Nobody gets this text.' : 'Cognito sends its own words.',
  };
}

function smsView(text: string) {
  const facts = smsFacts(text);
  const room = `${text.length} of ${MESSAGE_LIMITS.sms.max} characters`; // as Cognito counts
  return { text, room, encoding: facts.encoding, parts: count(facts.segments, 'segment') };
}

import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import { LINK_SOURCES, type MessageChannel, type MessagePart } from '../../contracts/message';
import type { Variant } from '../catalog';
import { type Conditions, describe, located } from '../declared';
import type { Declaration, Messages } from '../messages';
import { sendsWithoutSes, verifiesBy } from '../wiring';
import { excess, type ValueLengths } from './lengths';
import { linksOf } from './pool';

/**
 * What may go wrong and need not, by the id of the annotation.
 *
 * @param pool undefined where it is imported: nothing is known of its e-mails then
 */
export function messageWarnings(
  messages: Messages,
  declaration: Declaration,
  pool: CfnUserPool | undefined,
): [string, string][] {
  const emails = messages.templates.filter(({ parts }) => parts.html !== undefined);
  const withCode = emails.filter(
    (template) =>
      LINK_SOURCES.includes(template.source) && linksOf(template).length === 0 && pool && verifiesBy(pool) === 'link',
  );
  const tooLong = possiblyTooLong(messages, declaration);
  const fallback = withoutFallback(messages);
  return [
    ...when(
      withCode.length > 0,
      'codeInPlaceOfLink',
      `the user pool verifies by a link, and Cognito may refuse an e-mail without one: write {{link}} (${withCode.map(describe).join('; ')})`,
    ),
    ...when(
      emails.length > 0 && pool !== undefined && sendsWithoutSes(pool),
      'customEmailWithoutSes',
      "the user pool sends through Cognito's own sender, and AWS documents that such a pool refuses e-mails written by a trigger, and the sign-up or update with them: give the pool email: UserPoolEmail.withSES(...)",
    ),
    ...when(
      tooLong.length > 0,
      'messageMayBeTooLong',
      `with long values (64 characters where no limit is declared), messages get longer than Cognito takes, and would go out in its own words: shorten the texts, or allow shorter values (${tooLong.join('; ')})`,
    ),
    ...when(
      fallback.length > 0,
      'noDefaultLocale',
      `users of other languages would get Cognito's own words: add texts in the defaultLocale or without a locale (${fallback.join('; ')})`,
    ),
  ];
}

const when = (holds: boolean, id: string, warning: string): [string, string][] => (holds ? [[id, warning]] : []);

/** The texts that may get too long with the longest values, and how long. */
export function possiblyTooLong({ templates }: Messages, { metadata, customAttributes }: Declaration): string[] {
  const limits: ValueLengths = {
    clientMetadata: Object.fromEntries(metadata.map(({ _name, _maxLength }) => [_name, _maxLength])),
    userAttributes: Object.fromEntries(
      Object.entries(customAttributes ?? {}).flatMap(([name, length]) =>
        length === undefined ? [] : [[name, length]],
      ),
    ),
  };
  return templates.flatMap((template) =>
    Object.entries(template.pieces).flatMap(([name, pieces]) => {
      const part = name as MessagePart;
      const worst = excess(part, pieces, template.source, limits);
      const at = { file: template.parts[part]?.file, line: 1 };
      return worst === undefined ? [] : [located(template, part, { at, text: `up to ${worst} characters` })];
    }),
  );
}

/** The variants whose users may be left without a message of ours: neither they nor a more general variant speak for everybody. */
export const withoutFallback = ({ variants }: Messages): string[] =>
  variants
    .filter((variant) => variant.channels.some((channel) => !speakers(variant, variants).includes(channel)))
    .map(({ templates }) => describe(templates[0]));

/** The channels in which somebody speaks to all whom a variant is for. */
const speakers = (variant: Variant, variants: readonly Variant[]): MessageChannel[] =>
  variants
    .filter((other) => other.source === variant.source && isAtLeast(other.conditions, variant.conditions))
    .flatMap(({ channelsForEverybody }) => channelsForEverybody);

/** Whether whoever meets the one meets the other: it asks for no more. */
const isAtLeast = (general: Conditions, special: Conditions): boolean =>
  Object.entries(general).every(
    ([key, values]) => Object.hasOwn(special, key) && special[key].every((value) => values.includes(value)),
  );

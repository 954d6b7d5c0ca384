import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import { LINK_SOURCES } from '../../contracts/message';
import type { ReadTemplate } from '../catalog';
import { describe, located } from '../declared';
import { type Declaration, type Messages, possiblyTooLong, withoutFallback } from '../messages';
import { valuesIn, type Value } from '../pieces';
import { sendsWithoutSes, verifiesBy } from '../wiring';

/** Links of templates for a pool that has none. */
export function linkFindings({ templates }: Messages, pool: CfnUserPool): string[] {
  if (verifiesBy(pool) !== 'code') return [];
  return templates.flatMap((template) =>
    links(template).map(({ at }) =>
      located(template, 'html', {
        at,
        text: 'the user pool verifies by a code, and {{link}} stands for nothing: write {{code}}, or set the emailStyle of userVerification to LINK',
      }),
    ),
  );
}

/** What may go wrong and need not, by the id of the annotation. */
export function messageWarnings(messages: Messages, declaration: Declaration, pool: CfnUserPool): [string, string][] {
  const emails = messages.templates.filter(({ parts }) => parts.html !== undefined);
  const withCode = emails.filter(
    (template) => LINK_SOURCES.includes(template.source) && links(template).length === 0 && verifiesBy(pool) === 'link',
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
      emails.length > 0 && sendsWithoutSes(pool),
      'customEmailWithoutSes',
      "the user pool sends through Cognito's own sender, and AWS documents that such a pool refuses e-mails written by a trigger, and the sign-up or update with them: give the pool email: UserPoolEmail.withSES(...)",
    ),
    ...when(
      tooLong.length > 0,
      'messageMayBeTooLong',
      `with the longest values, messages get longer than Cognito takes, and would go out in its own words: shorten the texts, or allow shorter values (${tooLong.join('; ')})`,
    ),
    ...when(
      fallback.length > 0,
      'noDefaultLocale',
      `users of other languages would get Cognito's own words: set defaultLocale, or add texts without a locale (${fallback.join('; ')})`,
    ),
  ];
}

const when = (holds: boolean, id: string, warning: string): [string, string][] => (holds ? [[id, warning]] : []);

const links = ({ pieces }: ReadTemplate): Value[] =>
  valuesIn(pieces.html ?? []).filter(({ variable }) => variable.kind === 'link');

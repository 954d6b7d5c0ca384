import type { MetadataKey } from '../../../metadata-key';
import { MESSAGE_SOURCES, type MessagePart } from '../../contracts/message';
import { canonicalLocale, type DeclaredTemplate, describe } from '../declared';
import { checkCondition } from './metadata';

/** All that is wrong with a template besides its texts. */
export function checkTemplate(template: DeclaredTemplate, metadata: readonly MetadataKey[]): string[] {
  const { source, locale, parts, folder } = template;
  return [
    ...(MESSAGE_SOURCES.includes(source)
      ? []
      : ['is no occasion on which Cognito sends a message: name one of CustomMessageSource']),
    ...(folder === undefined ? checkCondition(template.condition, metadata) : []), // a directory's are checked once
    ...(locale === undefined ? [] : checkLocale('locale', locale)),
    ...checkParts(parts, folder !== undefined),
  ].map((finding) => `${describe(template)}: ${finding}`);
}

export function checkLocale(name: string, locale: unknown): string[] {
  return typeof locale === 'string' && canonicalLocale(locale) !== undefined
    ? []
    : [`${name} '${String(locale)}' is no language (BCP 47, such as de or de-AT): correct it`];
}

function checkParts(parts: DeclaredTemplate['parts'], inFolder: boolean): string[] {
  const [subject, html] = inFolder ? ['subject.txt', 'body.html'] : ['subject', 'html'];
  const has = (part: MessagePart): boolean => parts[part] !== undefined;
  if (!has('subject') && !has('html') && !has('sms')) {
    return ['has no text at all: declare subject and html, or sms, or leave the template out'];
  }
  if (has('html') && !has('subject')) {
    return [`has ${html} but no ${subject}, and an e-mail is sent with both or neither: add the subject`];
  }
  if (has('subject') && !has('html')) {
    return [`has ${subject} but no ${html}, and an e-mail is sent with both or neither: add the body`];
  }
  return [];
}

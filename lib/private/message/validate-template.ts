import type { CustomMessageSource } from '../../custom-message-source';
import type { CustomMessageTemplate } from '../../custom-message-template';
import { INVITATION_SOURCE, MESSAGE_PARTS, MESSAGE_SOURCES, type MessagePart } from '../contracts/message';
import { isReservedKey } from '../reserved-keys';
import { validateMessagePart } from './validate-part';

/**
 * All that is wrong with one template, each finding with the template, the part, the rule and the remedy.
 *
 * @param template with the tokens resolved that are known at synthesis
 */
export function validateMessageTemplate(source: CustomMessageSource, template: CustomMessageTemplate): string[] {
  const where = describeTemplate(source, template.when);
  return [
    ...(MESSAGE_SOURCES.includes(source)
      ? []
      : [`${where}: is no occasion on which Cognito sends a message: name one of CustomMessageSource`]),
    ...validateWhen(template.when).map((finding) => `${where}: ${finding}`),
    ...validateParts(template).map((finding) => `${where}: ${finding}`),
    ...MESSAGE_PARTS.flatMap((part) =>
      partFindings(source, template, part).map((finding) => `${where}, ${part}: ${finding}`),
    ),
  ];
}

/** A template in words: by its source and by whom it is meant for. */
export function describeTemplate(source: CustomMessageSource, when: CustomMessageTemplate['when']): string {
  const conditions = Object.entries(when ?? {}).map(
    ([key, value]) => `${key} is ${typeof value === 'string' ? `'${value}'` : 'a token'}`,
  );
  return `${source}, ${conditions.length > 0 ? `when ${conditions.join(' and ')}` : 'for any ClientMetadata'}`;
}

/** Nothing could check it, and its quotes could break all templates. */
const NOT_KNOWN =
  'holds a token that is known only at deployment, when nothing can check it: write the text out, or send the value as ClientMetadata';

function validateWhen(when: CustomMessageTemplate['when']): string[] {
  return Object.entries(when ?? {}).flatMap(([key, value]) => [
    ...(typeof value === 'string'
      ? []
      : [
          `when.${key} is not a string known at synthesis, as all ClientMetadata is one: write it out, or leave the key out`,
        ]),
    ...(isReservedKey(key) ? [`when.${key}: the name means something else in a template: choose another key`] : []),
  ]);
}

function validateParts({ subject, html, sms }: CustomMessageTemplate): string[] {
  if (subject === undefined && html === undefined && sms === undefined) {
    return ['has no text at all: declare subject and html, or sms, or leave the template out'];
  }
  if (html !== undefined && subject === undefined) {
    return ['has html but no subject, and an e-mail is sent with both or neither: add the subject'];
  }
  if (subject !== undefined && html === undefined) {
    return ['has a subject but no html, and an e-mail is sent with both or neither: add the html'];
  }
  return [];
}

function partFindings(source: CustomMessageSource, template: CustomMessageTemplate, part: MessagePart): string[] {
  const text = template[part];
  if (text === undefined) return [];
  if (typeof text !== 'string') return [NOT_KNOWN];
  return validateMessagePart(part, text, source === INVITATION_SOURCE);
}

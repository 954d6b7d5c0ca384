import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MetadataKey } from '../../../../lib/metadata-key';
import { MAX_VALUE_LENGTH, type MessagePart } from '../../../../lib/private/contracts/message';
import { NO_DIRECTORY } from '../../../../lib/private/message/directory';
import { type Declaration, readMessages } from '../../../../lib/private/message/messages';
import { filesOf } from '../../../../lib/private/message/wire';
import type { Piece } from '../../../../lib/private/message/pieces';
import { type Text, TEXTS } from './texts';

/** The key of ClientMetadata by which the tests choose a text. */
export const TEXT_KEY = 't';

/** A text as synthesis has read it. */
export interface CompiledText extends Text {
  readonly pieces: Readonly<Record<MessagePart, readonly Piece[]>>;
}

const declaration: Declaration = {
  directory: NO_DIRECTORY,
  variants: {},
  metadata: [
    MetadataKey.oneOf(
      TEXT_KEY,
      TEXTS.map(({ name }) => name),
    ),
    MetadataKey.of('a', { maxLength: MAX_VALUE_LENGTH }),
    MetadataKey.of('b', { maxLength: MAX_VALUE_LENGTH }),
    MetadataKey.of('lang', { maxLength: 35 }),
  ],
  localeKey: 'lang',
  inline: TEXTS.flatMap(({ name, source, subject, html, sms }) => {
    const template = {
      source,
      condition: { when: { [TEXT_KEY]: name } },
      parts: { subject: { text: subject }, html: { text: html }, sms: { text: sms } },
    };
    // The same in a language: where it comes from must make no difference.
    return [template, { ...template, locale: 'de' }];
  }),
};

const messages = readMessages(declaration);

/** What synthesis has to say against the texts: many are there to break its rules. */
export const { findings } = messages;

export const COMPILED: readonly CompiledText[] = TEXTS.map((text) => {
  const { pieces } = messages.templates.find(({ condition }) => condition.when?.[TEXT_KEY] === text.name)!;
  return { ...text, pieces: pieces as CompiledText['pieces'] };
});

/** Writes the files that a trigger would lay beside its function. */
export function writeMessages(directory: string): void {
  for (const [file, content] of Object.entries(filesOf(messages, declaration))) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), content);
  }
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { CustomMessageSource, type CustomMessageTemplate, type MessageCondition, MetadataKey } from '../../../../lib';
import { INDEX_FILE, type MessageIndexWire, type PieceWire } from '../../../../lib/private/contracts/message';
import type { DeclaredTemplate } from '../../../../lib/private/message/declared';
import { NO_DIRECTORY, readDirectory } from '../../../../lib/private/message/directory';
import { type Declaration, type Messages, readMessages } from '../../../../lib/private/message/messages';
import { possiblyTooLong, withoutFallback } from '../../../../lib/private/message/validation/warnings';
import { filesOf } from '../../../../lib/private/message/wire';

export const SIGN_UP = CustomMessageSource.SIGN_UP;

/** What an author declares: files, by their paths in the directory `messages`, and what the props hold. */
export interface Declared {
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly variants?: Readonly<Record<string, MessageCondition>>;
  readonly inline?: readonly (CustomMessageTemplate & { readonly source?: CustomMessageSource })[];
  /** The keys `campaign` and `tier` unless said otherwise. */
  readonly metadata?: readonly MetadataKey[];
  readonly localeKey?: string;
  readonly defaultLocale?: string;
  readonly customAttributes?: Readonly<Record<string, number | undefined>>;
  /** Links, broken files and their like. */
  readonly prepare?: (directory: string) => void;
}

export interface Outcome {
  readonly messages: Messages;
  readonly findings: readonly string[];
  readonly tooLong: readonly string[];
  readonly withoutFallback: readonly string[];
  /** The files on the wire, parsed. */
  readonly wire: Readonly<Record<string, unknown>>;
  readonly index: MessageIndexWire;
}

/** Reads a declaration as the construct does. The directory's path becomes `messages`. */
export function readDeclared(declared: Declared): Outcome {
  if (!declared.files && !declared.prepare) return outcomeOf(declared, path.join(tmpdir(), 'no-directory'));
  const directory = mkdtempSync(path.join(tmpdir(), 'messages-'));
  try {
    for (const [file, content] of Object.entries(declared.files ?? {})) {
      mkdirSync(path.dirname(path.join(directory, file)), { recursive: true });
      if (file.endsWith('/')) mkdirSync(path.join(directory, file), { recursive: true });
      else writeFileSync(path.join(directory, file), content);
    }
    declared.prepare?.(directory);
    return outcomeOf(declared, directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function outcomeOf(declared: Declared, directory: string): Outcome {
  const named = (finding: string): string =>
    finding.replaceAll(path.relative(process.cwd(), directory), 'messages').replaceAll(directory, 'messages');
  const declaration = declarationOf(declared, directory);
  const messages = readMessages(declaration);
  const files = filesOf(messages, declaration);
  const wire = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, JSON.parse(text) as unknown]));
  return {
    messages,
    findings: messages.findings.map(named),
    tooLong: possiblyTooLong(messages, declaration).map(named),
    withoutFallback: withoutFallback(messages).map(named),
    wire,
    index: wire[INDEX_FILE] as MessageIndexWire,
  };
}

function declarationOf(declared: Declared, directory: string): Declaration {
  const { files, prepare, variants = {}, inline = [], metadata, ...rest } = declared;
  return {
    directory: files || prepare ? readDirectory(directory, variants) : NO_DIRECTORY,
    variants,
    inline: inline.map(inlineTemplate),
    metadata: metadata ?? [MetadataKey.of('campaign'), MetadataKey.of('tier')],
    ...rest,
  };
}

/** As `addTemplate` makes it. */
function inlineTemplate(template: NonNullable<Declared['inline']>[number]): DeclaredTemplate {
  const { source = SIGN_UP, when, whenOneOf, locale, subject, html, sms } = template;
  const parts = Object.entries({ subject, html, sms }).filter(([, text]) => text !== undefined);
  return {
    source,
    condition: { when, whenOneOf },
    locale,
    parts: Object.fromEntries(parts.map(([part, text]) => [part, { text: text as string }])),
  };
}

/** A text's pieces on the wire. */
export const piecesOf = ({ wire }: Outcome, file: string, part: string): readonly PieceWire[] =>
  (wire[file] as Record<string, readonly PieceWire[]>)[part];

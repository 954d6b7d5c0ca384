import type { MessageCondition } from '../../message-condition';
import { CHANNEL_PARTS, type MessageChannel, type MessagePart } from '../contracts/message';
import type { Finding, Place, SourceText } from './pieces';

/** A template as somebody has declared it: in a folder of a directory, or in the app's own code. */
export interface DeclaredTemplate {
  readonly source: string;
  readonly condition: MessageCondition;
  /** The folder of a variant. */
  readonly variant?: string;
  readonly locale?: string;
  readonly parts: Readonly<Partial<Record<MessagePart, SourceText>>>;
  /** The folder, relative to where the app runs. */
  readonly folder?: string;
}

/** Of each key, the values that it may have: `when` and `whenOneOf` in one. */
export type Conditions = Readonly<Record<string, readonly string[]>>;

export function conditionsOf({ when, whenOneOf }: MessageCondition): Conditions {
  const equal = Object.entries(when ?? {}).map(([key, value]): [string, readonly string[]] => [key, [value]]);
  const oneOf = Object.entries(whenOneOf ?? {}).map(([key, values]): [string, readonly string[]] => [
    key,
    Array.isArray(values) ? [...new Set(values)].sort() : [],
  ]);
  return Object.fromEntries([...equal, ...oneOf].sort(([one], [other]) => (one < other ? -1 : 1)));
}

export const channelsOf = ({ parts }: DeclaredTemplate): MessageChannel[] =>
  (Object.keys(CHANNEL_PARTS) as MessageChannel[]).filter((channel) =>
    CHANNEL_PARTS[channel].every((part) => parts[part] !== undefined),
  );

const LANGUAGES = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

/**
 * A language tag in the way in which it is usually written; undefined for what is none. Almost any word would be a
 * well-formed tag (`welcome`), so the language has to be one that there is, and no more than a script and a region follow it.
 */
export function canonicalLocale(locale: string): string | undefined {
  try {
    const tag = Intl.getCanonicalLocales(locale.replaceAll('_', '-'))[0];
    const [, language] = /^([a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?$/.exec(tag) ?? [];
    return language && LANGUAGES.of(language) ? tag : undefined;
  } catch {
    return undefined;
  }
}

/** A template in words: by its folder, or by its source, by whom it is meant for, and by its language. */
export function describe(template: DeclaredTemplate): string {
  if (template.folder !== undefined) return template.folder;
  return [template.source, describeConditions(template.condition), ...(template.locale ? [template.locale] : [])].join(
    ', ',
  );
}

function describeConditions(condition: MessageCondition): string {
  const words = Object.entries(conditionsOf(condition)).map(([key, values]) => {
    const quoted = values.map((value) => (typeof value === 'string' ? `'${value}'` : 'a token'));
    return `${key} is ${quoted.join(' or ')}`;
  });
  return words.length > 0 ? `when ${words.join(' and ')}` : 'for any ClientMetadata';
}

/** The finding with the place where the author finds it: file and line, or template, part and line. */
export function located(template: DeclaredTemplate, part: MessagePart, { at, text }: Finding): string {
  return `${placeInWords(template, part, at)}: ${text}`;
}

function placeInWords(template: DeclaredTemplate, part: MessagePart, { file, line }: Place): string {
  if (file !== undefined) return `${file}:${line}`;
  return `${describe(template)}, ${part}${line > 1 ? ` line ${line}` : ''}`;
}

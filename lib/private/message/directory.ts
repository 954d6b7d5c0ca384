import * as path from 'node:path';
import { CustomMessageSource } from '../../custom-message-source';
import type { MessageCondition } from '../../message-condition';
import type { MessagePart } from '../contracts/message';
import { withParents } from '../contracts/locale';
import { canonicalLocale, type DeclaredTemplate } from './declared';
import { FileReader, kindOf, shown } from './files';
import type { SourceText } from './pieces';
import type { Partials } from './syntax';

/** The folders of a directory, by what makes Cognito send a message. */
const SOURCES: Readonly<Record<string, CustomMessageSource>> = Object.fromEntries(
  Object.entries(CustomMessageSource).map(([name, source]) => [name.toLowerCase().replaceAll('_', '-'), source]),
);

const FILES: Readonly<Record<string, MessagePart>> = {
  'subject.txt': 'subject',
  'body.html': 'html',
  'sms.txt': 'sms',
};

const PARTIALS = 'partials';

/** What a directory of messages holds. */
export interface MessageDirectory {
  readonly templates: readonly DeclaredTemplate[];
  /** The partials that a text of a locale sees. */
  partials(part: MessagePart, locale: string | undefined): Partials;
  readonly findings: readonly string[];
}

export const NO_DIRECTORY: MessageDirectory = {
  templates: [],
  partials: () => () => ({
    known: 'partials are files of a directory: pass templates: MessageTemplates.fromDirectory(…)',
  }),
  findings: [],
};

export function readDirectory(
  directory: string,
  variants: Readonly<Record<string, MessageCondition>>,
): MessageDirectory {
  const reader = new DirectoryReader(variants);
  reader.read(directory);
  return reader;
}

class DirectoryReader extends FileReader implements MessageDirectory {
  public readonly templates: DeclaredTemplate[] = [];
  /** By the languages' tags in lower case, `''` for everybody, and the files' names. */
  private readonly partialFiles = new Map<string, Map<string, SourceText>>();
  private readonly seenVariants = new Set<string>();

  public constructor(private readonly variants: Readonly<Record<string, MessageCondition>>) {
    super();
  }

  public read(directory: string): void {
    if (kindOf(directory) !== 'folder') {
      this.findings.push(
        `${directory} is no directory: pass the one that holds your messages, relative to ${process.cwd()}`,
      );
      return;
    }
    for (const { name, path: folder, isFolder } of this.entries(directory)) {
      const isKnown = name === PARTIALS || Object.hasOwn(SOURCES, name);
      if (!isKnown) {
        this.findings.push(
          `${shown(folder)} is no occasion on which Cognito sends a message: name the folder ${Object.keys(SOURCES).join(', ')} or ${PARTIALS}`,
        );
      } else if (!isFolder) this.findings.push(`${shown(folder)} is a file: make it a folder`);
      else if (name === PARTIALS) this.readPartials(folder);
      else this.readSource(folder, SOURCES[name]);
    }
    this.checkVariants(directory);
  }

  public partials(part: MessagePart, locale: string | undefined): Partials {
    const extension = part === 'html' ? '.html' : '.txt';
    // What a language has goes before what everybody has.
    const visible = new Map(
      [...withParents(locale), ''].reverse().flatMap((tag) => [...(this.partialFiles.get(tag) ?? [])]),
    );
    return (name) => {
      const found = visible.get(name + extension);
      if (found) return found;
      const known = [...visible.keys()]
        .filter((file) => file.endsWith(extension))
        .map((file) => file.slice(0, -extension.length));
      const others = known.length > 0 ? `, or name one of ${[...known].sort().join(', ')}` : '';
      if (/\.(html|txt)$|\//.test(name)) return { known: `write its name without folder and extension${others}` };
      return { known: `make a file ${PARTIALS}/${name}${extension}${others}` };
    };
  }

  private readSource(folder: string, source: CustomMessageSource): void {
    this.readTexts(folder, { source, condition: {} }, (name, inner) => {
      if (!Object.hasOwn(this.variants, name)) return false;
      this.seenVariants.add(name);
      this.readTexts(inner, { source, condition: this.variants[name], variant: name }, () => false);
      return true;
    });
  }

  /** A folder's own texts, and those in its languages. */
  private readTexts(
    folder: string,
    template: Omit<DeclaredTemplate, 'parts'>,
    otherFolder: (name: string, folder: string) => boolean,
  ): void {
    const parts: Partial<Record<MessagePart, SourceText>> = {};
    const entries = this.entries(folder);
    for (const { name, path: file, isFolder } of entries) {
      if (!Object.hasOwn(FILES, name)) {
        if (isFolder) continue;
        this.findings.push(`${shown(file)} is no text of a message: name it ${Object.keys(FILES).join(', ')}`);
      } else if (isFolder) this.findings.push(`${shown(file)} is a folder: make it a file`);
      else parts[FILES[name]] = this.text(file);
    }
    if (Object.keys(parts).length > 0) this.templates.push({ ...template, parts, folder: shown(folder) });
    else if (entries.length === 0) {
      this.findings.push(`${shown(folder)} is empty: write ${Object.keys(FILES).join(', ')}, or remove it`);
    }
    for (const { name, path: inner, isFolder } of entries) {
      if (isFolder && !Object.hasOwn(FILES, name) && !otherFolder(name, inner)) this.readLocale(name, inner, template);
    }
  }

  private readLocale(name: string, folder: string, template: Omit<DeclaredTemplate, 'parts'>): void {
    if (template.locale !== undefined) {
      const remedy = Object.hasOwn(this.variants, name)
        ? `put the language into the variant (${name}/${path.basename(path.dirname(folder))})`
        : 'move it out';
      this.findings.push(`${shown(folder)} stands in the folder of a language, which holds files alone: ${remedy}`);
      return;
    }
    const locale = canonicalLocale(name);
    if (locale === undefined) {
      const remedy =
        template.variant === undefined
          ? 'declare the variant in the variants of MessageTemplates.fromDirectory, or name the folder by a language'
          : 'name the folder by a language';
      this.findings.push(
        `${shown(folder)} is neither a language (BCP 47, such as de or de-AT) nor a declared variant: ${remedy}`,
      );
      return;
    }
    this.readTexts(folder, { ...template, locale }, () => false);
  }

  private readPartials(folder: string, locale = ''): void {
    for (const { name, path: inner, isFolder } of this.entries(folder)) {
      if (!isFolder) this.readPartial(name, inner, locale);
      else if (locale !== '') {
        this.findings.push(`${shown(inner)} stands in the folder of a language, which holds files alone: move it out`);
      } else {
        const tag = canonicalLocale(name);
        if (tag !== undefined) this.readPartials(inner, tag);
        else this.findings.push(`${shown(inner)} is no language (BCP 47, such as de or de-AT): rename the folder`);
      }
    }
  }

  private readPartial(name: string, file: string, locale: string): void {
    if (!/\.(html|txt)$/.test(name)) {
      this.findings.push(`${shown(file)} is no partial: let its name end with .html or .txt`);
      return;
    }
    const files = this.partialFiles.get(locale.toLowerCase()) ?? new Map<string, SourceText>();
    this.partialFiles.set(locale.toLowerCase(), files);
    const other = files.get(name); // from de-at beside de-AT
    if (other) this.findings.push(`${shown(file)}: says what ${other.file} says already: leave one out`);
    else files.set(name, this.text(file));
  }

  private checkVariants(directory: string): void {
    for (const name of Object.keys(this.variants)) {
      if (canonicalLocale(name) !== undefined) {
        this.findings.push(
          `the variant '${name}' has the name of a language, and a folder could be taken for one: rename it`,
        );
      } else if (!this.seenVariants.has(name)) {
        this.findings.push(`the variant '${name}' has no folder in ${directory}: make one, or leave the variant out`);
      }
    }
  }
}

import type { MessageCondition } from '../../message-condition';
import type { MetadataKey } from '../../metadata-key';
import { MESSAGE_SOURCES, type MessagePart } from '../contracts/message';
import { localeKeyOf, reaches, type ReadTemplate, type Variant, variantsOf } from './catalog';
import { canonicalLocale, channelsOf, type DeclaredTemplate, describe, located } from './declared';
import type { MessageDirectory } from './directory';
import { withEntities } from './entities';
import type { SourceText } from './pieces';
import { readSyntax } from './syntax';
import { ambiguities } from './validation/ambiguity';
import { checkMetadata, checkVariant } from './validation/metadata';
import { checkPart } from './validation/part';
import { checkLocale, checkTemplate } from './validation/template';

/** All that a trigger's author has declared. */
export interface Declaration {
  readonly directory: MessageDirectory;
  readonly variants: Readonly<Record<string, MessageCondition>>;
  readonly inline: readonly DeclaredTemplate[];
  readonly metadata: readonly MetadataKey[];
  readonly localeKey?: string;
  readonly defaultLocale?: string;
  /** The pool's custom attributes and how long they may be, as far as that is known at synthesis. */
  readonly customAttributes?: Readonly<Record<string, number | undefined>>;
}

/** What becomes of a declaration. */
export interface Messages {
  readonly templates: readonly ReadTemplate[];
  readonly variants: readonly Variant[];
  /** All that is wrong, at once. */
  readonly findings: readonly string[];
}

/** Nothing could check it, and its quotes could break all templates. */
const NOT_KNOWN =
  'holds a token that is known only at deployment, when nothing can check it: write the text out, or send the value as ClientMetadata';

export function readMessages(declaration: Declaration): Messages {
  const { directory, inline, metadata, variants: conditions } = declaration;
  const findings: string[] = [];
  // A variant's condition may have held tokens when its folder was read.
  const inFolders = directory.templates.map((template) =>
    template.variant === undefined ? template : { ...template, condition: conditions[template.variant] },
  );
  const declared = [...inFolders, ...inline];
  if (declared.length === 0 && directory.findings.length === 0) {
    findings.push(
      'has no templates, so Cognito sends its own messages: pass templates, call addTemplate(), or leave the construct out',
    );
  }
  const templates = declared.map((template) => {
    findings.push(...checkTemplate(template, metadata));
    return readTemplate(template, declaration, findings);
  });
  const defaultLocale =
    declaration.defaultLocale === undefined ? undefined : canonicalLocale(declaration.defaultLocale);
  const variants = variantsOf(templates, defaultLocale);
  return {
    templates,
    variants,
    // One mistake in a partial would be told once for every text that holds it.
    findings: unique([
      ...checkMetadata(metadata),
      ...Object.entries(conditions).flatMap(([name, condition]) =>
        checkVariant(condition, metadata).map((finding) => `the variant '${name}': ${finding}`),
      ),
      ...directory.findings,
      ...checkLocales(declaration, variants, defaultLocale),
      ...findings,
      ...variants.flatMap(duplicates),
      ...MESSAGE_SOURCES.flatMap((source) =>
        ambiguities(variants.filter((variant) => variant.source === source)).map(ambiguity),
      ),
    ]),
  };
}

const unique = (findings: readonly string[]): string[] => [...new Set(findings)];

function readTemplate(template: DeclaredTemplate, declaration: Declaration, findings: string[]): ReadTemplate {
  const { directory, metadata, customAttributes } = declaration;
  // What is no language stays apart from the texts for everybody.
  const locale =
    template.locale === undefined ? undefined : (canonicalLocale(template.locale) ?? `'${String(template.locale)}'`);
  const pieces = Object.entries(template.parts).map(([name, text]) => {
    const part = name as MessagePart;
    const start = { file: text.file, line: 1 };
    if (text.isUnreadable) return [part, []];
    if (typeof (text.text as unknown) !== 'string') {
      findings.push(located(template, part, { at: start, text: NOT_KNOWN }));
      return [part, []];
    }
    const read = readSyntax(text as SourceText, directory.partials(part, locale));
    const syntax = part === 'html' ? { ...read, pieces: withEntities(read.pieces) } : read;
    const vocabulary = {
      source: template.source,
      metadata: metadata.map(({ _name }) => _name),
      customAttributes: customAttributes && Object.keys(customAttributes),
    };
    findings.push(...checkPart(part, start, syntax, vocabulary).map((finding) => located(template, part, finding)));
    return [part, syntax.pieces];
  });
  return { ...template, locale, pieces: Object.fromEntries(pieces) };
}

function checkLocales(
  { metadata, localeKey, defaultLocale }: Declaration,
  variants: readonly Variant[],
  spoken: string | undefined,
): string[] {
  const known = defaultLocale === undefined ? [] : checkLocale('defaultLocale', defaultLocale);
  return [
    ...known,
    ...(spoken === undefined ||
    variants.some(({ templates }) => templates.some(({ locale }) => locale !== undefined && reaches(spoken, locale)))
      ? []
      : [
          `defaultLocale '${defaultLocale}' is spoken by no template: name one of their locales, or leave it out, since texts without a locale are for everybody else anyhow`,
        ]),
    ...(localeKey === undefined || metadata.some(({ _name }) => _name === localeKey)
      ? []
      : [
          `localeKey '${localeKey}' is not declared: add MetadataKey.of('${localeKey}', { maxLength: 35 }) to metadata`,
        ]),
  ];
}

function duplicates({ templates }: Variant): string[] {
  return templates.flatMap((one, index) =>
    templates
      .slice(index + 1)
      .filter(
        (other) =>
          localeKeyOf(one) === localeKeyOf(other) &&
          channelsOf(one).some((channel) => channelsOf(other).includes(channel)),
      )
      .map((other) => `${describe(other)}: says what ${describe(one)} says already: leave one out`),
  );
}

function ambiguity([one, other]: [Variant, Variant]): string {
  const [first, second] = [one, other].map(({ templates }) => describe(templates[0]));
  return `${one.source}: the template ${first} and the one ${second} could match the same metadata, and neither names more keys: add a key to one of them, or give a key that both name different values`;
}

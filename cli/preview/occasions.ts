/** The occasions that may lead to a text, the plainest first: what `when` asks for, and the locale, and no more. */
import type { MessageIndexWire, TextWire, VariantWire } from '../../lib/private/contracts/message';
import { parseVariable } from '../../lib/private/contracts/message-text';
import { withParents } from '../../lib/private/contracts/locale';
import { meets } from '../../lambda/rules/text-rule';
import type { Occasion } from './choice';
import { own } from './json';
import { piecesOf, variablesOf } from './messages';
import type { Samples } from './samples';
import { sampleAttribute, sampleMetadata } from './values';

interface Aim {
  readonly source: string;
  readonly variant: VariantWire;
  readonly locale: string;
  readonly text: TextWire;
  readonly absent: readonly string[];
}

/** Where a more specific variant takes all first values away, others are tried; no further than this. */
const MAX_TRIES = 2_000;

export function* occasions(index: MessageIndexWire, given: Samples, aim: Aim): Generator<Occasion> {
  const userAttributes = attributesOf(given, aim);
  const keys = metadataOf(index, given, aim);
  let tries = 0;
  for (const { metadata, attribute } of localeBearers(index, aim)) {
    const bearing = {
      ...keys,
      ...(metadata &&
        index.localeKey &&
        !Object.hasOwn(aim.variant.when, index.localeKey) && { [index.localeKey]: [metadata] }),
    };
    for (const clientMetadata of combinations(Object.entries(bearing))) {
      if (++tries > MAX_TRIES) return;
      yield {
        source: aim.source,
        clientMetadata,
        userAttributes: { ...userAttributes, ...(attribute !== undefined && { locale: attribute }) },
      };
    }
  }
}

/** What every user has, and the text needs; nothing that must be absent. */
function attributesOf({ userAttributes }: Samples, { text, locale, absent }: Aim): Record<string, string> {
  const needed = keysOf(text, 'userAttributes').filter((name) => name !== 'locale');
  const attributes = {
    sub: sampleAttribute('sub', locale),
    email: 'alex@example.com',
    ...Object.fromEntries(needed.map((name) => [name, sampleAttribute(name, locale)])),
    ...userAttributes,
  };
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !absent.includes(`userAttributes.${name}`)));
}

/** Of each key that `when` names or the text holds, the values that it may have. */
function metadataOf(
  index: MessageIndexWire,
  { clientMetadata: given }: Samples,
  { variant, text, locale, absent }: Aim,
): Record<string, readonly string[]> {
  const needed = keysOf(text, 'clientMetadata').filter(
    (key) => key !== index.localeKey && !absent.includes(`clientMetadata.${key}`),
  );
  const values = needed.map((key) => {
    const rule = own(index.metadata, key);
    const chosen = own(given, key);
    return [
      key,
      rule
        ? [...(chosen !== undefined && meets(rule, chosen) ? [chosen] : []), ...sampleMetadata(key, rule, locale)]
        : [],
    ] as const;
  });
  const demanded = Object.entries(variant.when).map(([key, allowed]) => {
    const chosen = own(given, key);
    return [key, chosen !== undefined && allowed.includes(chosen) ? [chosen, ...allowed] : allowed] as const;
  });
  return Object.fromEntries([...values.filter(([, options]) => options.length > 0), ...demanded]);
}

const keysOf = (text: TextWire, kind: 'userAttributes' | 'clientMetadata'): string[] =>
  [...variablesOf(piecesOf(text))]
    .map(parseVariable)
    .filter((variable) => variable?.kind === kind)
    .map((variable) => (variable as { readonly key: string }).key);

interface LocaleBearer {
  readonly metadata?: string;
  readonly attribute?: string;
}

/** Who gets the texts of a locale: by ClientMetadata where it may say so, else by the user's attribute. */
function localeBearers({ localeKey, metadata }: MessageIndexWire, { locale }: Aim): LocaleBearer[] {
  // A tag of nobody's: everybody else may have one that has no text.
  if (locale === '') return [{}, { attribute: 'zz' }];
  const tag = shownLocale(locale);
  const rule = localeKey === undefined ? undefined : own(metadata, localeKey);
  const told = rule ? (rule.values ?? [tag, locale, tag.replaceAll('-', '_')]) : [];
  const fitting = told.find((value) => withParents(value)[0] === locale && meets(rule!, value));
  return [...(fitting === undefined ? [] : [{ metadata: fitting }]), { attribute: tag }];
}

/** de-at → de-AT */
export function shownLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? locale;
  } catch {
    return locale;
  }
}

function* combinations(keys: readonly (readonly [string, readonly string[]])[]): Generator<Record<string, string>> {
  if (keys.length === 0) {
    yield {};
    return;
  }
  const [[key, values], ...rest] = keys;
  for (const value of values) {
    for (const others of combinations(rest)) yield { [key]: value, ...others };
  }
}

import { withParents } from '../../lib/private/contracts/locale';
import { shownLocale } from './occasions';

export interface LocaleNames {
  /** `de-AT`; nothing for everybody else. */
  readonly tag: string;
  /** `Austrian German` */
  readonly english: string;
}

/** @param isOnly whether there is no other language beside it */
export function localeNames(locale: string, isOnly = false): LocaleNames {
  if (locale === '') return { tag: '', english: isOnly ? 'Every language' : 'Every other language' };
  const tag = shownLocale(locale);
  try {
    return { tag, english: new Intl.DisplayNames(['en'], { type: 'language' }).of(tag) ?? tag };
  } catch {
    return { tag, english: tag };
  }
}

/** Where the texts of a locale are looked for when it has none of its own. */
export const fallbackLocales = (locale: string): string[] => [...withParents(locale).slice(1), ''];

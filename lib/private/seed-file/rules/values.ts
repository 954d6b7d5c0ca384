import type { Problem } from './problem';

/**
 * What Cognito asks of every value, and of the standard attributes' formats.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
 */
export const checkValue = (name: string, value: string): Problem[] => {
  if (value === '') return FINE; // deletes the attribute
  const problems = Object.hasOwn(FORMATS, name) ? FORMATS[name](value) : FINE;
  if (value.length > LONGEST) {
    const rule = `a value holds at most ${LONGEST} characters, this one ${value.length}`;
    return [{ rule, remedy: 'shorten it' }, ...problems];
  }
  return value.trim() === '' ? [WHITE_SPACE, ...problems] : problems;
};

const LONGEST = 2048;
const FINE: Problem[] = [];

const WHITE_SPACE: Problem = {
  rule: 'a value of white space alone may be stored or may delete the attribute',
  remedy: 'remove the white space',
};

const problem = (broken: boolean, rule: string, remedy: string): Problem[] => (broken ? [{ rule, remedy }] : FINE);

const FORMATS: Readonly<Record<string, (value: string) => Problem[]>> = {
  phone_number: (value) =>
    problem(
      !/^\+\d{1,15}$/.test(value),
      `must be E.164 (+ and 1-15 digits), got ${value.length} characters${value.startsWith('+') ? '' : " without '+'"}`,
      "write the number with '+' and the country code, without blanks or other signs",
    ),
  email: (value) =>
    problem(!/^[^\s@]+@[^\s@]+$/.test(value), 'must be an e-mail address', 'write it as name@domain, without blanks'),
  birthdate: (value) =>
    problem(
      !isDay(value),
      `must be a day as YYYY-MM-DD, got ${value.length} characters`,
      "write it with leading zeros; the year '0000' leaves the year out",
    ),
  locale: (value) =>
    problem(
      !isLocale(value),
      'must be a language tag (BCP 47)',
      "write a language and, where wanted, a region: 'de', 'de-AT'",
    ),
  updated_at: (value) =>
    problem(!/^\d{1,13}$/.test(value), 'must be a number of seconds since 1970', 'write digits alone'),
  email_verified: (value) => flag(value),
  phone_number_verified: (value) => flag(value),
};

const flag = (value: string) =>
  problem(value !== 'true' && value !== 'false', "must be 'true' or 'false'", 'declare true or false');

const isDay = (value: string): boolean => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? [];
  if (year === undefined) return false;
  // Without a year, a leap year: 29 February is a birthday.
  const date = new Date(`${year === '0000' ? '2000' : year}-${month}-${day}T00:00:00Z`);
  return date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day);
};

/** Few locales stand in many rows, and asking Intl takes microseconds. */
const isLocale = (value: string): boolean => {
  const known = LOCALES.get(value);
  if (known !== undefined) return known;
  const answer = isLanguageTag(value);
  if (LOCALES.size < 1000) LOCALES.set(value, answer);
  return answer;
};

const LOCALES = new Map<string, boolean>();

const isLanguageTag = (value: string): boolean => {
  try {
    // OpenID Connect knows de_AT beside de-AT.
    const [tag] = Intl.getCanonicalLocales(value.replace(/_/g, '-'));
    // BCP 47 reserves longer languages, which nobody has registered.
    return /^[a-z]{2,3}(-|$)/.test(tag);
  } catch {
    return false;
  }
};

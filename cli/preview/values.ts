/** What a variable is shown as, where nobody says: the names of people who speak the language, else words of the key's own. */
import type { TextRuleWire } from '../../lib/private/contracts/text-rule';
import { meets } from '../../lambda/rules/text-rule';
import { own } from './json';

interface Person {
  readonly given: string;
  readonly family: string;
  /** In East Asia and Hungary the family's name comes first. */
  readonly full?: string;
}

const PEOPLE: Readonly<Record<string, Person>> = {
  ar: { given: 'ليلى', family: 'حداد' },
  cs: { given: 'Tereza', family: 'Nováková' },
  da: { given: 'Freja', family: 'Jensen' },
  de: { given: 'Anna', family: 'Berger' },
  el: { given: 'Ελένη', family: 'Παππά' },
  en: { given: 'Alex', family: 'Carter' },
  es: { given: 'Lucía', family: 'García' },
  fa: { given: 'نرگس', family: 'رضایی' },
  fi: { given: 'Aino', family: 'Korhonen' },
  fr: { given: 'Chloé', family: 'Dubois' },
  he: { given: 'נועה', family: 'כהן' },
  hi: { given: 'आशा', family: 'शर्मा' },
  hu: { given: 'Zsófia', family: 'Nagy', full: 'Nagy Zsófia' },
  it: { given: 'Giulia', family: 'Rossi' },
  ja: { given: '花子', family: '佐藤', full: '佐藤 花子' },
  ko: { given: '지민', family: '김', full: '김지민' },
  nb: { given: 'Ingrid', family: 'Hansen' },
  nl: { given: 'Sanne', family: 'de Vries' },
  no: { given: 'Ingrid', family: 'Hansen' },
  pl: { given: 'Zofia', family: 'Nowak' },
  pt: { given: 'Beatriz', family: 'Silva' },
  ro: { given: 'Ioana', family: 'Popescu' },
  ru: { given: 'Анна', family: 'Смирнова' },
  sk: { given: 'Zuzana', family: 'Kováčová' },
  sv: { given: 'Astrid', family: 'Lindqvist' },
  th: { given: 'มาลี', family: 'ใจดี' },
  tr: { given: 'Elif', family: 'Yılmaz' },
  uk: { given: 'Олена', family: 'Шевченко' },
  vi: { given: 'Linh', family: 'Nguyễn', full: 'Nguyễn Linh' },
  zh: { given: '小雨', family: '王', full: '王小雨' },
};

const personOf = (locale: string): Person => own(PEOPLE, locale.split('-')[0]) ?? PEOPLE.en;

/** Without a dot: a value that looks like an address is sent with a blank in it. */
export const SAMPLE_USER_NAME = 'alex-carter';

/** By the key in small letters, without `custom:` and without what parts its words. */
const KNOWN: Readonly<Record<string, (person: Person) => string>> = {
  givenname: ({ given }) => given,
  firstname: ({ given }) => given,
  nickname: ({ given }) => given,
  familyname: ({ family }) => family,
  lastname: ({ family }) => family,
  surname: ({ family }) => family,
  name: fullName,
  fullname: fullName,
  displayname: fullName,
  middlename: () => 'Kim',
  preferredusername: () => SAMPLE_USER_NAME,
  birthdate: () => '1990-05-17',
  phonenumber: () => '+15555550123',
  zoneinfo: () => 'Europe/Vienna',
  gender: () => 'female',
  address: () => '12 Station Road',
  updatedat: () => '1767225600',
  emailverified: () => 'true',
  phonenumberverified: () => 'true',
  sub: () => '3f2b1c9e-70a1-4d5e-9b8c-2a6d4e5f7081',
  tenant: () => 'Acme',
  company: () => 'Acme',
  organisation: () => 'Acme',
  organization: () => 'Acme',
  workspace: () => 'Acme',
  team: () => 'Acme',
};

function fullName({ given, family, full }: Person): string {
  return full ?? `${given} ${family}`;
}

export function sampleAttribute(name: string, locale: string): string {
  const plain = name.replace(/^(dev:)?custom:/, '');
  const known = own(KNOWN, plain.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase());
  return known ? known(personOf(locale)) : wordsOf(plain);
}

/** All values that a key of ClientMetadata may be shown with, the likeliest first. */
export function sampleMetadata(key: string, rule: TextRuleWire, locale: string): readonly string[] {
  if (rule.values) return rule.values.filter((value) => meets(rule, value));
  const likely = sampleAttribute(key, locale);
  const cut = likely.slice(0, rule.maxLength).trim();
  const slug = cut.toLowerCase().replaceAll(' ', '-');
  const guesses = [
    likely,
    cut,
    cut.toLowerCase(),
    slug,
    slug.replaceAll('-', '_'),
    slug.replaceAll('-', ''),
    ...COMMON,
  ];
  const fitting = guesses.find((guess) => guess !== '' && meets(rule, guess));
  return fitting === undefined ? [] : [fitting];
}

/** What patterns usually ask for. */
const COMMON: readonly string[] = [
  ...[
    'A',
    'a',
    '1',
    'AB',
    'ab',
    '12',
    'ABC',
    'abc',
    '123',
    'ABCD',
    '1234',
    '12345',
    '482913',
    'abc123',
    'ABC123',
    'AB-1234',
  ],
  ...[
    'ABC-123',
    'abc-123',
    '1.0',
    '1.2.3',
    '19.90',
    '9:41',
    '09:41',
    'v1',
    'true',
    'yes',
    'en',
    'EN',
    'en-US',
    'en_US',
  ],
  ...['EUR', '#1a7f64', '2026-05-17', '2026-05-17T09:41:00Z', '17.05.2026', '17/05/2026', '+15555550123', 'user-1'],
  ...['3f2b1c9e-70a1-4d5e-9b8c-2a6d4e5f7081', 'alex@example.com', 'https://example.com/', 'example.com', '/home'],
];

/** `campaignName`, `campaign_name` → `Campaign name`. */
function wordsOf(key: string): string {
  const words = key
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())
    .join(' ');
  return words === '' ? 'Sample' : words[0].toUpperCase() + words.slice(1);
}

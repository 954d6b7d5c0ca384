/**
 * What mail clients make a link of. Synth holds the author's words to it, the function the values that strangers choose.
 */

/** A stretch of text, and whether it came out of a variable that somebody outside the stack fills in. */
export interface TextPiece {
  readonly text: string;
  readonly isValue: boolean;
}

/**
 * Whether a value is, holds or completes something that a mail client links: a web or e-mail address. The pieces are read
 * as one text, so an address that comes together over a seam (`evil.` and `com`) counts as well.
 */
export function valueInAddress(pieces: readonly TextPiece[]): boolean {
  return READINGS.some((instead) => valueInAddressAs(instead, pieces));
}

function valueInAddressAs(instead: string, pieces: readonly TextPiece[]): boolean {
  const spans: { readonly start: number; readonly end: number }[] = [];
  let joined = '';
  for (const { text, isValue } of pieces) {
    const start = joined.length;
    joined += (isValue ? text : asRead(text)).replace(FORMAT_CHARACTERS, instead);
    if (isValue) spans.push({ start, end: joined.length });
  }
  let next = 0;
  for (const { 0: word, index } of joined.matchAll(/\S+/g)) {
    while (next < spans.length && spans[next].end <= index) next++;
    if (next === spans.length) return false;
    if (spans[next].start < index + word.length && isAddressLike(word)) return true;
  }
  return false;
}

/** Nobody sees them: some clients look for addresses as if they were not there, to others they part words. */
const FORMAT_CHARACTERS = /\p{Cf}/gu;
const READINGS = ['', ' '];

// The name ends where it must, so that there is one way to read a tag, and time grows with the length of the text alone.
const TAGS = /<!--[^]*?-->|<\/?([a-z][^\s/<>"']*)(?=[\s/>])(?:"[^"]*"|'[^']*'|[^"'<>])*>/gi;

/**
 * The elements that part words. Clients look for addresses across all others, and comments they take out. Of a table the cells
 * alone: text that stands between them is read as if it stood before the table, all of it together.
 */
const PARTING =
  /^(?:address|article|aside|blockquote|body|br|button|caption|center|d[dlt]|div|fieldset|figcaption|figure|footer|form|h[1-6r]|head|header|html|iframe|img|input|legend|li|link|main|meta|nav|object|ol|optgroup|option|p|pre|script|section|select|style|svg|t[dh]|textarea|title|ul|video)$/i;

const ENTITIES = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(nbsp|period|commat|colon|sol|bsol|shy|zwj|zwnj));?/gi;

const NAMED_ENTITIES: Readonly<Record<string, string>> = {
  nbsp: ' ',
  period: '.',
  commat: '@',
  colon: ':',
  sol: '/',
  bsol: '\\',
  shy: '\u00AD',
  zwj: '\u200D',
  zwnj: '\u200C',
};

/** A template's own text as its reader sees it. What stands in tags is the template's own. */
export function asRead(text: string): string {
  return text
    .replace(TAGS, (_, element?: string) => (element !== undefined && PARTING.test(element) ? ' ' : ''))
    .replace(/[<>]/g, ' ')
    .replace(ENTITIES, (_, decimal?: string, hexadecimal?: string, name?: string) => {
      if (name !== undefined) return NAMED_ENTITIES[name.toLowerCase()];
      const codePoint = decimal === undefined ? parseInt(hexadecimal as string, 16) : Number(decimal);
      return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : ' ';
    });
}

/** What mail clients link by its name, without slashes after the colon. */
const SCHEMES = 'mailto|tel|sms|sip|facetime|skype|ftp|file|javascript';

// Each without nested repetition, so that time grows with the length of the text alone.
const ADDRESSES: readonly RegExp[] = [
  /[/\\]{2}/, // https://…, //localhost, \\server\share
  /(?<![a-z])www\.\S/i,
  new RegExp(`(?<![a-z])(?:${SCHEMES}):\\S`, 'i'),
  /\S@\S/, // an e-mail address
  /[^\s.]\.[\p{L}\p{M}]{2}/u, // evil.com
  /[^\s。]。[a-z]{2}/i, // evil。com; between other letters it ends a sentence
  /[^\s.]\.\p{N}*[\p{L}\p{M}][\p{L}\p{M}\p{N}]*\//u, // a.b/c
  /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}/, // 192.0.2.1
];

/** As it stands or as NFKC makes it: what is a letter of its own to the one client is a plain one to the other. */
function isAddressLike(word: string): boolean {
  const plain = word.normalize('NFKC');
  return ADDRESSES.some((address) => address.test(plain) || (plain !== word && address.test(word)));
}

const NAMED_COLON = new RegExp(`(?<=(?<![a-z])(?:${SCHEMES})):`, 'gi');

/** A text in which no mail client finds an address: blanks part what makes one. Any other text comes back as it is. */
export function withoutAddresses(text: string): string {
  const readings = READINGS.map((instead) => text.replace(FORMAT_CHARACTERS, instead));
  if (!readings.some((reading) => reading.split(' ').some(isAddressLike))) return text;
  return readings[0]
    .normalize('NFKC') // Full-width letters, dots and slashes are the plain ones to whoever follows a link.
    .replace(/\.(?=\p{N}*[\p{L}\p{M}])|\.(?=\d{1,3}\.)|(?<=\.\d{1,3})\.(?=\d)|(?<=(?<![a-z])www)\./giu, '. ')
    .replace(/。(?=[a-z])/gi, '。 ')
    .replace(/:(?=\/)/g, ': ')
    .replace(NAMED_COLON, ': ')
    .replace(/[/\\](?=[/\\])/g, '$& ')
    .replaceAll('@', ' @ ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

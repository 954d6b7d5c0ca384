import { isAttribute, STANDARD_NAMES } from '../../attribute-names';
import { INVITATION_SOURCE, LINK_SOURCES, type MessagePart } from '../../contracts/message';
import { linesBefore } from '../lines';
import { isPlaceholder } from '../placeholders';
import { type Finding, htmlOf, type Piece, type Place, sectionsIn, type Value, valuesIn } from '../pieces';
import type { Syntax } from '../syntax';
import { checkAddresses } from './addresses';
import { htmlPlaces, openMarkup } from './html-place';
import { checkLengths } from './lengths';
import { runsOf } from './runs';
import { checkWords } from './words';

/** What a text may refer to. */
export interface Vocabulary {
  readonly source: string;
  /** The declared keys of ClientMetadata. */
  readonly metadata: readonly string[];
  /** What the pool knows of its custom attributes; undefined where that is known only at deployment. */
  readonly customAttributes?: readonly string[];
}

/**
 * All that is wrong with one text of a template.
 *
 * @param start where it begins, for what is wrong with it as a whole
 */
export function checkPart(
  part: MessagePart,
  start: Place,
  { pieces, findings, isWhole }: Syntax,
  vocabulary: Vocabulary,
): Finding[] {
  const { source } = vocabulary;
  const readable = findings.length === 0 && isWhole;
  return [
    ...findings,
    ...(part === 'subject' ? checkSubject(pieces, source) : sections(pieces, source)),
    ...(part !== 'subject' && isWhole ? missing(part, pieces, source, start) : []),
    ...links(part, pieces, source),
    ...runsOf(pieces).flatMap((run) => checkWords(part, run)),
    // A length or a place is only known of a text that could be read.
    ...(readable ? [...checkLengths(part, pieces, source, start), ...checkAddresses(pieces, source)] : []),
    ...(readable && part === 'html' ? [...places(pieces), ...unclosed(pieces)] : []),
    ...valuesIn(pieces).flatMap((value) => unknownNames(value, vocabulary)),
    ...sectionsIn(pieces).flatMap((section) => unknownNames(section, vocabulary)),
  ];
}

function missing(part: MessagePart, pieces: readonly Piece[], source: string, at: Place): Finding[] {
  const kinds = valuesIn(pieces).map(({ variable }) => variable.kind);
  const hasCode =
    kinds.includes('code') || (part === 'html' && LINK_SOURCES.includes(source) && kinds.includes('link'));
  const hasUsername = kinds.includes('username') || source !== INVITATION_SOURCE;
  const lacks = (name: string, rule: string, what: string): Finding => ({
    at,
    text: `lacks {{${name}}}, which ${rule}: put it where ${what} shall stand`,
  });
  return [
    ...(hasCode ? [] : [lacks('code', 'every message must hold', 'the code')]),
    ...(hasUsername ? [] : [lacks('username', 'an invitation must hold beside the code', 'the user name')]),
  ];
}

function checkSubject(pieces: readonly Piece[], source: string): Finding[] {
  return valuesIn(pieces)
    .filter((value) => isPlaceholder(value, source))
    .map(({ at, name }) => ({
      at,
      text: `{{${name}}} is not filled into subjects by Cognito: put it into html alone`,
    }));
}

function sections(pieces: readonly Piece[], source: string): Finding[] {
  return sectionsIn(pieces)
    .flatMap((section) => valuesIn(section.pieces))
    .filter((value) => isPlaceholder(value, source))
    .map(({ at, name }) => ({
      at,
      text: `{{${name}}} stands in a section, which not everybody gets to read: put it outside`,
    }));
}

function links(part: MessagePart, pieces: readonly Piece[], source: string): Finding[] {
  if (part === 'html' && LINK_SOURCES.includes(source)) return [];
  return valuesIn(pieces)
    .filter(({ variable }) => variable.kind === 'link' && part !== 'subject')
    .map(({ at }) => ({
      at,
      text: '{{link}} is offered by Cognito in the e-mails of SIGN_UP and RESEND_CODE alone: write {{code}}',
    }));
}

/** A variable belongs into the text, and a section begins and ends there. */
function places(pieces: readonly Piece[]): Finding[] {
  const findings: Finding[] = [];
  const placeAt = htmlPlaces(htmlOf(pieces));
  let position = 0;
  const require = (at: Place, tag: string, words: string): void => {
    const place = placeAt(position);
    if (place) {
      findings.push({ at, text: `{{${tag}}} ${words} ${place}, which is not read as text: put it into the text` });
    }
  };
  const walk = (inner: readonly Piece[]): void => {
    for (const piece of inner) {
      if (piece.kind === 'value') require(piece.at, piece.name, 'stands inside');
      if (piece.kind === 'value' || piece.kind === 'literal') {
        position += htmlOf([piece]).length;
        continue;
      }
      require(piece.at, `${piece.kind === 'if' ? '#' : '^'}${piece.name}`, 'begins inside');
      walk(piece.pieces);
      require(piece.end, `/${piece.name}`, 'ends inside');
    }
  };
  walk(pieces);
  return findings;
}

/** A quote or a `-->` that is missing takes the rest of the e-mail with it. */
function unclosed(pieces: readonly Piece[]): Finding[] {
  const open = openMarkup(htmlOf(pieces));
  if (!open) return [];
  const at = placeOf(pieces, open.position);
  return [
    { at, text: `${open.place} that begins here never ends, and takes the rest of the e-mail with it: close it` },
  ];
}

/** The place of a position in the text that `htmlOf` gives. */
function placeOf(pieces: readonly Piece[], position: number): Place {
  let start = 0;
  for (const piece of pieces) {
    const length = htmlOf([piece]).length;
    if (position >= start + length) {
      start += length;
      continue;
    }
    if ('pieces' in piece) return placeOf(piece.pieces, position - start);
    if (piece.kind === 'value') return piece.at;
    return { ...piece.at, line: piece.at.line + linesBefore(piece.text)(position - start) };
  }
  return { line: 1 };
}

function unknownNames(
  { variable, name, at }: Pick<Value, 'variable' | 'name' | 'at'>,
  vocabulary: Vocabulary,
): Finding[] {
  if (variable.kind === 'clientMetadata' && !vocabulary.metadata.includes(variable.key)) {
    return [
      { at, text: `{{${name}}} is not declared: add MetadataKey.of('${variable.key}') to the trigger's metadata` },
    ];
  }
  if (variable.kind !== 'userAttributes') return [];
  const { key } = variable;
  const { customAttributes } = vocabulary;
  if (key.startsWith('custom:') && customAttributes && !customAttributes.includes(key)) {
    return [
      {
        at,
        text: `{{${name}}} is unknown to the user pool's schema: add it to the pool's customAttributes, or correct the name`,
      },
    ];
  }
  // Cognito calls attributes by other names than aws-cdk-lib does.
  if (key === 'sub' || key.includes(':') || Object.values(STANDARD_NAMES).includes(key)) return [];
  const meant = isAttribute(key) ? STANDARD_NAMES[key] : `custom:${key}`;
  return [{ at, text: `{{${name}}} is no attribute by Cognito's names: write {{userAttributes.${meant}}}` }];
}

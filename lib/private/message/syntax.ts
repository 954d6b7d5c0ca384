import * as mustache from 'mustache';
import { parseVariable, type Variable } from '../contracts/message-text';
import { brokenTag, OTHER_DELIMITERS, RAW_FORM, shownTag } from './broken-tag';
import { linesBefore } from './lines';
import type { Finding, Literal, Piece, Place, SourceText } from './pieces';

export interface Syntax {
  readonly pieces: readonly Piece[];
  /** What the template's language does not have, each with the remedy. */
  readonly findings: readonly Finding[];
  /** Whether all could be read. What could not may hold what seems to be missing. */
  readonly isWhole: boolean;
}

/** Finds a partial by its name, or tells in words which there are. */
export type Partials = (name: string) => SourceText | { readonly known: string };

const KNOWN = '{{code}}, {{username}}, {{link}}, {{clientMetadata.KEY}} or {{userAttributes.NAME}}';

/** Deeper than anybody means it. */
const MAX_DEPTH = 8;

/** More than anybody means in one text, and fewer than partials of partials would soon be. */
const MAX_PARTIALS = 1_000;

/** Reads a template as mustache does, partials in their place, and reports all that messages do not have. */
export function readSyntax(source: SourceText, partials: Partials): Syntax {
  const reader = new Reader(partials);
  const pieces = withoutEdges(reader.read(source, [], 0));
  return { pieces, findings: reader.findings, isWhole: reader.isWhole };
}

/** The white space at either end counts for nothing, wherever it comes from: the file, a partial or a comment. */
function withoutEdges(pieces: readonly Piece[]): Piece[] {
  const isBlank = (piece: Piece): boolean => piece.kind === 'literal' && piece.text.trim() === '';
  let [first, end] = [0, pieces.length];
  while (first < end && isBlank(pieces[first])) first++;
  while (first < end && isBlank(pieces[end - 1])) end--;
  return pieces.slice(first, end).map((piece, index) => {
    if (piece.kind !== 'literal') return piece;
    const begun = index === 0 ? withoutStart(piece) : piece;
    return index === end - first - 1 ? { ...begun, text: begun.text.trimEnd() } : begun;
  });
}

function withoutStart(literal: Literal): Literal {
  const text = literal.text.trimStart();
  const skipped = linesBefore(literal.text)(literal.text.length - text.length);
  return { ...literal, text, at: { ...literal.at, line: literal.at.line + skipped } };
}

type Token = [type: string, value: string, start: number, end: number, children?: Token[] | string, closedAt?: number];

/** A text that is being read. */
interface Text {
  readonly text: string;
  /** The partials that it stands in, outermost first. */
  readonly inside: readonly string[];
  place(position: number): Place;
}

class Reader {
  public readonly findings: Finding[] = [];
  public isWhole = true;
  private partialsRead = 0;

  public constructor(private readonly partials: Partials) {}

  /** @param depth how many sections stand around it */
  public read({ text, file, isUnreadable }: SourceText, inside: readonly string[], depth: number): Piece[] {
    if (isUnreadable) return this.gap();
    const lines = linesBefore(text);
    const place = (position: number): Place => ({ file, line: 1 + lines(position) });
    try {
      return this.pieces(mustache.parse(text) as unknown as Token[], { text, inside, place }, depth);
    } catch (error) {
      const { start, finding } = brokenTag(text) ?? {
        start: 0,
        finding: `is not a template (${String(error)}): correct it`,
      };
      this.findings.push({ at: place(start), text: finding });
      return this.gap();
    }
  }

  private gap(): Piece[] {
    this.isWhole = false;
    return [];
  }

  private pieces(tokens: readonly Token[], source: Text, depth: number): Piece[] {
    return tokens.flatMap((token) => this.piece(token, source, depth));
  }

  private piece(token: Token, source: Text, depth: number): Piece[] {
    const [type, name, start, end] = token;
    const at = source.place(start);
    const tag = shownTag(source.text.slice(start, end));
    const refuse = (text: string): void => void this.findings.push({ at, text: `${tag} ${text}` });
    switch (type) {
      case 'text':
        return [{ kind: 'literal', text: name, at }];
      case '!':
        return [];
      case '=':
        refuse(OTHER_DELIMITERS);
        return [];
      case '>':
        return this.partial(token, source, depth, refuse);
      case '#':
      case '^':
        return this.section(token, source, depth, refuse);
    }
    if (type === '&') refuse(RAW_FORM);
    const variable = parseVariable(name);
    if (variable) return [{ kind: 'value', variable, name, at }];
    refuse(unknownVariable(name));
    return [];
  }

  /** A section that is refused is read nevertheless: what is wrong inside is told at once. */
  private section(token: Token, source: Text, depth: number, refuse: (text: string) => void): Piece[] {
    const [type, name, start, , children, closedAt] = token;
    const variable = parseVariable(name);
    const rule =
      depth > 0 ? 'opens a section inside another, which nobody can oversee: part them' : notOptional(name, variable);
    if (rule !== undefined) refuse(rule);
    if (depth === MAX_DEPTH) return this.gap();
    const pieces = this.pieces(children as Token[], source, depth + 1);
    if (rule !== undefined || !variable) return pieces;
    const [at, end] = [start, closedAt as number].map(source.place);
    return [{ kind: type === '#' ? 'if' : 'unless', variable, name, pieces, at, end }];
  }

  private partial(token: Token, { text, inside }: Text, depth: number, refuse: (text: string) => void): Piece[] {
    const [, name, start, end] = token;
    const refused = (rule: string): Piece[] => {
      refuse(rule);
      return this.gap();
    };
    if (inside.includes(name)) return refused(`holds itself (${[...inside, name].join(', ')}): part them`);
    if (inside.length === MAX_DEPTH) return refused(`stands in ${MAX_DEPTH} partials already: flatten them`);
    const found = this.partials(name);
    if ('known' in found) return refused(`is no partial: ${found.known}`);
    if (++this.partialsRead > MAX_PARTIALS)
      return refused(`is the text's partial number ${MAX_PARTIALS + 1}: use fewer`);
    // Alone on its line, a tag takes the line's break with it, and the file's own stands in its place.
    const content = isAlone(text, start, end) ? found.text : found.text.replace(/\n$/, '');
    return this.read({ ...found, text: content }, [...inside, name], depth);
  }
}

/** Whether mustache drops the break of a tag's line: nothing but tags that leave no text of their own stand on it. */
function isAlone(text: string, start: number, end: number): boolean {
  const lineEnd = text.indexOf('\n', end);
  const line = text.slice(text.lastIndexOf('\n', start) + 1, lineEnd < 0 ? undefined : lineEnd);
  return line.replace(/\{\{\s*[!#^/>].*?\}\}/g, '').trim() === '';
}

/** Why there is no section on a variable. */
function notOptional(name: string, variable: Variable | undefined): string | undefined {
  if (!variable) return unknownVariable(name);
  return 'key' in variable
    ? undefined
    : 'opens a section on what every message has: sections ask for clientMetadata.KEY or userAttributes.NAME';
}

function unknownVariable(name: string): string {
  const [, list, key] = /^(clientMetadata|userAttributes)\.(.+)$/s.exec(name) ?? [];
  if (key?.includes('.')) {
    return `has a dot in the name after ${list}, where the template language would split it: use a key without dots`;
  }
  if (key) return 'has a name that is too long or holds more than letters, digits, _, - and colons: use another key';
  return `is not a variable: write ${KNOWN}`;
}

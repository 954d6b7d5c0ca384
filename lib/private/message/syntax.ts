import * as mustache from 'mustache';
import { parseVariable, type Variable } from '../contracts/message-text';

/** A stretch of a template's text: what stands there literally, or the variable that stands for something. */
export type SyntaxPiece = { readonly literal: string } | { readonly variable: Variable; readonly name: string };

export interface Syntax {
  readonly pieces: readonly SyntaxPiece[];
  /** What the template's language does not have, each with the remedy. */
  readonly findings: readonly string[];
}

const KNOWN = '{{code}}, {{username}}, {{clientMetadata.KEY}} or {{userAttributes.NAME}}';

// By the character that mustache takes for the kind of a tag.
const REFUSED_TAGS: Readonly<Record<string, string>> = {
  '&': 'is a raw form, and a value is always escaped: write two braces and no &',
  '#': 'opens a section, which messages do not have: declare one template more, chosen by `when`',
  '^': 'opens an inverted section, which messages do not have: declare one template more, chosen by `when`',
  '>': 'is a partial, which messages do not have: write the text where it belongs',
  '!': 'is a comment, which would be sent along in the function: leave it out',
  '=': 'changes the delimiters, which messages do not do: keep {{ and }}',
};

/** Reads a template as mustache does, and reports all that is more than plain variables. */
export function readSyntax(template: string): Syntax {
  let tokens: [type: string, value: string, start: number, end: number][];
  try {
    tokens = mustache.parse(template) as unknown as typeof tokens;
  } catch (error) {
    return { pieces: [], findings: [unparsable(error)] };
  }
  const pieces: SyntaxPiece[] = [];
  const findings: string[] = [];
  for (const [type, value, start, end] of tokens) {
    const variable = type === 'name' ? parseVariable(value) : undefined;
    if (type === 'text') pieces.push({ literal: value });
    else if (variable) pieces.push({ variable, name: value });
    else if (type === 'name') findings.push(unknownVariable(value));
    else findings.push(`${template.slice(start, end)} ${REFUSED_TAGS[type]}`);
  }
  return { pieces, findings };
}

/** Mustache's messages: Unclosed tag at 12, Unclosed section "x" at 12, Unopened section "x" at 12, Invalid tags: x */
function unparsable(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `is not a template (${reason}): close every {{ with }}, and write nothing but ${KNOWN} between them`;
}

function unknownVariable(name: string): string {
  const [, list, key] = /^(clientMetadata|userAttributes)\.(.+)$/s.exec(name) ?? [];
  if (key?.includes('.')) {
    return `{{${name}}} has a dot in the name after ${list}, where the template language would split it: use a key without dots`;
  }
  if (key) {
    return `{{${name}}} has a name that is too long or holds more than letters, digits, _, - and colons: use another key`;
  }
  return `{{${name}}} is not a variable: write ${KNOWN}`;
}

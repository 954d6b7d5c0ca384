import type { AttributeProblem } from './seed-file/rules/problem';

export type { Problem } from './seed-file/rules/problem';

/** One mistake in a declaration: where, which rule, and what to do. Never the value, which may be somebody's. */
export interface Finding extends AttributeProblem {
  /** As declared; absent where the mistake is no user's, or stands in a file. */
  readonly user?: string;
  /** As the author finds it, and the line where the row begins; no line where the mistake is the whole file's. */
  readonly file?: string;
  readonly line?: number;
  /** How many more lines of the file have the same mistake. */
  readonly alike?: number;
}

export const inWords = ({ user, file, line, alike, attribute, rule, remedy }: Finding): string => {
  const where = [
    ...(file === undefined ? [] : [line ? `${file} line ${line}${more(alike)}` : file]),
    ...(user === undefined ? [] : [`user ${quoted(user)}`]),
    ...(attribute === undefined ? [] : [`attribute ${quoted(attribute)}`]),
  ];
  return `${where.length > 0 ? `${where.join(', ')}: ` : ''}${rule}; ${remedy}`;
};

const more = (alike = 0): string => (alike === 0 ? '' : ` and ${alike.toLocaleString('en-US')} more`);

/** A name may be wrong because of what nobody can see in it. */
export const quoted = (name: string): string =>
  `'${name.replace(/\p{C}/gu, (character) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`)}'`;

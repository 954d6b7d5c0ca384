import { cognitosName } from '../../attribute-names';
import { checkColumn } from '../rules/names';
import { isForPassword, PASSWORD_IN_FILE } from '../rules/passwords';
import type { Rows } from '../rows';
import { Unreadable } from '../types';
import { IMPORT_USERNAME } from './dialect';

/** What a column holds; undefined for what nobody needs. */
export type Column =
  | { readonly kind: 'username' }
  | { readonly kind: 'groups' }
  | { readonly kind: 'enabled' }
  | { readonly kind: 'attribute'; readonly name: string }
  | undefined;

const USERNAMES = ['username', IMPORT_USERNAME];

/** Columns that files for Cognito's import have to have, and that are no attribute. */
const IGNORED = ['cognito:mfa_enabled'];

/**
 * Reads the header, and reports what it does not know.
 *
 * @throws Unreadable
 */
export const columnsOf = (cells: readonly string[], line: number, rows: Rows): Column[] => {
  const names = cells.map((cell) => cell.trim());
  if (!names.some((name) => USERNAMES.includes(name))) {
    // Names are not told: without a header, they are somebody's values.
    throw new Unreadable({
      line,
      rule: 'no column of the header names the user',
      remedy: `begin the file with a header line, and name the column of usernames ${USERNAMES.join(' or ')}`,
    });
  }
  const seen = new Set<string>();
  const columns = names.map((name, index) => columnOf(name, index, line, rows, seen));
  // One that is wrong has been reported.
  if (!rows.creates && names.every(isIdle)) {
    rows.problem({
      line,
      rule: 'no column names an attribute',
      remedy: 'add a column, such as given_name or custom:plan',
    });
  }
  return columns;
};

/** Whether a column declares nothing of a user. */
const isIdle = (name: string): boolean => USERNAMES.includes(name) || IGNORED.includes(name);

const columnOf = (name: string, index: number, line: number, rows: Rows, seen: Set<string>): Column => {
  if (IGNORED.includes(name)) return undefined;
  const kind = USERNAMES.includes(name) ? 'username' : ACCOUNT.find((known) => known === name);
  const meant = kind ?? cognitosName(name);
  if (meant === undefined) {
    rows.problem(
      name === ''
        ? { line, rule: `column ${index + 1} has no name`, remedy: 'name it, or remove it' }
        : { line, attribute: name, ...(isForPassword(name) ? PASSWORD_IN_FILE : checkColumn(name)) },
    );
    return undefined;
  }
  if (seen.has(meant)) {
    rows.problem({ line, ...TWICE(kind, meant), remedy: 'keep one of the two' });
    return undefined;
  }
  seen.add(meant);
  if (kind) return { kind };
  return rows.checkName(meant, line) ? { kind: 'attribute', name: meant } : undefined;
};

/** What is declared of a user beside attributes. */
const ACCOUNT = ['groups', 'enabled'] as const;

const TWICE = (kind: string | undefined, name: string) =>
  kind === 'username' ? { rule: 'two columns name the user' } : { attribute: name, rule: 'two columns hold it' };

import { cognitosName } from '../../attribute-names';
import { checkColumn } from '../rules/names';
import type { Rows } from '../rows';
import { Unreadable } from '../types';
import { IMPORT_USERNAME } from './dialect';

/** What a column holds; undefined for what nobody needs. */
export type Column = { readonly kind: 'username' } | { readonly kind: 'attribute'; readonly name: string } | undefined;

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
  if (!columns.some((column) => column?.kind === 'attribute') && !names.some((name) => !isSpecial(name))) {
    rows.problem({
      line,
      rule: 'no column names an attribute',
      remedy: 'add a column, such as given_name or custom:plan',
    });
  }
  return columns;
};

const isSpecial = (name: string): boolean => USERNAMES.includes(name) || IGNORED.includes(name);

const columnOf = (name: string, index: number, line: number, rows: Rows, seen: Set<string>): Column => {
  if (IGNORED.includes(name)) return undefined;
  const isUsername = USERNAMES.includes(name);
  const cognitos = isUsername ? 'username' : cognitosName(name);
  if (cognitos === undefined) {
    rows.problem(
      name === ''
        ? { line, rule: `column ${index + 1} has no name`, remedy: 'name it, or remove it' }
        : { line, attribute: name, ...checkColumn(name) },
    );
    return undefined;
  }
  if (seen.has(cognitos)) {
    rows.problem({
      line,
      ...(isUsername ? {} : { attribute: cognitos }),
      rule: isUsername ? 'two columns name the user' : 'two columns hold it',
      remedy: 'keep one of the two',
    });
    return undefined;
  }
  seen.add(cognitos);
  if (isUsername) return { kind: 'username' };
  return rows.checkName(cognitos, line) ? { kind: 'attribute', name: cognitos } : undefined;
};

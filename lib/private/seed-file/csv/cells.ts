import type { BlankCells } from '../../contracts/seed-source';
import type { AttributeProblem } from '../rules/problem';
import type { Column } from './columns';
import type { Dialect } from './dialect';

/** Puts together what the parser has parted at a comma behind a backslash. */
export const withoutBackslashes = (cells: readonly string[]): string[] => {
  const whole: string[] = [];
  let begun: string | undefined;
  cells.forEach((cell, index) => {
    const text = begun === undefined ? cell : `${begun},${cell}`;
    const goesOn = cell.endsWith('\\') && index < cells.length - 1;
    begun = goesOn ? text.slice(0, -1) : undefined;
    if (!goesOn) whole.push(text);
  });
  return whole;
};

/** A row's cells under Cognito's names. */
export const valuesOf = (
  cells: readonly string[],
  columns: readonly Column[],
  { isImport }: Dialect,
  blankCells: BlankCells,
) => {
  const values: Record<string, string> = {};
  const problems: AttributeProblem[] = [];
  const account: { groups?: string[]; enabled?: boolean } = {};
  let username = '';
  columns.forEach((column, index) => {
    const cell = cells[index];
    if (!column) return;
    if (isImport && /^".*"$/s.test(cell)) {
      problems.push({ ...(column.kind === 'attribute' && { attribute: column.name }), ...QUOTED });
    } else if (column.kind === 'username') username = cell;
    else if (column.kind === 'groups') {
      if (/[,;]/.test(cell)) problems.push(OTHER_SEPARATOR);
      else if (cell.trim() !== '') account.groups = cell.split('|').map((name) => name.trim());
    } else if (column.kind === 'enabled') {
      const word = cell.trim().toLowerCase();
      if (word === 'true' || word === 'false') account.enabled = word === 'true';
      else if (word !== '') problems.push(NO_FLAG);
    } else if (cell !== '')
      values[column.name] = isImport ? asImported(column.name, cell) : asWritten(column.name, cell);
    else if (blankCells === 'DELETE') values[column.name] = '';
  });
  return { username, values: isImport ? withoutIdleFlags(values) : values, account, problems };
};

const NO_FLAG = { rule: 'enabled must be true or false', remedy: 'write one of the two, or leave the cell blank' };

const OTHER_SEPARATOR = {
  rule: 'groups are separated by |, and a cell holds a comma or semicolon',
  remedy: 'write admins|beta; a file of JSON Lines takes names with such signs',
};

const QUOTED = {
  rule: "the value stands in quotation marks, which Cognito's import does not know",
  remedy:
    "remove them, and put a backslash before a comma; or name the column of users username, for a file that is not Cognito's import file",
};

/** Spreadsheets write flags in capital letters. */
const asWritten = (name: string, cell: string): string =>
  name.endsWith('_verified') && /^(true|false)$/i.test(cell) ? cell.toLowerCase() : cell;

/** Cognito's import takes a birthday as month/day/year, as it does not when it updates a user. */
const asImported = (name: string, cell: string): string => {
  if (name !== 'birthdate') return asWritten(name, cell);
  const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(cell) ?? [];
  return year === undefined ? cell : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
};

/** The import wants a flag in every row: beside no address, FALSE says nothing. */
const withoutIdleFlags = (values: Record<string, string>): Record<string, string> => {
  for (const contact of ['email', 'phone_number']) {
    if (!values[contact] && values[`${contact}_verified`] === 'false') delete values[`${contact}_verified`];
  }
  return values;
};

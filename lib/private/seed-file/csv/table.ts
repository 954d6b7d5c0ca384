import type { BlankCells } from '../../contracts/seed-source';
import type { Rows } from '../rows';
import { Unreadable } from '../types';
import { valuesOf, withoutBackslashes } from './cells';
import { type Column, columnsOf } from './columns';
import type { Dialect } from './dialect';
import type { CsvRecord } from './records';

/** Makes users of records, the first of which is the header. */
export class CsvTable {
  private columns?: readonly Column[];
  /** The header's cells. */
  private width = 0;
  private headerLine = 0;
  private hasRows = false;

  public constructor(
    private readonly rows: Rows,
    private readonly blankCells: BlankCells,
  ) {}

  /** @throws Unreadable */
  public readonly take = ({ line, cells: parsed, isMisquoted }: CsvRecord, dialect: Dialect): void => {
    const cells = dialect.isImport ? withoutBackslashes(parsed) : parsed;
    if (isMisquoted) this.rows.problem({ line, ...MISQUOTED });
    if (!this.columns) {
      this.columns = columnsOf(cells, line, this.rows);
      this.width = cells.length;
      this.headerLine = line;
      return;
    }
    if (cells.every((cell) => cell === '')) return; // spreadsheets leave such rows behind
    this.hasRows = true;
    if (isMisquoted) return;
    if (cells.length !== this.width) {
      this.rows.problem({
        line,
        rule: `the row has ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}, and the header ${this.width}`,
        remedy: dialect.isImport
          ? 'write one cell for each column, and a backslash before a comma in a value'
          : `write one cell for each column, and put a value that holds ${NAMES[dialect.delimiter]} into quotation marks`,
      });
      return;
    }
    const { username, values, account, problems } = valuesOf(cells, this.columns, dialect, this.blankCells);
    this.rows.user({ line, username, values, ...account }, problems);
  };

  /** @throws Unreadable */
  public end(): void {
    if (!this.columns) {
      throw new Unreadable({
        line: 0,
        rule: 'the file is empty',
        remedy: 'write a header line, and a line for each user',
      });
    }
    if (!this.hasRows) {
      this.rows.problem({
        line: this.headerLine,
        rule: 'no user follows the header',
        remedy: 'add a line for each user, or remove the seeder',
      });
    }
  }
}

const MISQUOTED = {
  rule: 'text stands between a closing quotation mark and the end of the cell',
  remedy: 'double a quotation mark that belongs to a value in quotation marks, and close those that are open',
};

const NAMES: Readonly<Record<string, string>> = { ',': 'a comma', ';': 'a semicolon', '\t': 'a tab' };

import type { Options } from 'csv-parse';
import { LONGEST_ROW } from '../types';

/** How a CSV file is written, as its header line shows. */
export interface Dialect {
  readonly delimiter: string;
  /**
   * Whether it is a file for Cognito's own import, which knows no quotation marks, and a backslash before a comma.
   * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool-csv-header.html
   */
  readonly isImport: boolean;
}

/** The name that Cognito's import gives the column of the users. */
export const IMPORT_USERNAME = 'cognito:username';

const DELIMITERS = [',', ';', '\t'];

export const dialectOf = (header: string): Dialect => {
  const unquoted = header.replace(/"[^"]*"/g, '');
  const count = (delimiter: string) => unquoted.split(delimiter).length;
  const delimiter = DELIMITERS.reduce((best, candidate) => (count(candidate) > count(best) ? candidate : best));
  const names = header.split(',').map((name) => name.trim());
  return { delimiter, isImport: delimiter === ',' && names.includes(IMPORT_USERNAME) };
};

/** Lenient with quotation marks within a cell that has none around it, as spreadsheets are. */
export const parserSettings = ({ delimiter, isImport }: Dialect) =>
  ({
    delimiter,
    quote: isImport ? false : '"',
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
  }) satisfies Options;

/**
 * How a file declares users.
 */
export enum SeedFileFormat {
  /**
   * A table with a header line, as `SeedSource.csv` reads it.
   */
  CSV = 'csv',

  /**
   * A JSON object a line, as `SeedSource.jsonLines` reads it.
   */
  JSON_LINES = 'jsonl',
}

import { type Info, Parser } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { firstText, lineBreaks, lineEnd } from '../lines';
import { LONGEST_ROW, Unreadable } from '../types';
import { type Dialect, dialectOf, parserSettings } from './dialect';

/** The cells of a row, and the line where it begins. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: string[];
  /** Whether quotation marks stand where they make no sense. */
  readonly isMisquoted: boolean;
}

export type TakeRecord = (record: CsvRecord, dialect: Dialect) => void;

/** @throws Unreadable */
export const readRecordsSync = (bytes: Buffer, take: TakeRecord): void => {
  const dialect = dialectOf(headerLine(bytes, true)!);
  const position = new Position(dialect, take);
  position.add(bytes);
  try {
    parse(bytes, { ...parserSettings(dialect), on_record: position.onRecord });
  } catch (error) {
    throw position.failure(error);
  }
};

/** Reads what comes piece by piece, each when the former is done with. */
export class CsvRecords {
  private waiting = Buffer.alloc(0);
  private parser?: { readonly stream: Parser; readonly position: Position };

  public constructor(private readonly take: TakeRecord) {}

  /** @throws Unreadable */
  public async write(bytes: Buffer): Promise<void> {
    if (this.parser) return this.feed(bytes);
    this.waiting = Buffer.concat([this.waiting, bytes]);
    const header = headerLine(this.waiting, this.waiting.length > LONGEST_ROW);
    if (header !== undefined) await this.start(header);
  }

  /** @throws Unreadable */
  public async end(): Promise<void> {
    if (!this.parser) await this.start(headerLine(this.waiting, true)!);
    await this.step((stream, done) => stream.end(done));
  }

  private async start(header: string): Promise<void> {
    const dialect = dialectOf(header);
    const position = new Position(dialect, this.take);
    const stream = new Parser({ ...parserSettings(dialect), on_record: position.onRecord });
    stream.on('error', () => undefined); // told by the callbacks
    stream.resume(); // nothing comes out, but its end
    this.parser = { stream, position };
    const bytes = this.waiting;
    this.waiting = Buffer.alloc(0);
    await this.feed(bytes);
  }

  private feed(bytes: Buffer): Promise<void> {
    if (bytes.length === 0) return Promise.resolve();
    this.parser?.position.add(bytes);
    return this.step((stream, done) => stream.write(bytes, done));
  }

  private async step(act: (stream: Parser, done: (error?: Error | null) => void) => void): Promise<void> {
    const { stream, position } = this.parser!;
    try {
      await new Promise<void>((resolve, reject) => act(stream, (error) => (error ? reject(error) : resolve())));
    } catch (error) {
      throw position.failure(error);
    }
  }
}

/** @returns undefined where its end is still to come */
const headerLine = (bytes: Buffer, isAll: boolean): string | undefined => {
  const start = firstText(bytes);
  const end = lineEnd(bytes, start);
  if (end < 0 && !isAll) return undefined;
  return bytes.toString('utf8', start, end < 0 ? bytes.length : end);
};

/** Follows the parser through the bytes. It counts lines too, but where a row ends, and twice in a cell with CR LF. */
class Position {
  private bytes: Buffer = Buffer.alloc(0);
  /** Of the first of the bytes, in the whole. */
  private offset = 0;
  /** Where the next row begins, in the bytes. */
  private at = 0;
  private line = 1;

  public constructor(
    private readonly dialect: Dialect,
    private readonly take: TakeRecord,
  ) {}

  public add(bytes: Buffer): void {
    this.bytes = this.at === this.bytes.length ? bytes : Buffer.concat([this.bytes.subarray(this.at), bytes]);
    this.offset += this.at;
    this.at = 0;
  }

  public readonly onRecord = (cells: string[], info: Info): null => {
    const start = firstText(this.bytes, this.at);
    const end = info.bytes - this.offset;
    const line = this.line + lineBreaks(this.bytes, this.at, start);
    this.line = line + lineBreaks(this.bytes, start, end);
    this.at = end;
    this.take({ line, cells, isMisquoted: cells.some(isSuspect) && this.isMisquoted(start, end) }, this.dialect);
    return null;
  };

  /** What the parser threw: its words quote the file. */
  public failure(error: unknown): unknown {
    const line = this.line + lineBreaks(this.bytes, this.at, firstText(this.bytes, this.at));
    switch ((error as { code?: unknown }).code) {
      case 'CSV_MAX_RECORD_SIZE':
        return new Unreadable({
          line,
          rule: `the row that begins here is longer than ${LONGEST_ROW} bytes, and the rest of the file has not been read`,
          remedy: 'shorten it, or close the quotation mark that opens in it',
        });
      case 'CSV_QUOTE_NOT_CLOSED':
        return new Unreadable({
          line,
          rule: 'a quotation mark opens in the row that begins here and does not close before the end of the file',
          remedy: 'close it; double a quotation mark that belongs to a value in quotation marks',
        });
      default:
        return error;
    }
  }

  /** The lenient parser takes `"a"b` for the value `"a"b`, and so may take several lines for one. */
  private isMisquoted(start: number, end: number): boolean {
    try {
      parse(this.bytes.subarray(start, end), { ...parserSettings(this.dialect), relax_quotes: false });
      return false;
    } catch {
      return true;
    }
  }
}

const isSuspect = (cell: string): boolean => cell.startsWith('"');

import type { Readable } from 'node:stream';
import { CsvRecords, readRecordsSync } from './csv/records';
import { CsvTable } from './csv/table';
import { Lines } from './json-lines/lines';
import { JsonUsers } from './json-lines/users';
import { Rows } from './rows';
import { Utf8 } from './text';
import { type SeedFileOptions, type SeedFileSink, Unreadable } from './types';
import { unpack, unpackSync } from './unpack';

/** Reads a file that is in memory, compressed with gzip or not. */
export const readSeedFileSync = (bytes: Buffer, options: SeedFileOptions, sink: SeedFileSink): void => {
  try {
    const rows = new Rows(options, sink);
    const utf8 = new Utf8();
    const packed = unpackSync(bytes);
    const text = Buffer.concat([utf8.accept(packed), utf8.end()]);
    if (options.format === 'csv') {
      const table = new CsvTable(rows, options.blankCells);
      readRecordsSync(text, table.take);
      table.end();
    } else {
      const users = new JsonUsers(rows);
      const lines = new Lines(users.take);
      lines.write(text);
      lines.end();
      users.end();
    }
  } catch (error) {
    tell(error, sink);
  }
};

/**
 * Reads a file as it comes, compressed with gzip or not, no faster than the sink takes it. After a problem that leaves nothing to
 * be known of the rest, the rest is not read.
 *
 * @throws what the source fails with
 */
export const readSeedFile = async (source: Readable, options: SeedFileOptions, sink: SeedFileSink): Promise<void> => {
  try {
    const rows = new Rows(options, sink);
    const reader = options.format === 'csv' ? csvReader(rows, options) : jsonLinesReader(rows);
    const utf8 = new Utf8();
    for await (const chunk of unpack(source)) {
      await reader.write(utf8.accept(chunk));
      await rows.taken();
    }
    await reader.write(utf8.end());
    await reader.end();
    await rows.taken();
  } catch (error) {
    tell(error, sink);
  }
};

interface Reader {
  write(bytes: Buffer): Promise<void> | void;
  end(): Promise<void> | void;
}

const csvReader = (rows: Rows, { blankCells }: SeedFileOptions): Reader => {
  const table = new CsvTable(rows, blankCells);
  const records = new CsvRecords(table.take);
  return {
    write: (bytes) => records.write(bytes),
    end: async () => {
      await records.end();
      table.end();
    },
  };
};

const jsonLinesReader = (rows: Rows): Reader => {
  const users = new JsonUsers(rows);
  const lines = new Lines(users.take);
  return {
    write: (bytes) => lines.write(bytes),
    end: () => {
      lines.end();
      users.end();
    },
  };
};

const tell = (error: unknown, sink: SeedFileSink): void => {
  if (!(error instanceof Unreadable)) throw error;
  sink.problem(error.problem);
};

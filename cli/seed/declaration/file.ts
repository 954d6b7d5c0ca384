/** Declarations that stand in a file on this computer. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { DEFAULTS } from '../../../lib/private/contracts/seed';
import type { BlankCells, FileFormat, ForeignObject, Verification } from '../../../lib/private/contracts/seed-source';
import { CommandError } from '../../preview/errors';
import type { Declaration } from './declaration';
import { NOTHING_MADE } from './made';

export interface FileReading {
  readonly blankCells: BlankCells;
  readonly verification?: Verification;
}

/** With the defaults of `UserAttributesSeeder`. */
export const fileDeclaration = (file: string, reading: FileReading): Declaration => ({
  title: path.basename(file),
  seed: {
    userPoolId: '',
    source: { kind: 'object', object: localObject(file, reading) },
    ...DEFAULTS,
  },
  made: NOTHING_MADE,
  deferred: [],
  notes: [],
});

const localObject = (file: string, reading: FileReading): ForeignObject => {
  if (!existsSync(file)) throw new CommandError(`${file} does not exist: pass the path of a file of users`);
  return { bucket: path.resolve(file), key: path.basename(file), format: formatOf(file), ...reading };
};

const formatOf = (file: string): FileFormat => {
  const [, extension] = /\.(csv|jsonl|ndjson)(?:\.gz)?$/i.exec(file) ?? [];
  if (extension === undefined) {
    throw new CommandError(
      `the name of ${file} does not say how it declares users: end it with .csv, .jsonl or .ndjson, with or without .gz`,
    );
  }
  return extension.toLowerCase() === 'csv' ? 'csv' : 'jsonl';
};

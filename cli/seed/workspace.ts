/** A folder for what memory cannot hold. It has people's attributes in it, so nobody else may read it, and it goes in any case. */
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { compressed, linesOf } from '../../lambda/seeder/rows/lines';
import { rowsOf } from '../../lambda/seeder/rows/rows';
import { Sorter } from '../../lambda/seeder/rows/sort';
import type { Store } from '../../lambda/seeder/store/store';

export class Workspace {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'cdk-cognito-seed-'));
  private names = 0;

  public constructor() {
    process.once('exit', () => rmSync(this.folder, { recursive: true, force: true }));
  }

  /** A path that nothing has been written to yet. */
  public path(name: string): string {
    return path.join(this.folder, `${++this.names}-${name}`);
  }

  /** Each has a place of its own, so that a plan of several seeders does not mix them up. */
  public store(): Store {
    const place = this.path('rows');
    const file = (name: string) => `${place}-${name.replaceAll('/', '-')}.gz`;
    return {
      write: (name, batches) => pipeline(compressed(batches), createWriteStream(file(name), { mode: 0o600 })),
      read: (name) => rowsOf(linesOf(createReadStream(file(name), { highWaterMark: 256 * 1024 }))),
    };
  }

  public sorter(): Sorter {
    return new Sorter(this.store(), 'sorted');
  }
}

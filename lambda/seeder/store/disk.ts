import { createReadStream, createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { compressed, linesOf } from '../rows/lines';
import { rowsOf } from '../rows/rows';
import type { Store } from './store';

/** A store in a folder that the next one in this process takes over: a function's disk is kept while it is warm. */
export const diskStore = (): Store => {
  const folder = path.join(tmpdir(), `seed-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  const file = (name: string) => path.join(folder, `${name.replaceAll('/', '-')}.gz`);
  return {
    write: (name, batches) => pipeline(compressed(batches), createWriteStream(file(name), { mode: 0o600 })),
    read: (name) => rowsOf(linesOf(createReadStream(file(name), { highWaterMark: 256 * 1024 }))),
  };
};

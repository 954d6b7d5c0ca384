import { Readable } from 'node:stream';
import { createGunzip, gunzipSync } from 'node:zlib';
import { Unreadable } from './types';

/** Whether bytes are compressed is told by themselves: a name may say anything. */
const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

export const unpackSync = (bytes: Buffer): Buffer => {
  try {
    return isGzip(bytes) ? gunzipSync(bytes) : bytes;
  } catch {
    throw DAMAGED();
  }
};

export async function* unpack(source: Readable): AsyncGenerator<Buffer> {
  const chunks = bufferChunks(source);
  let first = Buffer.alloc(0);
  while (first.length < 2) {
    const { value, done } = await chunks.next();
    if (done) break;
    first = Buffer.concat([first, value]);
  }
  const all = prepended(first, chunks);
  if (!isGzip(first)) yield* all;
  else yield* unzipped(all);
}

async function* bufferChunks(source: Readable): AsyncGenerator<Buffer> {
  for await (const chunk of source) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
}

async function* prepended(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

async function* unzipped(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const packed = Readable.from(chunks);
  const gunzip = createGunzip();
  packed.once('error', (error) => gunzip.destroy(error));
  gunzip.once('close', () => packed.destroy());
  try {
    yield* packed.pipe(gunzip);
  } catch (error) {
    // The source has errors of its own, which are no mistake of the file.
    throw String((error as NodeJS.ErrnoException).code).startsWith('Z_') ? DAMAGED() : error;
  }
}

const DAMAGED = () =>
  new Unreadable({ line: 0, rule: 'it begins as gzip and cannot be unpacked', remedy: 'compress it again' });

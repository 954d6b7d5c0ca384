import { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip, createGzip } from 'node:zlib';

/** The lines of a text that gzip has compressed, in batches. */
export async function* linesOf(compressed: Readable): AsyncGenerator<string[]> {
  const text = createGunzip({ chunkSize: 256 * 1024 });
  compressed.once('error', (error) => text.destroy(error));
  compressed.pipe(text);
  const decoder = new StringDecoder('utf8');
  let rest = '';
  try {
    for await (const chunk of text) {
      const lines = (rest + decoder.write(chunk as Buffer)).split('\n');
      rest = lines.pop()!;
      yield lines;
    }
    if (rest !== '') yield [rest];
  } finally {
    compressed.destroy();
    text.destroy();
  }
}

/** The same the other way. Speed counts more than size: the text is read once or twice and goes. */
export const compressed = (batches: Iterable<readonly string[]> | AsyncIterable<readonly string[]>): Readable => {
  const gzip = createGzip({ level: 1, chunkSize: 256 * 1024 });
  const text = Readable.from(withLineBreaks(batches), { objectMode: false, highWaterMark: 256 * 1024 });
  text.once('error', (error) => gzip.destroy(error));
  return text.pipe(gzip);
};

async function* withLineBreaks(
  batches: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
): AsyncGenerator<string> {
  for await (const batch of batches) if (batch.length > 0) yield `${batch.join('\n')}\n`;
}

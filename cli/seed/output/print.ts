import { once } from 'node:events';

/** Writes as fast as somebody reads, and ends when nobody does: `| head` is no error. */
export async function print(chunks: AsyncIterable<string>): Promise<void> {
  process.stdout.once('error', ({ code }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') process.exitCode = 1;
    process.exit();
  });
  for await (const chunk of chunks) if (!process.stdout.write(chunk)) await once(process.stdout, 'drain');
}

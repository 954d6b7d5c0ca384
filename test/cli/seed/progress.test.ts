import type { Pool } from '../../../cli/seed/pool/pool';
import { Progress } from '../../../cli/seed/output/progress';

const POOL = { id: 'eu-west-1_abc', description: { users: 12_345 } } as Pool;

/** Reads a page each tenth of a second, for so many seconds. */
const read = (isTTY: boolean, seconds: number): string[] => {
  const written: string[] = [];
  let now = 0;
  const stream = { isTTY, write: (text: string) => written.push(text) > 0 };
  const progress = new Progress(stream as never, () => now);
  for (let page = 1; page <= seconds * 10; page++) {
    now = page * 100;
    progress.read(page * 60, POOL);
  }
  progress.end();
  return written;
};

test('a short read is none to speak of', () => {
  expect(read(true, 0.9)).toEqual([]);
});

test('a terminal has one line, which goes at the end', () => {
  const written = read(true, 3);
  expect(written.at(-2)).toBe('\r\u001b[2K1,800 of about 12,345 users of eu-west-1_abc read');
  expect(written.at(-1)).toBe('\r\u001b[2K');
});

test('nobody waits for a line elsewhere', () => {
  expect(read(false, 25)).toEqual([]);
});

import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** What is listed in the end, on disk until then. */
export class Spool<T> {
  public count = 0;
  private readonly stream;

  /** @param limit how many are kept; all are counted */
  public constructor(
    private readonly file: string,
    private readonly limit: number,
  ) {
    this.stream = createWriteStream(file, { mode: 0o600 });
  }

  public async add(item: T): Promise<void> {
    if (this.count++ >= this.limit) return;
    if (!this.stream.write(`${JSON.stringify(item)}\n`)) await once(this.stream, 'drain');
  }

  /** How many are not kept. */
  public get more(): number {
    return Math.max(0, this.count - this.limit);
  }

  public async end(): Promise<void> {
    this.stream.end();
    await once(this.stream, 'close');
  }

  public async *read(): AsyncGenerator<T> {
    for await (const line of createInterface({ input: createReadStream(this.file), crlfDelay: Infinity })) {
      yield JSON.parse(line) as T;
    }
  }
}

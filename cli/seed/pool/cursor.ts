import { usernameOf } from '../../../lib/private/contracts/seed-row';
import type { Rows } from '../../../lambda/seeder/rows/rows';

/** Finds names in sorted rows, as long as they are asked for in order. */
export class Cursor {
  private last: { readonly name: string; readonly lines: readonly string[] } | undefined;

  public constructor(private readonly rows: Rows) {}

  /** @returns the row of the name. The same name may be asked for again. */
  public async find(name: string): Promise<string | undefined> {
    for (;;) {
      const { current } = this.rows;
      const found = current === undefined ? undefined : usernameOf(current);
      if (found === undefined || found > name) return undefined;
      if (found === name) return current;
      await this.rows.advance();
    }
  }

  /** @returns all rows of the name. The same name may be asked for again. */
  public async all(name: string): Promise<readonly string[]> {
    if (this.last?.name === name) return this.last.lines;
    const lines: string[] = [];
    for (let line = await this.find(name); line !== undefined; line = await this.find(name)) {
      lines.push(line);
      await this.rows.advance();
    }
    this.last = { name, lines };
    return lines;
  }

  public close(): void {
    this.rows.close();
  }
}

export async function* each(rows: Rows): AsyncGenerator<string> {
  try {
    while (rows.current !== undefined) {
      yield rows.current;
      const wait = rows.advance();
      if (wait) await wait;
    }
  } finally {
    rows.close();
  }
}

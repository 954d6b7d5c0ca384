import { usernameOf } from '../../../lib/private/contracts/seed-row';
import type { Rows } from '../../../lambda/seeder/rows/rows';

/** Finds names in sorted rows, as long as they are asked for in order. */
export class Cursor {
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

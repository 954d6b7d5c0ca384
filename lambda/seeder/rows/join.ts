import { usernameOf } from '../../../lib/private/contracts/seed-row';
import { type Rows, rowsInMemory } from './rows';

/** What sorted rows say of one name. At least one of the first three is there. */
export interface Joined {
  readonly previous?: string;
  readonly desired?: string;
  /** The user as the pool has them. */
  readonly live?: string;
  /** What the user had before all of this. */
  readonly former?: string;
}

export interface ToJoin {
  readonly previous: Rows;
  readonly desired: Rows;
  readonly live?: Rows;
  readonly former?: Rows;
}

/** Of rows with equal usernames, the first counts: who adds rows tells of doubles. */
export async function join(
  { previous, desired, live = rowsInMemory([]), former = rowsInMemory([]) }: ToJoin,
  visit: (joined: Joined) => void | Promise<void>,
): Promise<void> {
  const sides = [previous, desired, live, former].map((rows) => new Side(rows));
  const [before, after, now, once] = sides;
  try {
    for (;;) {
      const name = least(before.name, least(after.name, now.name));
      if (name === undefined) return;
      while (once.name !== undefined && once.name < name) {
        const more = once.advance();
        if (more) await more;
      }
      const wait = visit({
        previous: before.lineOf(name),
        desired: after.lineOf(name),
        live: now.lineOf(name),
        former: once.lineOf(name),
      });
      if (wait) await wait;
      for (const side of sides) {
        while (side.name === name) {
          const more = side.advance();
          if (more) await more;
        }
      }
    }
  } finally {
    for (const side of sides) side.close();
  }
}

class Side {
  public name: string | undefined;

  public constructor(private readonly rows: Rows) {
    this.read();
  }

  public lineOf(name: string): string | undefined {
    return this.name === name ? this.rows.current : undefined;
  }

  public advance(): void | Promise<void> {
    const wait = this.rows.advance();
    if (wait) return wait.then(() => this.read());
    this.read();
  }

  public close(): void {
    this.rows.close();
  }

  private read(): void {
    const { current } = this.rows;
    const former = this.name;
    this.name = current === undefined ? undefined : usernameOf(current);
    if (this.name !== undefined && former !== undefined && this.name < former) {
      throw new Error('the rows of a prepared file are not in order');
    }
  }
}

const least = (one: string | undefined, other: string | undefined): string | undefined =>
  one === undefined || (other !== undefined && other < one) ? other : one;

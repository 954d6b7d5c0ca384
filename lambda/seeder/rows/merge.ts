import { usernameOf } from '../../../lib/private/contracts/seed-row';
import type { Rows } from './rows';

/** Several sorted rows as one. Equal usernames stand one after the other, in the order of the parts. */
export const merge = (parts: readonly Rows[]): Rows => {
  const heads = parts.map((rows) => ({ rows, key: keyOf(rows) }));
  const first = () => {
    let least: (typeof heads)[number] | undefined;
    for (const head of heads) {
      if (head.key !== undefined && (least === undefined || head.key < least.key!)) least = head;
    }
    return least;
  };
  let head = first();
  return {
    get current() {
      return head?.rows.current;
    },
    advance: () => {
      if (!head) return;
      const passed = head;
      const moved = () => {
        passed.key = keyOf(passed.rows);
        head = first();
      };
      const wait = passed.rows.advance();
      return wait ? wait.then(moved) : moved();
    },
    close: () => parts.forEach((rows) => rows.close()),
  };
};

const keyOf = ({ current }: Rows): string | undefined => (current === undefined ? undefined : usernameOf(current));

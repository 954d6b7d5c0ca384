import { gzipSync } from 'node:zlib';
import type { DeclaredUser } from '../../lib/private/contracts/seed';
import { encodeRow } from '../../lib/private/contracts/seed-row';

/** A file as synth prepares it, its rows numbered from 2 as below a header. */
export const preparedFile = (users: readonly DeclaredUser[]): Buffer => {
  const rows = users.map((user, index) => ({ line: index + 2, user }));
  rows.sort((one, other) => (one.user.username < other.user.username ? -1 : 1));
  return gzipSync(rows.map((row) => `${encodeRow(row)}\n`).join(''));
};

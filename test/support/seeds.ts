import { gzipSync } from 'node:zlib';
import { DEFAULTS, encode, type Seed } from '../../lib/private/contracts/seed';
import type { DeclaredUser } from '../../lib/private/contracts/seed-user';
import { encodeRow } from '../../lib/private/contracts/seed-row';
import type { LocalS3 } from './local-s3';

/** A file as synth prepares it, its rows numbered from 2 as below a header. */
export const preparedFile = (users: readonly DeclaredUser[]): Buffer => {
  const rows = users.map((user, index) => ({ line: index + 2, user }));
  rows.sort((one, other) => (one.user.username < other.user.username ? -1 : 1));
  return gzipSync(rows.map((row) => `${encodeRow(row)}\n`).join(''));
};

export const people = (
  count: number,
  attributes: (index: number) => Record<string, string>,
): Pick<DeclaredUser, 'username' | 'attributes'>[] =>
  Array.from({ length: count }, (_, index) => ({ username: `user${index}`, attributes: attributes(index) }));

/** A custom resource's properties, with the defaults of the props and a pace for tests. */
export const seedProperties = (userPoolId: string, source: Seed['source'], over: Partial<Seed> = {}) =>
  encode(
    {
      userPoolId,
      source,
      ...DEFAULTS,
      requestsPerSecond: 500,
      ...over,
    },
    () => false,
  );

/** The same for Step Functions. */
export const runProperties = (
  userPoolId: string,
  source: Seed['source'],
  over: Partial<Seed> = {},
  run: object = {},
): object => ({
  ...seedProperties(userPoolId, source, over),
  Run: { Bucket: 'runs', MaxConcurrency: '1', ToleratedFailures: '0', WaitForCompletion: 'true', ...run },
});

/** Uploads a file as a deployment of its asset would. */
export const uploaded = (s3: LocalS3, key: string, users: readonly DeclaredUser[]): Seed['source'] => {
  s3.put('assets', key, preparedFile(users));
  return { kind: 'file', file: { bucket: 'assets', key, name: 'users.csv', users: users.length } };
};

export const rule = (attributes: Record<string, string>, selector: object = { kind: 'all' }): Seed['source'] => ({
  kind: 'existing',
  existing: { selector: selector as { kind: 'all' }, attributes },
});

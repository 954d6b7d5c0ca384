/**
 * What planning a million users against a million takes: the step `plan` as it is shipped, in a process of its own, with the
 * objects of its run in a bucket of this one.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import Table from 'cli-table3';
import { DEFAULTS, encode } from '../lib/private/contracts/seed';
import type { Source } from '../lib/private/contracts/seed-source';
import { encodeRow } from '../lib/private/contracts/seed-row';
import { type LocalS3, startLocalS3 } from '../test/support/local-s3';
import { ROOT, rounded, save } from './support';

type Differences = 'none' | 'one' | 'all';

interface Measured {
  readonly seconds: number;
  readonly peakMb: number;
  readonly planned: number;
}

const SIZES = [100_000, 1_000_000];
const DIFFERENCES: Differences[] = ['none', 'one', 'all'];

const attributes = (index: number, value: string) => ({
  'custom:plan': value,
  email: `user${index}@example.com`,
  email_verified: 'true',
  given_name: `Name ${index}`,
});
const username = (index: number) => `user${String(index).padStart(7, '0')}`;

/** A file as synth prepares it. */
const prepared = (users: number, valueOf: (index: number) => string): Buffer => {
  const lines = Array.from({ length: users }, (_, index) =>
    encodeRow({ line: index + 2, user: { username: username(index), attributes: attributes(index, valueOf(index)) } }),
  );
  return gzipSync(`${lines.join('\n')}\n`, { level: 1 });
};

/** A file as people upload it, in no order. */
const csv = (users: number, valueOf: (index: number) => string): Buffer => {
  const step = 7919; // a prime, so that every user comes once
  const rows = Array.from({ length: users }, (_, position) => {
    const index = (position * step) % users;
    const { email, given_name } = attributes(index, '');
    return `${username(index)},${email},true,${given_name},"${valueOf(index)}"`;
  });
  return Buffer.from(`username,email,email_verified,given_name,custom:plan\n${rows.join('\n')}\n`);
};

const seed = (source: Source) =>
  encode(
    {
      userPoolId: 'eu-west-1_Bench',
      source,
      ...DEFAULTS,
      requestsPerSecond: 500,
    },
    () => false,
  );

const measure = async (s3: LocalS3, previous: Source, desired: Source): Promise<Measured> => {
  const prefix = 'runs/bench/run';
  s3.put(
    'runs',
    `${prefix}/request.json`,
    JSON.stringify({
      seeder: 'Bench',
      requestType: 'Update',
      previous: seed(previous),
      desired: seed(desired),
      prune: true,
      unsettled: false,
      maxConcurrency: 1,
      toleratedFailures: 0,
    }),
  );
  const bundle = path.join(ROOT, 'assets/seed-run/index.js');
  const script = `
    const { plan } = require(${JSON.stringify(bundle)});
    console.log = () => undefined;
    // Not what the system says at the end: there, a process begins with what its parent had.
    let peak = 0;
    setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 5);
    const start = process.hrtime.bigint();
    plan({ run: { bucket: 'runs', prefix: '${prefix}' } }, { getRemainingTimeInMillis: () => 900000 }).then(() => {
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      process.stdout.write(JSON.stringify({ seconds, peakMb: peak / 2 ** 20 }));
      process.exit();
    });`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], {
    env: {
      PATH: process.env.PATH,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_LAMBDA_FUNCTION_NAME: 'bench',
      AWS_ENDPOINT_URL_S3: s3.endpoint,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    maxBuffer: 2 ** 26,
  });
  const { planned } = JSON.parse(s3.get('runs', `${prefix}/plan.json`)!.toString());
  return { ...JSON.parse(stdout.trim().split('\n').pop()!), planned };
};

const main = async (): Promise<void> => {
  const s3 = await startLocalS3();
  const rows = [];
  for (const users of SIZES) {
    for (const differences of DIFFERENCES) {
      const changed = (index: number) =>
        differences === 'all' || (differences === 'one' && index === users / 2) ? 'pro' : 'trial';
      s3.put(
        'assets',
        'old',
        prepared(users, () => 'trial'),
      );
      s3.put('assets', 'new', prepared(users, changed));
      const file = (key: string): Source => ({
        kind: 'file',
        file: { bucket: 'assets', key, name: 'users.csv', users },
      });
      rows.push({ source: 'prepared at synth', users, differences, ...(await measure(s3, file('old'), file('new'))) });

      const object = (key: string, body: Buffer): Source => {
        s3.put('theirs', key, body);
        const checksum = createHash('sha256').update(body).digest('hex');
        return {
          kind: 'object',
          object: { bucket: 'theirs', key, checksum, format: 'csv', blankCells: 'LEAVE_ALONE' },
        };
      };
      const [old, desired] = [
        object(
          'old.csv',
          csv(users, () => 'trial'),
        ),
        object('new.csv', csv(users, changed)),
      ];
      rows.push({ source: 'CSV in a bucket', users, differences, ...(await measure(s3, old, desired)) });
    }
  }
  await s3.stop();

  const results = rows.map(({ seconds, peakMb, ...row }) => ({
    ...row,
    seconds: rounded(seconds, 2),
    usersPerSecond: Math.round(row.users / seconds),
    peakMb: Math.round(peakMb),
  }));
  const table = new Table({
    head: ['source', 'users, twice', 'differ', 'planned', 'seconds', 'users a second', 'peak, MB'],
    style: { head: [], border: [] },
  });
  for (const { source, users, differences, planned, seconds, usersPerSecond, peakMb } of results)
    table.push([source, users, differences, planned, seconds, usersPerSecond, peakMb]);
  console.log(table.toString());
  save('plan', { runs: 1, rows: results });
};

void main();

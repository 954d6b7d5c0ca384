/** A run of this seeder as Step Functions carries it out: the functions that ship, on a local S3. */
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { DEFAULTS, encode } from '../lib/private/contracts/seed';
import { encodeRow, PREPARED_EXTENSION } from '../lib/private/contracts/seed-row';
import type { ApplyAnswer, ApplyEvent, PlanAnswer, RunInput } from '../lib/private/contracts/seed-run';
import { REQUEST, type RunRequest, type SeederState, STATE } from '../lambda/seeder/run/run-request';
import { forEachItem } from '../lambda/seeder/pace';
import { LambdaRunner } from '../test/support/lambda-runner';
import { startLocalS3 } from '../test/support/local-s3';
import { invoke, type Task } from './seed-function';
import { declaredOf, USER_POOL_ID, usernameOf } from './stand-in/users';
import { ROOT } from './support';

const BUCKET = 'bench';
const PREFIX = 'runs/bench/1';
const FILE = `users${PREPARED_EXTENSION}`;

export const seedRun = async ({ users, requestsPerSecond }: Task, endpoint: string): Promise<void> => {
  const s3 = await startLocalS3();
  const runner = (handler: string) =>
    new LambdaRunner({
      bundle: path.join(ROOT, 'assets/seed-run/index.js'),
      handler,
      env: { AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoint, AWS_ENDPOINT_URL_S3: s3.endpoint },
      timeoutSeconds: 900,
      memoryMb: 512,
    });
  const plan = runner('plan');
  const apply = runner('apply');
  const input: RunInput = { run: { bucket: BUCKET, prefix: PREFIX } };
  try {
    s3.put(BUCKET, FILE, declaration(users));
    s3.put(BUCKET, `${PREFIX}/${REQUEST}`, JSON.stringify(requestOf(users, requestsPerSecond)));
    s3.put(BUCKET, `seeders/bench/${STATE}`, JSON.stringify({ run: PREFIX } satisfies SeederState));
    const { refused, chunks, concurrency } = await invoke<PlanAnswer>(plan, input);
    if (refused) throw new Error('the plan was refused');
    await forEachItem(chunks, concurrency, async (chunk) => {
      const event: ApplyEvent = { ...input, chunk, concurrency };
      while (!(await invoke<ApplyAnswer>(apply, event)).done);
    });
  } finally {
    await Promise.all([plan.stop(), apply.stop(), s3.stop()]);
  }
};

/** As synth prepares it. */
const declaration = (users: number): Buffer => {
  const rows = Array.from({ length: users }, (_, user) => ({
    username: usernameOf(user),
    attributes: declaredOf(user),
  }));
  rows.sort((one, other) => (one.username < other.username ? -1 : 1));
  return gzipSync(rows.map((user, index) => `${encodeRow({ line: index + 1, user })}\n`).join(''));
};

const requestOf = (users: number, requestsPerSecond: number): RunRequest => ({
  seeder: 'Bench',
  requestType: 'Create',
  desired: encode(
    {
      userPoolId: USER_POOL_ID,
      source: { kind: 'file', file: { bucket: BUCKET, key: FILE, name: 'users.csv', users } },
      ...DEFAULTS,
      requestsPerSecond,
    },
    () => false,
  ),
  prune: true,
  unsettled: false,
  maxConcurrency: 1,
  toleratedFailures: 0,
});

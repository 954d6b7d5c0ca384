/**
 * A thousand people out of a CSV file, on Step Functions: what the command says beforehand, the deployment, and the next file with
 * one difference. Functions and state machine are those that a deployment would use.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import pc from 'picocolors';
import { SeedEngine, SeedSource } from '../lib';
import { CustomResource } from '../test/support/custom-resource';
import type { LocalCognito } from '../test/support/local-cognito';
import { startLocalSeedRuns } from '../test/support/seed-runs';
import { deployedProperties } from '../test/support/seeder-assembly';
import { headline, sentence } from './show';

const PEOPLE = 1_000;
const REQUESTS_PER_SECOND = 250;

export const playPeople = async (cognito: LocalCognito): Promise<string[]> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'people-'));
  const files = { former: path.join(folder, 'people-before.csv'), next: path.join(folder, 'people.csv') };
  const runs = await startLocalSeedRuns(cognito.endpoint);
  try {
    const pool = await cognito.createPool({ customAttributes: { plan: {} } });
    await cognito.seedUsers(
      pool,
      Array.from({ length: PEOPLE }, (_, index) => ({ username: nameOf(index), attributes: { locale: 'de' } })),
    );
    const life = new CustomResource(runs.provider);
    const declared = (planOf: (index: number) => string) => {
      if (existsSync(files.next)) renameSync(files.next, files.former);
      writeFileSync(files.next, csv(planOf));
      const engine = SeedEngine.stepFunctions();
      const source = SeedSource.csv(files.next);
      return deployedProperties(pool, { source, engine, requestsPerSecond: REQUESTS_PER_SECOND }, runs.s3);
    };
    const deploy = async (title: string, planOf: (index: number) => string, changed: number) => {
      headline(title);
      const properties = declared(planOf);
      const options = ['--file', files.next, ...(existsSync(files.former) ? ['--previous', files.former] : [])];
      const named = options.map((option) => path.basename(option)).join(' ');
      sentence(pc.dim(`$ npx cdk-cognito-seed plan --user-pool-id ${pool} ${named} --limit 3`));
      console.log(await planned(cognito, pool, options));
      cognito.clearCalls();
      const started = performance.now();
      const { failed, data } = await (life.physicalId ? life.update(properties) : life.create(properties));
      const seconds = (performance.now() - started) / 1000;
      assert.equal(failed, undefined);
      assert.equal(data.ChangedUsers, String(changed));
      assert.equal(cognito.calls.length, changed);
      sentence(
        `Deployed: changed ${data.ChangedUsers}, unchanged ${data.UnchangedUsers}, failed ${data.FailedUsers}, with ` +
          `${cognito.calls.length === 1 ? 'one call' : `${cognito.calls.length} calls`} in ${seconds.toFixed(1)} s, start and report of the run ` +
          `included, at ${REQUESTS_PER_SECOND} a second.`,
      );
      for (const { username, attributes } of await cognito.users(pool)) {
        assert.deepEqual({ ...attributes }, { locale: 'de', 'custom:plan': planOf(Number(username.slice(6))) });
      }
    };
    await deploy('5  A file of a thousand people, on Step Functions', () => 'trial', PEOPLE);
    await deploy(
      '6  The next file: person7 has bought, and one row differs',
      (index) => (index === 7 ? 'bought' : 'trial'),
      1,
    );
    return runs.logs();
  } finally {
    await runs.stop();
    rmSync(folder, { recursive: true });
  }
};

const nameOf = (index: number) => `person${index}`;

const csv = (planOf: (index: number) => string): string =>
  ['username,custom:plan', ...Array.from({ length: PEOPLE }, (_, index) => `${nameOf(index)},${planOf(index)}`)].join(
    '\n',
  );

/** What the command prints, which asks the Cognito of this process. */
const planned = async (cognito: LocalCognito, pool: string, declared: string[]): Promise<string> => {
  const command = path.join(__dirname, '../bin/cdk-cognito-seed.js');
  const options = [...declared, '--user-pool-id', pool, '--endpoint-url', cognito.directEndpoint, '--limit', '3'];
  const child = spawn(process.execPath, [command, 'plan', ...options, '--region', 'us-east-1'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      ...(pc.isColorSupported ? { FORCE_COLOR: '1' } : {}),
    },
  });
  const [output, [status]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  assert.equal(status, 2);
  return output.trimEnd();
};

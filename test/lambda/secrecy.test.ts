/** Passwords stand in Secrets Manager and in Cognito: nowhere else, whatever happens. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { App, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { FormerValues, MissingUsers, SeedEngine, SeedSource, UserAttributesSeeder, UserPassword } from '../../lib';
import type { Seed } from '../../lib/private/contracts/seed';
import type { DeclaredUser, PasswordSource } from '../../lib/private/contracts/seed-user';
import { CustomResource } from '../support/custom-resource';
import type { LocalS3 } from '../support/local-s3';
import { type LocalSeeder, startLocalSeeder } from '../support/seeder';
import { type LocalSeedRuns, startLocalSeedRuns } from '../support/seed-runs';
import { runProperties, seedProperties } from '../support/seeds';

const PASSWORDS = { permanent: 'Permanent-Horse-1', temporary: 'Temporary-Horse-2', short: 'Sh0rt-4' };

let local: LocalSeeder;
let runs: LocalSeedRuns;

beforeAll(async () => {
  local = await startLocalSeeder();
  runs = await startLocalSeedRuns(local.cognito.endpoint, {
    env: {
      AWS_ENDPOINT_URL_SECRETS_MANAGER: local.secrets.endpoint,
      AWS_ENDPOINT_URL_CLOUDFORMATION: local.cloudFormation.endpoint,
    },
  });
});
afterAll(async () => {
  await runs?.stop();
  await local?.stop();
});

const filesIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    return statSync(file).isDirectory() ? filesIn(file) : [readFileSync(file, 'utf8')];
  });

test.each([
  ['in one function', SeedEngine.lambda()],
  ['on Step Functions', SeedEngine.stepFunctions()],
])('a cloud assembly names secrets by their ARNs, and resolves none (%s)', (_, engine) => {
  const outdir = mkdtempSync(path.join(tmpdir(), 'secrecy-'));
  try {
    const app = new App({ outdir });
    const stack = new Stack(app, 'Stack');
    const known = Secret.fromSecretNameV2(stack, 'Known', 'known');
    new UserAttributesSeeder(stack, 'Seeder', {
      userPool: UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_Pool'),
      source: SeedSource.inline([
        { username: 'alice', password: UserPassword.fromSecret(known, 'password') },
        { username: 'bob', password: UserPassword.generated() },
        { username: 'carol', password: UserPassword.temporaryFromSecret(known) },
      ]),
      missingUsers: MissingUsers.create({ password: UserPassword.random() }),
      formerValues: FormerValues.RESTORE,
      engine,
    });
    app.synth();
    const texts = filesIn(outdir);
    expect(texts.filter((text) => /\{\{resolve:|"SecretString"\s*:/.test(text))).toHaveLength(0);
    const template = texts.find(
      (text) => text.includes('Custom::CognitoUserAttributes') && text.includes('Resources'),
    )!;
    expect(template).toContain('"Secret"');
  } finally {
    rmSync(outdir, { recursive: true });
  }
});

const fromSecret = (secret: string, field: string, temporary = false): PasswordSource => ({
  kind: 'secret',
  secret,
  field,
  temporary,
});

/** A life in which everything succeeds or fails that has to do with passwords. */
const live = async (life: CustomResource, properties: (users: DeclaredUser[], over?: Partial<Seed>) => object) => {
  const secret = local.secrets.put(`secret-${Math.random()}`, JSON.stringify({ ...PASSWORDS, number: 5 }));
  const alice = { username: 'alice', attributes: {}, password: fromSecret(secret, 'permanent') };
  const bob = { username: 'bob', attributes: {}, password: fromSecret(secret, 'temporary', true) };
  const withPassword = (field: string) => [{ ...alice, password: fromSecret(secret, field) }, bob];
  const answers = [
    await life.create(properties([alice, bob])),
    await life.update(properties([{ ...alice, groups: ['admins'] }, bob])),
    await life.update(properties(withPassword('short'))),
    await life.update(properties(withPassword('number'))),
    await life.update(properties(withPassword('absent'))),
  ];
  local.secrets.denyAccess(true);
  answers.push(await life.update(properties([{ ...alice, attributes: { locale: 'de' } }, bob])));
  local.secrets.denyAccess(false);
  local.cognito.setFaults(({ operation }) =>
    operation === 'AdminSetUserPassword' ? { kind: 'internalError' } : undefined,
  );
  answers.push(await life.update(properties([{ ...alice, attributes: { locale: 'fr' } }, bob])));
  local.cognito.setFaults();
  answers.push(await life.remove());
  return answers;
};

const objectsOf = (s3: LocalS3, bucket: string): string[] =>
  s3.keys(bucket).map((key) => {
    const body = s3.get(bucket, key)!;
    return (key.endsWith('.gz') ? gunzipSync(body) : body).toString();
  });

const expectSecrecy = (told: readonly string[]) => {
  expect(told.join('')).toContain('alice');
  for (const password of Object.values(PASSWORDS)) {
    expect(told.filter((text) => text.includes(password)).map((text) => text.slice(0, 80))).toEqual([]);
  }
};

const newPool = async () => {
  const pool = await local.cognito.createPool({ passwordPolicy: { MinimumLength: 10 } });
  await local.cognito.createGroup(pool, 'admins');
  return pool;
};
const CREATING = {
  onMissingUser: 'CREATE',
  creation: { invitation: [], forceAliasCreation: false },
  formerValues: 'RESTORE',
  bucket: 'memory',
} as const;
const FAILURES = [
  /InvalidPassword/,
  /SecretWithoutPassword/,
  /SecretWithoutPassword/,
  /SecretUnreadable/,
  /InternalError/,
];

test('one function: no log line, answer, report or memory holds a password', async () => {
  const pool = await newPool();
  const answers = await live(local.resource(), (users, over) =>
    seedProperties(pool, { kind: 'inline', users }, { ...CREATING, ...over }),
  );
  expect(answers.map(({ failed }) => failed)).toEqual([
    undefined,
    undefined,
    ...FAILURES.map((pattern) => expect.stringMatching(pattern)),
    undefined,
  ]);
  expectSecrecy([...local.runner.logs, JSON.stringify(answers), ...objectsOf(local.s3, 'memory')]);
}, 60_000);

test('Step Functions: no log line, answer, report, object, state or history holds a password', async () => {
  const pool = await newPool();
  const answers = await live(new CustomResource(runs.provider), (users, over) =>
    runProperties(pool, { kind: 'inline', users }, { ...CREATING, bucket: undefined, ...over }),
  );
  expect(answers.map(({ failed }) => failed)).toEqual([
    undefined,
    undefined,
    ...FAILURES.map((pattern) => expect.stringMatching(pattern)),
    undefined,
  ]);
  expectSecrecy([
    ...runs.logs(),
    JSON.stringify(answers),
    ...objectsOf(runs.s3, 'runs'),
    JSON.stringify([...runs.stepFunctions.executions.values()].map(({ input, result }) => [input, result])),
  ]);
}, 120_000);

import path from 'node:path';
import { type Answer, CustomResource } from '../support/custom-resource';
import { LambdaRunner } from '../support/lambda-runner';
import { type LocalCognito, startLocalCognito } from '../support/local-cognito';
import { DENIED, type LocalSts, startLocalSts } from '../support/local-sts';
import { POOL, PoolTriggerBench } from '../support/pool-trigger';
import { type LocalSeedRuns, startLocalSeedRuns } from '../support/seed-runs';
import { people, rule, runProperties, seedProperties } from '../support/seeds';

/** A role that is denied for good is asked for for three quarters of a minute: all of these wait for it at the same time. */

const ROLE = 'arn:aws:iam::222222222222:role/pool';
/** Given to whoever asks first, and to nobody afterwards. */
const ONCE = 'arn:aws:iam::222222222222:role/once';

let sts: LocalSts;
let cognito: LocalCognito;
let runs: LocalSeedRuns;
let bench: PoolTriggerBench;
let seeder: LambdaRunner;

interface Case {
  readonly pool: string;
  readonly answer: Promise<Answer>;
}
const cases: Record<string, Case> = {};

beforeAll(async () => {
  [sts, cognito] = await Promise.all([startLocalSts(), startLocalCognito()]);
  const env = { AWS_ENDPOINT_URL_STS: sts.endpoint };
  runs = await startLocalSeedRuns(cognito.endpoint, { env });
  bench = await PoolTriggerBench.start(300, env);
  seeder = new LambdaRunner({
    bundle: path.join(__dirname, '../../assets/user-attributes-seeder/index.js'),
    env: { ...env, AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito.endpoint },
    timeoutSeconds: 300,
    memoryMb: 512,
  });
  sts.setFailures(({ roleArn }) =>
    roleArn === ROLE || sts.calls.filter((call) => call.roleArn === ONCE).length > 1 ? DENIED : undefined,
  );

  const after = { nickname: 'after' };
  const inline = { kind: 'inline' as const, users: people(3, () => after) };
  const begin = async (name: string, create: (pool: string) => Promise<Answer>) => {
    const pool = await cognito.createPool();
    await cognito.seedUsers(
      pool,
      people(3, () => ({ nickname: 'before' })),
    );
    cases[name] = { pool, answer: create(pool) };
  };
  await begin('inline users', (pool) =>
    new CustomResource(seeder).create(seedProperties(pool, inline, { poolRoleArn: ROLE })),
  );
  await begin('a rule', (pool) =>
    new CustomResource(seeder).create(seedProperties(pool, rule(after), { poolRoleArn: ROLE })),
  );
  await begin('a run that lists', (pool) =>
    new CustomResource(runs.provider, 'Lists').create(runProperties(pool, rule(after), { poolRoleArn: ROLE })),
  );
  await begin('a run that writes', (pool) =>
    new CustomResource(runs.provider, 'Writes').create(runProperties(pool, rule(after), { poolRoleArn: ONCE })),
  );
  bench.server.pools.set(POOL, { Id: POOL, Name: 'people', LambdaConfig: {} });
  cases['a trigger'] = { pool: POOL, answer: bench.trigger().create({ poolRoleArn: ROLE }) };
  await Promise.all(Object.values(cases).map(({ answer }) => answer));
}, 120_000);

afterAll(() =>
  Promise.all([runs.stop(), bench.stop(), seeder.stop()]).then(() => Promise.all([sts.stop(), cognito.stop()])),
);

const REMEDY =
  "cannot be taken on: look at its trust policy, at boundaries of the functions' roles, and at the SCPs of both accounts";

test.each([
  ['inline users', /^Users could not be read\. Nothing was changed\. user\d: PoolRoleDenied, the role/],
  ['a rule', /^The pool cannot be read: PoolRoleDenied, the role .* Nothing was changed\./],
  [
    'a run that lists',
    /^The run has failed before it was planned: see the log of its functions\. PoolRoleDenied, the role/,
  ],
  ['a run that writes', /Nobody can be changed: PoolRoleDenied, the role/],
  ['a trigger', /^The user pool \S+ is out of reach: the role/],
])('%s: the failure tells the role and what to look at, and not what STS says', async (name, message) => {
  const { failed } = await cases[name].answer;
  expect(failed).toMatch(message);
  expect(failed).toContain(`the role ${name === 'a run that writes' ? ONCE : ROLE} ${REMEDY}`);
  expect(failed).not.toContain('Not for');
});

test('nothing is changed, and nobody but a list was asked for', async () => {
  for (const { pool } of Object.values(cases)) {
    if (pool === POOL) continue;
    const nicknames = (await cognito.users(pool)).map(({ attributes }) => attributes.nickname);
    expect(nicknames).toEqual(['before', 'before', 'before']);
  }
  const listed = cases['a run that writes'].pool;
  expect(cognito.calls.filter(({ userPoolId }) => userPoolId !== listed)).toEqual([]);
  expect(bench.server.calls).toEqual([]);
});

test('every engine stops once it is certain: no step of a run is repeated', () => {
  const { list, apply } = runs.functions;
  expect([list.coldStarts, apply.coldStarts].every((starts) => starts <= 2)).toBe(true);
  expect(runs.logs().concat(seeder.logs).join('\n')).not.toContain('Not for');
});

import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CustomResource } from '../support/custom-resource';
import { LambdaRunner } from '../support/lambda-runner';
import { type LocalCognito, startLocalCognito } from '../support/local-cognito';
import { DENIED, type LocalSts, startLocalSts } from '../support/local-sts';
import { arn } from '../support/pool-settings';
import { OURS, POOL, PoolTriggerBench } from '../support/pool-trigger';
import { type LocalSeedRuns, startLocalSeedRuns } from '../support/seed-runs';
import { people, rule, runProperties, seedProperties } from '../support/seeds';

const ROLE = 'arn:aws:iam::222222222222:role/pool';
const OTHER_ROLE = 'arn:aws:iam::222222222222:role/other';
/** As which Lambda lets the functions call. */
const OWN = 'local';

let sts: LocalSts;
let cognito: LocalCognito;
let pool: string;

beforeAll(async () => {
  [sts, cognito] = await Promise.all([startLocalSts(), startLocalCognito()]);
});
afterAll(async () => {
  await Promise.all([sts.stop(), cognito.stop()]);
});
beforeEach(async () => {
  pool = await cognito.createPool();
  await cognito.seedUsers(
    pool,
    people(3, () => ({ nickname: 'before' })),
  );
  cognito.clearCalls();
  sts.reset();
});
afterEach(() => cognito.setFaults());

const signers = () => [...new Set(cognito.calls.map(({ signer }) => signer))];
const keys = () => sts.calls.flatMap(({ accessKeyId }) => accessKeyId ?? []);
const nicknames = async () => (await cognito.users(pool)).map(({ attributes }) => attributes.nickname);
const inline = (nickname: string, over: object = {}) =>
  seedProperties(pool, { kind: 'inline', users: people(3, () => ({ nickname })) }, { poolRoleArn: ROLE, ...over });

describe('a seeder', () => {
  const runners: LambdaRunner[] = [];
  /** Cold, so that no credentials are left of another test. */
  const seeder = (timeoutSeconds = 60) => {
    const runner = new LambdaRunner({
      bundle: path.join(__dirname, '../../assets/user-attributes-seeder/index.js'),
      env: { AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito.endpoint, AWS_ENDPOINT_URL_STS: sts.endpoint },
      timeoutSeconds,
      memoryMb: 512,
      functionName: 'Tenants-CognitoUserAttributesProviderFunction-1a2b',
    });
    runners.push(runner);
    return { life: new CustomResource(runner), runner };
  };
  afterEach(() => Promise.all(runners.splice(0).map((runner) => runner.stop())));

  test('asks Cognito as the role that is declared, and takes it on once', async () => {
    const { life } = seeder();
    expect(await life.create(inline('after'))).toMatchObject({ failed: undefined, data: { ChangedUsers: '3' } });
    expect(await life.update(inline('again'))).toMatchObject({ failed: undefined, data: { ChangedUsers: '3' } });
    expect(sts.calls).toEqual([
      {
        operation: 'AssumeRole',
        roleArn: ROLE,
        sessionName: 'Tenants-CognitoUserAttributesProviderFunction-1a2b',
        signer: OWN,
        accessKeyId: expect.stringMatching(/^ASIA/),
      },
    ]);
    expect(cognito.calls.length).toBeGreaterThan(10);
    expect(signers()).toEqual(keys());
  });

  test('without a role asks as itself, and STS nothing', async () => {
    const { life } = seeder();
    expect((await life.create(inline('after', { poolRoleArn: undefined }))).failed).toBeUndefined();
    expect(sts.calls).toEqual([]);
    expect(signers()).toEqual([OWN]);
  });

  test('serves seeders of different roles, each as its own', async () => {
    const { life, runner } = seeder();
    await life.create(inline('after'));
    cognito.clearCalls();
    const other = new CustomResource(runner, 'Other');
    expect((await other.create(inline('other', { poolRoleArn: OTHER_ROLE }))).failed).toBeUndefined();
    expect(sts.calls.map(({ roleArn }) => roleArn)).toEqual([ROLE, OTHER_ROLE]);
    expect(signers()).toEqual([keys()[1]]);
  });

  test('reads a pool by the role, for a rule of whoever is there', async () => {
    const { life } = seeder();
    const answer = await life.create(seedProperties(pool, rule({ nickname: 'after' }), { poolRoleArn: ROLE }));
    expect(answer).toMatchObject({ failed: undefined, data: { ChangedUsers: '3' } });
    expect(cognito.calls.map(({ operation }) => operation)).toContain('ListUsers');
    expect(signers()).toEqual(keys());
  });

  test('another role is an update that changes nobody; what left is taken away as the new one', async () => {
    const { life } = seeder();
    await life.create(inline('after'));
    expect(await life.update(inline('after', { poolRoleArn: OTHER_ROLE }))).toMatchObject({
      failed: undefined,
      data: { ChangedUsers: '0', UnchangedUsers: '3' },
    });
    cognito.clearCalls();
    const source = { kind: 'inline' as const, users: people(1, () => ({ nickname: 'after' })) };
    const fewer = seedProperties(pool, source, { poolRoleArn: ROLE });
    expect(await life.update(fewer)).toMatchObject({ failed: undefined, data: { ChangedUsers: '2' } });
    expect(await nicknames()).toEqual(['after', undefined, undefined]);
    expect(sts.calls.map(({ roleArn }) => roleArn)).toEqual([ROLE]);
    expect(signers()).toEqual(keys());
  });

  test('a removal is carried out as the role of what is removed', async () => {
    const { life } = seeder();
    await life.create(inline('after', { onRemoval: 'DESTROY' }));
    cognito.clearCalls();
    expect((await life.remove()).failed).toBeUndefined();
    expect(await nicknames()).toEqual([undefined, undefined, undefined]);
    expect(signers()).toEqual(keys());
  });

  test('is patient with a trust policy that has not arrived everywhere', async () => {
    const { life } = seeder();
    sts.setFailures(() => (sts.calls.length <= 3 ? DENIED : undefined));
    expect((await life.create(inline('after'))).failed).toBeUndefined();
    expect(sts.calls.map(({ errorType }) => errorType)).toEqual([
      'AccessDenied',
      'AccessDenied',
      'AccessDenied',
      undefined,
    ]);
    expect(await nicknames()).toEqual(['after', 'after', 'after']);
  });

  test('tells when STS cannot be reached, and has sent nothing', async () => {
    const { life } = seeder(30);
    sts.setFailures(() => ({ code: 'InternalFailure', status: 500 }));
    const { failed } = await life.create(inline('after'));
    expect(failed).toContain(`PoolRoleUnreachable, the role ${ROLE} cannot be taken on: STS could not be reached`);
    expect(cognito.calls).toEqual([]);
  });

  test('takes the role on again before its credentials expire', async () => {
    const { life } = seeder();
    sts.setLifetime(302_000); // the SDK asks again five minutes before the end
    await life.create(inline('after'));
    sts.setLifetime(3_600_000);
    cognito.clearCalls();
    await sleep(2_500);
    expect((await life.update(inline('again'))).failed).toBeUndefined();
    expect(keys()).toHaveLength(2);
    expect(signers()).toEqual([keys()[1]]);
  });
});

describe('a run on Step Functions', () => {
  let runs: LocalSeedRuns;
  beforeEach(async () => {
    runs = await startLocalSeedRuns(cognito.endpoint, { env: { AWS_ENDPOINT_URL_STS: sts.endpoint } });
  });
  afterEach(() => runs.stop());

  const seed = (over: object = {}) => runProperties(pool, rule({ nickname: 'after' }), { poolRoleArn: ROLE, ...over });

  test('lists, plans, applies and reports as the role, in each of its functions', async () => {
    const life = new CustomResource(runs.provider);
    const wanted = { wanted: { User0: 'user0' } };
    expect(await life.create(seed(wanted))).toMatchObject({
      failed: undefined,
      data: { ChangedUsers: '3', 'User0.Username': 'user0' },
    });
    expect(await nicknames()).toEqual(['after', 'after', 'after']);
    const operations = new Set(cognito.calls.map(({ operation }) => operation));
    expect([...operations]).toEqual(expect.arrayContaining(['ListUsers', 'AdminUpdateUserAttributes', 'AdminGetUser']));
    expect(signers().filter((signer) => !keys().includes(signer!))).toEqual([]);
    expect(new Set(sts.calls.map(({ roleArn, signer }) => `${roleArn} ${signer}`))).toEqual(
      new Set([`${ROLE} ${OWN}`]),
    );
    // List, apply and report: three functions, a role's credentials each.
    expect(sts.calls).toHaveLength(3);
  });
});

describe('a trigger of an imported pool', () => {
  let bench: PoolTriggerBench;
  // Cold, so that no credentials are left of another test.
  beforeEach(async () => {
    bench = await PoolTriggerBench.start(300, { AWS_ENDPOINT_URL_STS: sts.endpoint });
    bench.server.pools.set(POOL, { Id: POOL, Name: 'people', LambdaConfig: { PreSignUp: arn('sign-up') } });
  });
  afterEach(() => bench.stop());

  test('is looked for, attached, looked after and taken away as the role', async () => {
    const before = bench.server.settings(POOL);
    const trigger = bench.trigger();
    expect(await trigger.create({ poolRoleArn: ROLE })).toMatchObject({ failed: undefined });
    expect(bench.server.settings(POOL).LambdaConfig.CustomMessage).toBe(OURS);
    bench.server.wipe(POOL, { PreSignUp: arn('sign-up') });
    expect((await trigger.check({ poolRoleArn: ROLE })).functionError).toBeUndefined();
    expect(bench.server.settings(POOL).LambdaConfig.CustomMessage).toBe(OURS);
    expect(await trigger.remove()).toMatchObject({ failed: undefined });
    expect(bench.server.settings(POOL)).toEqual(before);
    expect(bench.server.calls.length).toBeGreaterThan(8);
    expect([...new Set(bench.server.signers)]).toEqual(keys());
    expect(keys()).toHaveLength(1);
  });

  test('without a role, the function asks as itself', async () => {
    expect(await bench.trigger().create()).toMatchObject({ failed: undefined });
    expect([...new Set(bench.server.signers)]).toEqual([OWN]);
    expect(sts.calls).toEqual([]);
  });

  test('is patient with a young trust policy, and with an STS that stumbles', async () => {
    const failures = [DENIED, { code: 'InternalFailure', status: 500 }, { code: 'Throttling', status: 400 }];
    sts.setFailures(() => failures[sts.calls.length - 1]);
    expect(await bench.trigger().create({ poolRoleArn: ROLE })).toMatchObject({ failed: undefined });
    expect(keys()).toHaveLength(1);
  });
});

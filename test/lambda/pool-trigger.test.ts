import fc from 'fast-check';
import { READ_ONLY } from '../../lambda/pool-trigger/settings';
import { STACK_ID } from '../support/custom-resource';
import { anyPool, arn, DESCRIBED, pathsIn, pathsOf, SMS_ROLE, UPDATABLE, without } from '../support/pool-settings';
import { OURS, POOL, PoolTriggerBench } from '../support/pool-trigger';

let bench: PoolTriggerBench;

beforeAll(async () => {
  bench = await PoolTriggerBench.start();
});
afterEach(() => {
  bench.server.reset();
  bench.cloudFormation.setStatus(STACK_ID, undefined);
  bench.runner.logs.length = 0;
});
afterAll(() => bench.stop());

const OTHER = arn('other');

/** A pool of some settings. */
const put = (settings: object = {}, id = POOL) =>
  bench.server.pools.set(id, {
    Id: id,
    Name: 'people',
    Status: 'Enabled',
    LastModifiedDate: 1,
    MfaConfiguration: 'OPTIONAL',
    Policies: { PasswordPolicy: { MinimumLength: 12, TemporaryPasswordValidityDays: 3 } },
    UserPoolTags: { team: 'identity' },
    FutureSetting: { of: ['later'] },
    LambdaConfig: { PreSignUp: arn('sign-up') },
    ...settings,
  });
const withTrigger = (CustomMessage: string) => ({ LambdaConfig: { PreSignUp: arn('sign-up'), CustomMessage } });
const live = (id = POOL) => bench.server.settings(id).LambdaConfig.CustomMessage;
const logged = () => bench.runner.logs.join('\n');
const updates = () => bench.server.calls.filter((call) => call === 'UpdateUserPool').length;

describe('the SDK’s model', () => {
  test('tells what is read only', () => {
    const updatable = Object.keys(UPDATABLE).map((name) => (name === 'PoolName' ? 'Name' : name));
    const readOnly = Object.keys(DESCRIBED).filter((name) => !updatable.includes(name) || name === 'Name');
    expect([...READ_ONLY].sort()).toEqual(readOnly.sort());
  });

  test('lets DescribeUserPool tell everything that UpdateUserPool resets', () => {
    const settable = pathsOf({ kind: 'record', members: UPDATABLE }).map((path) => path.replace('.PoolName', '.Name'));
    const told = pathsOf({ kind: 'record', members: DESCRIBED });
    expect(settable.filter((path) => path !== '.UserPoolId' && !told.includes(path))).toEqual([]);
  });
});

const POOLS = 300;

test(`${POOLS} pools are as before when the trigger has come, changed and gone`, async () => {
  const covered = new Set<string>();
  const others = (settings: any) => ({ ...settings, LambdaConfig: without(settings.LambdaConfig, 'CustomMessage') });
  await fc.assert(
    fc.asyncProperty(anyPool(POOL), async (pool) => {
      bench.server.pools.set(POOL, pool);
      const before = bench.server.settings(POOL);
      pathsIn({ kind: 'record', members: DESCRIBED }, pool).forEach((path) => covered.add(path));
      const trigger = bench.trigger();
      expect(await trigger.create({ displaceExisting: true, smsRoleArn: SMS_ROLE })).toMatchObject({
        failed: undefined,
      });
      expect(live()).toBe(OURS);
      expect(others(bench.server.settings(POOL))).toEqual(others(before));
      expect(
        await trigger.update({ displaceExisting: true, smsRoleArn: SMS_ROLE, functionArn: arn('next') }),
      ).toMatchObject({ failed: undefined });
      expect(live()).toBe(arn('next'));
      expect(await trigger.remove()).toMatchObject({ failed: undefined });
      expect(bench.server.settings(POOL)).toEqual(before);
    }),
    { numRuns: POOLS, seed: 10002, endOnFailure: true },
  );
  const all = pathsOf({ kind: 'record', members: DESCRIBED });
  expect(all.filter((path) => !covered.has(path))).toEqual([]);
}, 240_000);

describe('a deployment', () => {
  test('attaches the trigger, and a removal takes it away', async () => {
    put();
    const before = bench.server.settings(POOL);
    const trigger = bench.trigger();
    expect((await trigger.create()).physicalId).toBe(`${POOL}/Attachment`);
    expect(live()).toBe(OURS);
    expect(bench.server.calls).toEqual(['DescribeUserPool', 'DescribeUserPool', 'UpdateUserPool', 'DescribeUserPool']);
    await trigger.remove();
    expect(bench.server.settings(POOL)).toEqual(before);
  });

  test('of anything else looks whether the trigger is there, and writes nothing', async () => {
    put();
    const trigger = bench.trigger();
    await trigger.create();
    const { length } = bench.server.calls;
    expect(await trigger.update({ digest: 'two' })).toMatchObject({ failed: undefined });
    expect(bench.server.calls.slice(length)).toEqual(['DescribeUserPool']);
    expect(logged()).not.toMatch(/attached again|ReattachedTriggers/);
  });

  test('attaches another function of the trigger', async () => {
    put();
    const trigger = bench.trigger();
    await trigger.create();
    expect(await trigger.update({ functionArn: arn('next') })).toMatchObject({ failed: undefined });
    expect(live()).toBe(arn('next'));
    expect(logged()).not.toMatch(/attached again/);
  });

  test('that fails elsewhere gives the former function back', async () => {
    put();
    const trigger = bench.trigger();
    await trigger.create();
    const former = trigger.attachmentWire({});
    await trigger.update({ functionArn: arn('next') });
    await trigger.attachment.undoUpdate(former);
    expect(live()).toBe(OURS);
  });

  test('may ask twice', async () => {
    put(withTrigger(OTHER));
    const trigger = bench.trigger();
    const declared = { displaceExisting: true };
    await trigger.create(declared);
    const wire = trigger.attachmentWire(declared);
    for (const request of ['Create', 'Update'] as const) {
      await trigger.attachment.send(request, wire, request === 'Update' ? wire : undefined);
      expect(live()).toBe(OURS);
    }
    expect(updates()).toBe(1);
    await trigger.remove();
    expect(live()).toBe(OTHER);
    await trigger.remove();
    expect(live()).toBe(OTHER);
  });

  test('of another pool leaves the first one as it was, and attaches to the second', async () => {
    const second = 'eu-west-1_second';
    put(withTrigger(OTHER));
    put(withTrigger(arn('third')), second);
    const before = bench.server.settings(POOL);
    const trigger = bench.trigger();
    await trigger.create({ displaceExisting: true });
    await trigger.update({ displaceExisting: true, userPoolId: second });
    expect(bench.server.settings(POOL)).toEqual(before);
    expect(live(second)).toBe(OURS);
    await trigger.remove();
    expect(live(second)).toBe(arn('third'));
  });

  test('of another pool that fails comes back to the first one, whose former function is not forgotten', async () => {
    const second = 'eu-west-1_second';
    put(withTrigger(OTHER));
    put({}, second);
    const { look } = bench.trigger();
    const properties = (userPoolId: string) => ({
      Step: 'LOOK',
      UserPoolId: userPoolId,
      FunctionArn: OURS,
      DisplaceExisting: 'true',
    });
    const first = await look.create(properties(POOL));
    bench.server.wipe(POOL, { CustomMessage: OURS }); // attached
    await look.update(properties(second));
    const back = await look.undoUpdate(properties(POOL));
    expect(back.physicalId).toBe(first.physicalId);
    expect(back.physicalId).toBe(`${POOL}/${OTHER}`);
  });

  test('fails where there is no such pool, and a removal does not', async () => {
    const { failed } = await bench.trigger().create();
    expect(failed).toBe(
      'The user pool eu-west-1_imported does not exist in this Region: correct the id of the imported pool.',
    );
    put();
    const trigger = bench.trigger();
    await trigger.create();
    bench.server.pools.clear();
    expect(await trigger.remove()).toMatchObject({ failed: undefined });
  });

  test('of properties that nobody can read fails, and their removal does not', async () => {
    const { attachment } = bench.trigger();
    expect((await attachment.create({ Step: 'ATTACH' })).failed).toMatch(/UserPoolId must be a text/);
    expect(await attachment.send('Delete', { Step: 'ATTACH' }, undefined, 'any')).toMatchObject({ failed: undefined });
  });
});

describe('another function', () => {
  test('is not displaced unless that is declared', async () => {
    put(withTrigger(OTHER));
    const { failed } = await bench.trigger().create();
    expect(failed).toContain(`another CustomMessage trigger, ${OTHER}, and a pool takes one only`);
    expect(failed).toContain('importedPool: { displaceExisting: true }');
    expect(updates()).toBe(0);
  });

  test('is displaced where that is declared, and comes back', async () => {
    put(withTrigger(OTHER));
    const trigger = bench.trigger();
    expect(await trigger.create({ displaceExisting: true })).toMatchObject({ failed: undefined });
    expect(live()).toBe(OURS);
    expect(trigger.look.physicalId).toBe(`${POOL}/${OTHER}`);
    await trigger.remove();
    expect(live()).toBe(OTHER);
  });

  test('that has come since stays when the trigger goes', async () => {
    put();
    const trigger = bench.trigger();
    await trigger.create();
    bench.server.wipe(POOL, { CustomMessage: OTHER });
    expect(await trigger.remove()).toMatchObject({ failed: undefined });
    expect(live()).toBe(OTHER);
  });

  test('that has come since makes an update fail, and stays on the way back', async () => {
    put();
    const trigger = bench.trigger();
    await trigger.create();
    bench.server.wipe(POOL, { CustomMessage: OTHER });
    bench.cloudFormation.setStatus(STACK_ID, 'UPDATE_IN_PROGRESS');
    const { failed, rollback } = await trigger.update({ functionArn: arn('next') }, () =>
      bench.cloudFormation.setStatus(STACK_ID, 'UPDATE_ROLLBACK_IN_PROGRESS'),
    );
    expect(failed).toContain(OTHER);
    expect(rollback).toMatchObject({ failed: undefined, physicalId: trigger.attachment.physicalId });
    expect(live()).toBe(OTHER);
  });
});

describe('a trigger that somebody has wiped', () => {
  test('is attached again by the next deployment, which says so and counts it', async () => {
    put();
    const trigger = bench.trigger();
    await trigger.create();
    bench.server.wipe(POOL);
    expect(await trigger.update({ digest: 'two' })).toMatchObject({ failed: undefined });
    expect(live()).toBe(OURS);
    expect(logged()).toContain('has been attached again');
    expect(logged()).toContain('"ReattachedTriggers":1');
    expect(logged()).toContain(`"UserPoolId":"${POOL}"`);
  });

  test('is attached again by the schedule, which says so and counts it', async () => {
    put();
    const trigger = bench.trigger();
    await trigger.create();
    expect((await trigger.check()).functionError).toBeUndefined();
    expect(logged()).not.toContain('ReattachedTriggers');
    bench.server.wipe(POOL);
    expect((await trigger.check()).functionError).toBeUndefined();
    expect(live()).toBe(OURS);
    expect(logged()).toContain('"ReattachedTriggers":1');
  });

  test('displaces the same function again, where that is declared', async () => {
    put(withTrigger(OTHER));
    const trigger = bench.trigger();
    await trigger.create({ displaceExisting: true });
    bench.server.wipe(POOL, { CustomMessage: OTHER });
    expect((await trigger.check()).functionError?.errorMessage).toContain(OTHER);
    expect(live()).toBe(OTHER);
    expect((await trigger.check({ displaceExisting: true })).functionError).toBeUndefined();
    expect(live()).toBe(OURS);
  });

  test('leaves a function that nobody has declared to displace to the next deployment', async () => {
    put();
    const trigger = bench.trigger();
    await trigger.create({ displaceExisting: true });
    bench.server.wipe(POOL, { CustomMessage: OTHER });
    expect((await trigger.check({ displaceExisting: true })).functionError?.errorMessage).toContain(OTHER);
    expect(live()).toBe(OTHER);
    expect(await trigger.update({ displaceExisting: true, digest: 'two' })).toMatchObject({ failed: undefined });
    expect(live()).toBe(OURS);
  });
});

describe('a pool that sends SMS', () => {
  const sms = { SmsConfiguration: { SnsCallerArn: SMS_ROLE, ExternalId: 'x' } };

  test('asks for the role, by name', async () => {
    put(sms);
    const { failed } = await bench.trigger().create();
    expect(failed).toContain(`smsRole: Role.fromRoleArn(this, 'SmsRole', '${SMS_ROLE}')`);
    expect(updates()).toBe(0);
  });

  test('takes its settings from who may pass it', async () => {
    put(sms);
    expect(await bench.trigger().create({ smsRoleArn: SMS_ROLE })).toMatchObject({ failed: undefined });
    expect(live()).toBe(OURS);
    expect(bench.server.settings(POOL).SmsConfiguration).toEqual(sms.SmsConfiguration);
  });
});

describe('where Cognito fails for a while', () => {
  test.each([
    ['throttles', { error: 'TooManyRequestsException' }],
    ['is changed by others', { error: 'ConcurrentModificationException' }],
    ['has an internal error', { error: 'InternalErrorException', status: 500 }],
    ['does not answer', {}],
    ['loses its answer', { when: 'after' }],
    ['loses its answer to an error', { error: 'InternalErrorException', status: 500, when: 'after' }],
  ] as const)('and %s, the trigger is attached all the same', async (_, fault) => {
    put(withTrigger(OTHER));
    const before = bench.server.settings(POOL);
    bench.server.fault = (operation, nth) =>
      (operation === 'UpdateUserPool' ? nth <= 2 : nth === 1 || nth === 3) ? fault : undefined;
    const trigger = bench.trigger();
    expect(await trigger.create({ displaceExisting: true })).toMatchObject({ failed: undefined });
    expect(live()).toBe(OURS);
    await trigger.remove();
    expect(bench.server.settings(POOL)).toEqual(before);
  });

  test('what somebody else has changed in the meantime stays changed', async () => {
    put();
    bench.server.fault = (operation, nth) => {
      if (operation !== 'UpdateUserPool' || nth > 1) return undefined;
      bench.server.pools.get(POOL).MfaConfiguration = 'ON';
      return { error: 'ConcurrentModificationException' };
    };
    await bench.trigger().create();
    expect(bench.server.settings(POOL)).toMatchObject({
      MfaConfiguration: 'ON',
      LambdaConfig: { CustomMessage: OURS },
    });
  });

  test('what it refuses is told in its words, and nothing is changed', async () => {
    put();
    const before = bench.server.settings(POOL);
    bench.server.fault = (operation) =>
      operation === 'UpdateUserPool' ? { error: 'InvalidParameterException', message: 'No such tier' } : undefined;
    const { failed } = await bench.trigger().create();
    expect(failed).toBe(`The user pool ${POOL} could not be changed: InvalidParameterException, No such tier`);
    expect(bench.server.settings(POOL)).toEqual(before);
  });
});

describe('an update that changes anything but the trigger', () => {
  test('is undone, and told by name', async () => {
    put();
    const before = bench.server.settings(POOL);
    let broken = true;
    bench.server.afterUpdate = (pool) => {
      if (broken) pool.Policies = { PasswordPolicy: { MinimumLength: 6, TemporaryPasswordValidityDays: 3 } };
      broken = false;
    };
    const { failed } = await bench.trigger().create();
    expect(failed).toContain('changed (Policies.PasswordPolicy.MinimumLength)');
    expect(failed).toContain('The former settings have been put back.');
    expect(bench.server.settings(POOL)).toEqual(before);
  });

  test('says what could not be put back', async () => {
    put();
    bench.server.afterUpdate = (pool) => delete pool.UserPoolTags;
    const { failed } = await bench.trigger().create();
    expect(failed).toContain('these are still others: UserPoolTags');
  });

  test('may write down a default, which is told to the log', async () => {
    put();
    bench.server.afterUpdate = (pool) => (pool.UserPoolTier = 'ESSENTIALS');
    expect(await bench.trigger().create()).toMatchObject({ failed: undefined });
    expect(logged()).toMatch(/Cognito added settings.*UserPoolTier|UserPoolTier/s);
  });
});

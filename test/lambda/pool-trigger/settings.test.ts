import fc from 'fast-check';
import {
  differences,
  READ_ONLY,
  settingsOf,
  smsRoleOf,
  triggerOf,
  withTrigger,
} from '../../../lambda/pool-trigger/settings';
import { anyPool, arn, SMS_ROLE } from '../../support/pool-settings';

const POOL = 'eu-west-1_imported';

describe('a pool’s settings', () => {
  test('are what it tells, less what cannot be set, under the name that an update asks for', () => {
    const pool = { Id: POOL, Name: 'people', Arn: 'arn', Domain: 'd', MfaConfiguration: 'ON', Later: { a: [1, null] } };
    expect(settingsOf(pool)).toEqual({ PoolName: 'people', MfaConfiguration: 'ON', Later: { a: [1, null] } });
  });

  test('have the days of temporary passwords in one place', () => {
    const days = (AdminCreateUserConfig: object, PasswordPolicy?: object) =>
      settingsOf({ AdminCreateUserConfig, ...(PasswordPolicy && { Policies: { PasswordPolicy } }) });
    const creation = { AllowAdminCreateUserOnly: true, UnusedAccountValidityDays: 7 };
    expect(days(creation, { TemporaryPasswordValidityDays: 0 })).toEqual({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 0 } },
    });
    // Of a pool that has them in the former place alone, they stay there.
    expect(days(creation).AdminCreateUserConfig).toEqual(creation);
    expect(days(creation, { MinimumLength: 8 }).AdminCreateUserConfig).toEqual(creation);
  });

  test('name one function for tokens', () => {
    const triggers = (PreTokenGeneration: string, LambdaArn: string) =>
      settingsOf({ LambdaConfig: { PreTokenGeneration, PreTokenGenerationConfig: { LambdaArn } } }).LambdaConfig;
    expect(triggers('a', 'a')).toEqual({ PreTokenGeneration: 'a', PreTokenGenerationConfig: { LambdaArn: 'a' } });
    expect(triggers('a', 'b')).toEqual({ PreTokenGenerationConfig: { LambdaArn: 'b' } });
  });

  test('may lack anything, or hold it blank', () => {
    expect(settingsOf({})).toEqual({});
    expect([triggerOf({}), smsRoleOf({})]).toEqual([undefined, undefined]);
    expect(triggerOf({ LambdaConfig: { CustomMessage: '' } })).toBeUndefined();
    expect(smsRoleOf({ SmsConfiguration: { SnsCallerArn: SMS_ROLE } })).toBe(SMS_ROLE);
    expect(withTrigger({}, 'arn')).toEqual({ LambdaConfig: { CustomMessage: 'arn' } });
    expect(withTrigger({ LambdaConfig: { CustomMessage: 'arn' } }, undefined)).toEqual({ LambdaConfig: {} });
  });
});

describe('of any pool', () => {
  const pools = anyPool(POOL);

  test('an update holds nothing that is read only, and everything else', () => {
    fc.assert(
      fc.property(pools, (pool) => {
        const { PoolName, LambdaConfig, AdminCreateUserConfig, ...settings } = settingsOf(pool);
        expect(PoolName).toBe(pool.Name);
        const apart = [...READ_ONLY, 'LambdaConfig', 'AdminCreateUserConfig'];
        const settable = Object.entries(pool).filter(([name]) => !apart.includes(name));
        expect(settings).toEqual(Object.fromEntries(settable));
        expect([LambdaConfig !== undefined, AdminCreateUserConfig !== undefined]).toEqual([
          true,
          pool.AdminCreateUserConfig !== undefined,
        ]);
      }),
    );
  });

  test('a trigger that comes and goes leaves nothing behind', () => {
    fc.assert(
      fc.property(pools, fc.option(fc.constant(arn('x')), { nil: undefined }), (pool, former) => {
        const settings = withTrigger(settingsOf(pool), former);
        const attached = withTrigger(settings, arn('ours'));
        expect(triggerOf(attached)).toBe(arn('ours'));
        expect(differences(settings, attached)).toEqual({ changed: [], added: [] });
        expect(withTrigger(attached, former)).toEqual(settings);
      }),
    );
  });

  test('there is nothing left to take out of an update', () => {
    fc.assert(fc.property(pools, (pool) => expect(settingsOf(settingsOf(pool))).toEqual(settingsOf(pool))));
  });

  test('whatever is lost or changed is noticed', () => {
    fc.assert(
      fc.property(pools, fc.nat(), (pool, index) => {
        const settings = settingsOf({ ...pool, FutureSetting: 1 });
        const names = Object.keys(settings).filter((name) => name !== 'LambdaConfig');
        const name = names[index % names.length];
        const { changed } = differences(settings, { ...settings, [name]: { another: 'value' } });
        expect(changed.length + Number(isEmpty(settings[name]))).toBeGreaterThan(0);
        expect(changed.every((path) => path === name || path.startsWith(`${name}.`))).toBe(true);
      }),
    );
  });
});

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (typeof value === 'object' && Object.values(value as object).every(isEmpty));

describe('differences', () => {
  test('are told by path, apart from what is added', () => {
    const before = { A: { b: 1, c: [1, { d: 2 }] }, E: 'e', LambdaConfig: { CustomMessage: 'x', PreSignUp: 'y' } };
    const after = { A: { b: 2, c: [1, { d: 3 }], f: 1 }, G: 1, LambdaConfig: { CustomMessage: 'z' } };
    expect(differences(before, after)).toEqual({
      changed: ['A.b', 'A.c', 'E', 'LambdaConfig.PreSignUp'],
      added: ['A.f', 'G'],
    });
  });

  test('do not count the order of members, nor what is empty', () => {
    expect(differences({ A: { b: 1, c: 2 }, D: [{ e: 1, f: 2 }] }, { D: [{ f: 2, e: 1 }], A: { c: 2, b: 1 } })).toEqual(
      {
        changed: [],
        added: [],
      },
    );
    expect(differences({ A: {}, B: [], C: null, D: '' }, { A: { x: [] } })).toEqual({ changed: [], added: [] });
  });

  test('do not take inherited names for settings', () => {
    const settings = JSON.parse('{"__proto__":{"a":1},"constructor":{"b":1}}');
    expect(differences(settings, {}).changed).toEqual(['__proto__', 'constructor']);
    expect(JSON.stringify(settingsOf(settings))).toBe(JSON.stringify(settings));
  });
});

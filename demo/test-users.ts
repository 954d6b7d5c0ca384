/**
 * Users to sign in as: created with a generated password, taken along when the stack goes. Somebody who was there before is as they
 * were. The properties come out of the example's cloud assembly, the function is the one that a deployment would use.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import pc from 'picocolors';
import { TestUsersStack } from '../examples/test-users/test-users-stack';
import { users } from '../examples/test-users/users';
import type { SeedUser } from '../lib';
import { type Assembly, synthesize } from '../test/support/assembly';
import { CustomResource } from '../test/support/custom-resource';
import { startLocalSeeder } from '../test/support/seeder';
import { headline, sentence, showAccounts, showCalls } from './show';

/** Dora has an account already. */
const DORA = { nickname: 'Her own' };
const dora: SeedUser = { username: 'dora', attributes: { nickname: 'Declared' }, groups: ['admins'] };

export const playTestUsers = async (): Promise<string[]> => {
  const local = await startLocalSeeder();
  const { cognito } = local;
  const assemblies = [
    [...users, dora],
    [...users, { ...dora, attributes: { nickname: 'Declared anew' } }],
  ].map((some) => synthesize((app) => new TestUsersStack(app, 'TestUsers', { users: some })));
  const [first, next] = assemblies;
  try {
    const pool = await cognito.createPool(first.pool);
    const client = await cognito.createAppClient(pool);
    await cognito.createGroup(pool, 'admins');
    await cognito.createUser(pool, 'dora', DORA);
    const references = generated(first, local.secrets.put);
    const properties = (assembly: Assembly) => assembly.propertiesOf('Custom::CognitoUserAttributes', pool, references);
    const life = new CustomResource(local.runner);
    const show = async () => showAccounts(await cognito.users(pool), await cognito.groups(pool));
    cognito.clearCalls();

    headline('7  Users who are missing are created, with passwords out of Secrets Manager or random ones');
    const created = await life.create(properties(first));
    assert.equal(created.failed, undefined);
    showCalls(cognito.calls);
    sentence('(UserNotFoundException is how missing users are found.)');
    await show();
    const alice = await cognito.authenticate(client, 'alice', PASSWORD);
    assert('accessToken' in alice);
    sentence(`Alice signs in with the password out of her secret: ${pc.green('she has her tokens')}.`);
    await assert.rejects(cognito.authenticate(client, 'carol', PASSWORD), /User is disabled/);
    sentence(`Carol may not: ${pc.red('User is disabled.')}`);
    assert.equal(Object.values(created.data).includes((await cognito.user(pool, 'alice'))!.sub), true);
    sentence(`seeder.user('alice').sub is ${(await cognito.user(pool, 'alice'))!.sub}.`);

    headline('8  Another resource of the stack fails, and CloudFormation goes back: so do the users');
    const before = await cognito.users(pool);
    const nickname = async () => (await cognito.user(pool, 'dora'))!.attributes.nickname;
    assert.equal((await life.update(properties(next))).failed, undefined);
    sentence(`The update has given Dora the nickname ${pc.yellow(await nickname())}.`);
    local.setRollingBack(true);
    assert.equal((await life.undoUpdate(properties(first))).failed, undefined);
    local.setRollingBack(false);
    assert.deepEqual(await cognito.users(pool), before);
    sentence(`After the way back, it is ${pc.green(await nickname())} again.`);

    headline('9  The stack goes: whom it created goes with it, and whom it found is as before');
    cognito.clearCalls();
    assert.equal((await life.remove()).failed, undefined);
    await show();
    assert.deepEqual(
      (await cognito.users(pool)).map(({ username, attributes }) => [username, { ...attributes }]),
      [['dora', DORA]],
    );
    const logs = [...local.runner.logs];
    assert(!logs.some((line) => line.includes(PASSWORD)), 'a password is in a log');
    return logs;
  } finally {
    await local.stop();
    for (const assembly of assemblies) assembly.remove();
  }
};

const PASSWORD = `Aa1!${randomUUID()}`;

/** Secrets Manager makes the secrets, and S3 the bucket. */
const generated = (assembly: Assembly, put: (name: string, value: string) => string): Record<string, string> => ({
  ...Object.fromEntries(
    [...assembly.resourcesOf('AWS::SecretsManager::Secret')].map(([id, { GenerateSecretString }]) => [
      id,
      put(id, JSON.stringify({ ...JSON.parse(GenerateSecretString.SecretStringTemplate), password: PASSWORD })),
    ]),
  ),
  ...Object.fromEntries([...assembly.resourcesOf('AWS::S3::Bucket').keys()].map((id) => [id, 'memory'])),
});

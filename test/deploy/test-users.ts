import { strict as assert } from 'node:assert';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { LocalCognito } from '../support/local-cognito';
import { step } from '../support/steps';
import { failed, succeeded, type Surroundings, type SurroundingsOptions } from './surroundings';

const STACK = 'TestUsers';
const DORA = { nickname: 'Her own', website: 'https://dora.example.com' };
const OWNER = /^seeder-TestUsers-/;

let pool: string;
let appClient: string;

/** Gives the pool its group, and a user who has an account already. */
const adopt = async (cognito: LocalCognito, id: string): Promise<void> => {
  pool = await cognito.createPool({
    id,
    customAttributes: { plan: { mutable: false, max: 20 } },
    // MiniStack's secrets do not hold every kind of character, whatever RequireEachIncludedType says.
    passwordPolicy: { MinimumLength: 8 },
  });
  appClient = await cognito.createAppClient(id);
  await cognito.createUser(id, 'dora', DORA);
  await cognito.createGroup(id, 'admins');
};

export const TEST_USERS: SurroundingsOptions = { stack: STACK, app: 'test-users-app.ts', adopt };

/** The example of users who are created, sign in, and go again; and of what a user had before. */
export const playTestUsers = async ({
  cognito,
  miniStack,
  cdk,
  deploy,
  stackStatus,
  reasons,
}: Surroundings): Promise<void> => {
  const secrets = new SecretsManagerClient({
    endpoint: miniStack.endpoint,
    region: miniStack.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const passwords: string[] = [];
  let secret = '';
  const passwordOf = async (): Promise<string> => {
    const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: secret }));
    const { password } = JSON.parse(SecretString) as { password: string };
    passwords.push(password);
    return password;
  };
  const signsIn = async () =>
    assert.ok('accessToken' in (await cognito.authenticate(appClient, 'alice', await passwordOf())));
  const snapshot = async () =>
    [
      ...(await cognito.users(pool)).map((user) => JSON.stringify({ ...user, attributes: { ...user.attributes } })),
      ...Object.entries(await cognito.groups(pool)).map(([group, names]) => JSON.stringify([group, [...names].sort()])),
    ].sort();
  const names = async () => (await cognito.users(pool)).map(({ username }) => username).sort();

  await step('test users, create: Alice signs in with the generated password, and the stack has her sub', async () => {
    const { outputs } = succeeded(await deploy({ step: 'create' }));
    secret = outputs[STACK].AliceSecret;
    assert.equal(outputs[STACK].CreatedUsers, '3');
    assert.equal(outputs[STACK].AliceSub, (await cognito.user(pool, 'alice'))!.sub);
    assert.deepEqual(await names(), ['alice', 'bob', 'carol', 'dora']);
    await signsIn();
    assert.deepEqual((await cognito.groups(pool)).admins.sort(), ['alice', 'dora']);
    assert.equal((await cognito.user(pool, 'carol'))!.enabled, false);
    assert.equal((await cognito.user(pool, 'carol'))!.status, 'CONFIRMED');
    assert.deepEqual((await cognito.user(pool, 'dora'))!.attributes, { ...DORA, nickname: 'Declared' });
    assert.deepEqual(cognito.deliveries, []);
  });

  await step('test users, update after the secret was rotated: Alice signs in with the new password', async () => {
    const former = await passwordOf();
    const SecretString = JSON.stringify({ username: 'alice', password: 'Rotated-Horse-9' });
    await secrets.send(new PutSecretValueCommand({ SecretId: secret, SecretString }));
    succeeded(await deploy({ step: 'update' }));
    await signsIn();
    await assert.rejects(cognito.authenticate(appClient, 'alice', former));
    assert.equal((await cognito.user(pool, 'alice'))!.attributes.locale, 'fr');
  });

  await step('test users, another resource fails: the way back leaves no trace', async () => {
    const before = await snapshot();
    failed(await deploy({ step: 'rolledBack' }));
    assert.equal(await stackStatus(), 'UPDATE_ROLLBACK_COMPLETE');
    assert.match(await reasons(), /nobody: UserNotFoundException/);
    const created = cognito.calls.filter(({ operation, applied }) => operation === 'AdminCreateUser' && applied);
    assert.deepEqual(
      created.map(({ username }) => username),
      ['erin', 'bob'],
    );
    // Bob, whom the failed deployment has deleted, is another Bob now.
    assert.deepEqual((await snapshot()).map(withoutSub), before.map(withoutSub));
    await signsIn();
  });

  await step('test users, prune: whom the seeder has created goes, and whom it found stays', async () => {
    succeeded(await deploy({ step: 'prune' }));
    assert.deepEqual(await names(), ['alice', 'carol', 'dora']);
  });

  await step('test users, destroy: Dora is as she was, and nobody else is there', async () => {
    succeeded(await cdk.destroy(STACK, { context: { step: 'prune' } }));
    assert.equal(await stackStatus(), undefined);
    assert.deepEqual(await names(), ['dora']);
    const dora = (await cognito.user(pool, 'dora'))!;
    assert.deepEqual([dora.attributes, dora.enabled], [DORA, true]);
    assert.deepEqual(
      Object.keys(await cognito.groups(pool)).filter((group) => OWNER.test(group)),
      [],
    );
  });

  await step('test users: no password is in a log or an event', async () => {
    const told = [...(await miniStack.api.functionLogs()), await reasons()];
    assert.ok(passwords.length >= 3);
    assert.deepEqual(
      told.filter((text) => passwords.some((password) => text.includes(password))),
      [],
    );
  });
  secrets.destroy();
};

const withoutSub = (text: string): string => text.replace(/"sub":"[^"]*",/, '');

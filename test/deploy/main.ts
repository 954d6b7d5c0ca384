/**
 * The example stack through the real CDK CLI: onto MiniStack, whose Lambdas find their Cognito in cognito-local. The pool is
 * read back after every step. docs/testing.md tells what this does not prove.
 */
import { strict as assert } from 'node:assert';
import path from 'node:path';
import type { CognitoCall } from '../support/cognito-faults';
import { type LocalCognito, startLocalCognito } from '../support/local-cognito';
import { play, step } from '../support/steps';
import { Cdk, type CdkRun } from './cdk';
import { type MiniStack, startMiniStack } from './ministack';

type Users = Record<string, Record<string, string>>;

const STACK = 'Tenants';

const ACCOUNTS: Users = {
  alice: { given_name: 'Alicia' },
  bob: {},
  carol: { nickname: 'Caz', website: 'https://carol.example.com' },
  dave: { preferred_username: 'blue-desk' },
};

const ALICE = {
  given_name: 'Alice',
  email: 'alice@blue.example.com',
  email_verified: 'false',
  locale: 'en-GB',
  'custom:tenant': 'blue',
  'custom:seats': '25',
};
const BOB = { given_name: 'Bob', family_name: 'Braun', 'custom:tenant': 'green', 'custom:seats': '5' };
const CAROL = { given_name: 'Carol', website: 'https://carol.example.com', 'custom:tenant': 'blue' };
const DAVE = ACCOUNTS.dave;
const CREATED: Users = { alice: ALICE, bob: BOB, carol: CAROL, dave: DAVE };
const UPDATED: Users = { ...CREATED, bob: { ...BOB, 'custom:seats': '50' } };

const scenario = async (cleanUp: (() => unknown)[]): Promise<void> => {
  let miniStack: MiniStack | undefined;
  let pool: Promise<string> | undefined;
  // CloudFormation makes the pool in MiniStack. Cognito's calls go to cognito-local, which hears of it with the first.
  const adopt = async ({ userPoolId = '' }: CognitoCall): Promise<void> => {
    pool ??= adoptPool(cognito, userPoolId, miniStack!);
    await pool;
  };
  const cognito = await startLocalCognito({ beforeCall: adopt });
  cleanUp.push(() => cognito.stop());
  const running = (miniStack = await startMiniStack({ cognitoEndpoint: cognito.endpoint }));
  cleanUp.push(() => running.stop());
  const cdk = new Cdk({ app: 'npx tsx test/deploy/app.ts', cwd: path.join(__dirname, '../..'), env: running.env });
  cleanUp.push(() => cdk.dispose());

  const users = async (): Promise<Users> =>
    Object.fromEntries(
      (await cognito.users(await pool!)).map(({ username, attributes }) => [username, { ...attributes }]),
    );
  const deploy = (context: Record<string, string>) => {
    cognito.clearCalls();
    cognito.clearDeliveries();
    return cdk.deploy(STACK, { context });
  };
  const writes = () =>
    cognito.calls.filter(({ operation }) => operation !== 'AdminGetUser').map(({ username }) => username);

  await step('bootstrap', async () => succeeded(await cdk.bootstrap(running.account, running.region)));

  await step('create: the users are as declared, and the trigger writes the message', async () => {
    const { outputs } = succeeded(await deploy({ step: 'create' }));
    assert.deepEqual(await users(), CREATED);
    assert.equal(outputs[STACK].ChangedUsers, '3');
    const [{ code, ...message }, ...others] = cognito.deliveries;
    assert.deepEqual(others, []);
    assert.equal(message.destination, ALICE.email);
    assert.equal(message.emailSubject, 'Welcome to Blue & Sons – please confirm your email address');
    assert.ok(message.emailMessage?.includes(`Welcome to Blue &amp; Sons`) && message.emailMessage.includes(code));
  });

  await step('update: one user changes, and nobody else is touched', async () => {
    succeeded(await deploy({ step: 'update' }));
    assert.deepEqual(await users(), UPDATED);
    assert.deepEqual(writes(), ['bob']);
  });

  await step('failing update: CloudFormation rolls back, and the users are as before', async () => {
    // The emulator knows no aliases, so its proxy gives Cognito's answer.
    cognito.setFaults(({ attributeNames }) =>
      attributeNames.includes('preferred_username') ? { kind: 'error', type: 'AliasExistsException' } : undefined,
    );
    failed(await deploy({ step: 'failingUpdate' }));
    cognito.setFaults();
    assert.equal(await running.api.stackStatus(STACK), 'UPDATE_ROLLBACK_COMPLETE');
    assert.deepEqual(await users(), UPDATED);
    assert.ok(writes().includes('bob'), 'a user was changed before the failure');
    const reasons = (await running.api.stackEvents(STACK)).map(({ reason }) => reason ?? '').join('\n');
    assert.match(reasons, /1 user failed\. All users are as they were before\. carol: AliasExistsException/);
    assert.doesNotMatch(reasons, /blue-desk|Brown/);
  });

  await step('prune: a user who leaves the declaration loses what it had set', async () => {
    succeeded(await deploy({ step: 'prune' }));
    assert.deepEqual(await users(), { ...UPDATED, bob: {} });
  });

  await step('removal of a seeder: what it had set goes with RemovalPolicy.DESTROY', async () => {
    succeeded(await deploy({ step: 'prune', temporary: 'true' }));
    assert.deepEqual(await users(), { ...UPDATED, bob: {}, dave: { ...DAVE, nickname: 'Stopgap' } });
    succeeded(await deploy({ step: 'prune' }));
    assert.deepEqual(await users(), { ...UPDATED, bob: {} });
  });

  await step('no log of the functions holds a value', async () => {
    const groups = (await running.api.logGroups()).filter((group) => !group.includes('Framework'));
    const messages = (await Promise.all(groups.map((group) => running.api.logMessages(group)))).flat();
    const values = [ACCOUNTS, CREATED, { failed: { a: 'Brown', b: 'Stopgap' } }]
      .flatMap((some) => Object.values(some).flatMap((attributes) => Object.values(attributes)))
      .filter((value) => value.length > 3 && value !== 'false');
    assert.ok(messages.length > 0, 'there are logs');
    assert.deepEqual(
      messages.filter((line) => values.some((value) => line.includes(value))),
      [],
    );
  });

  await step('destroy: the stack goes, and the values stay with RemovalPolicy.RETAIN', async () => {
    succeeded(await cdk.destroy(STACK, { context: { step: 'prune' } }));
    assert.equal(await running.api.stackStatus(STACK), undefined);
    assert.deepEqual(await users(), { ...UPDATED, bob: {} });
  });
};

/** Gives the pool the users who have an account already, and the trigger that CloudFormation has wired. */
const adoptPool = async (cognito: LocalCognito, id: string, miniStack: MiniStack): Promise<string> => {
  await cognito.createPool({
    id,
    autoVerified: ['email'],
    customAttributes: { tenant: { min: 2, max: 40 }, seats: { type: 'Number', min: 1, max: 500 } },
  });
  await cognito.seedUsers(
    id,
    Object.entries(ACCOUNTS).map(([username, attributes]) => ({ username, attributes })),
  );
  cognito.setCustomMessage({
    endpoint: miniStack.endpoint,
    region: miniStack.region,
    functionName: await miniStack.api.functionName('Writes the messages of a Cognito user pool'),
  });
  return id;
};

const succeeded = <T extends CdkRun>(run: T): T => {
  assert.equal(run.exitCode, 0, `${run.command} failed:\n${run.output}`);
  return run;
};

const failed = <T extends CdkRun>(run: T): T => {
  assert.notEqual(run.exitCode, 0, `${run.command} succeeded, and should have failed:\n${run.output}`);
  return run;
};

const main = async (): Promise<void> => {
  const cleanUp: (() => unknown)[] = [];
  try {
    await play(() => scenario(cleanUp));
  } finally {
    for (const end of cleanUp.reverse()) await end();
  }
};

void main();

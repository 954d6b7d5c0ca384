import { strict as assert } from 'node:assert';
import type { LocalCognito } from '../support/local-cognito';
import { step } from '../support/steps';
import type { MiniStack } from './ministack';
import {
  failed,
  succeeded,
  type Surroundings,
  type SurroundingsOptions,
  tellingValues,
  type Users,
} from './surroundings';

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

/** Gives the pool the users who have an account already, and the trigger that CloudFormation has wired. */
const adopt = async (cognito: LocalCognito, id: string, miniStack: MiniStack): Promise<void> => {
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
};

export const TENANTS: SurroundingsOptions = { stack: STACK, app: 'tenants-app.ts', adopt };

/** The example of seeds in code, of the Lambda engine and of messages. */
export const playTenants = async ({
  cognito,
  miniStack,
  cdk,
  deploy,
  users,
  writes,
  stackStatus,
  reasons,
}: Surroundings): Promise<void> => {
  await step('tenants, create: the users are as declared, and the trigger writes the message', async () => {
    const { outputs } = succeeded(await deploy({ step: 'create' }));
    assert.deepEqual(await users(), CREATED);
    assert.equal(outputs[STACK].ChangedUsers, '3');
    const [{ code, ...message }, ...others] = cognito.deliveries;
    assert.deepEqual(others, []);
    assert.equal(message.destination, ALICE.email);
    assert.equal(message.emailSubject, 'Welcome to Blue & Sons – please confirm your email address');
    assert.ok(message.emailMessage?.includes(`Welcome to Blue &amp; Sons`) && message.emailMessage.includes(code));
  });

  await step('tenants, update: one user changes, and nobody else is touched', async () => {
    succeeded(await deploy({ step: 'update' }));
    assert.deepEqual(await users(), UPDATED);
    assert.deepEqual(writes(), ['bob']);
  });

  await step('tenants, failing update: CloudFormation rolls back, and the users are as before', async () => {
    // The emulator knows no aliases, so its proxy gives Cognito's answer.
    cognito.setFaults(({ attributeNames }) =>
      attributeNames.includes('preferred_username') ? { kind: 'error', type: 'AliasExistsException' } : undefined,
    );
    failed(await deploy({ step: 'failingUpdate' }));
    cognito.setFaults();
    assert.equal(await stackStatus(), 'UPDATE_ROLLBACK_COMPLETE');
    assert.deepEqual(await users(), UPDATED);
    assert.ok(writes().includes('bob'), 'a user was changed before the failure');
    assert.match(await reasons(), /1 user failed\. All users are as they were before\. carol: AliasExistsException/);
    assert.doesNotMatch(await reasons(), /blue-desk|Brown/);
  });

  await step('tenants, prune: a user who leaves the declaration loses what it had set', async () => {
    succeeded(await deploy({ step: 'prune' }));
    assert.deepEqual(await users(), { ...UPDATED, bob: {} });
  });

  await step('tenants, removal of a seeder: what it had set goes with RemovalPolicy.DESTROY', async () => {
    succeeded(await deploy({ step: 'prune', temporary: 'true' }));
    assert.deepEqual(await users(), { ...UPDATED, bob: {}, dave: { ...DAVE, nickname: 'Stopgap' } });
    succeeded(await deploy({ step: 'prune' }));
    assert.deepEqual(await users(), { ...UPDATED, bob: {} });
  });

  await step('tenants: no log of the functions holds a value', async () => {
    const lines = await miniStack.api.functionLogs();
    const values = tellingValues(ACCOUNTS, CREATED, { failed: { a: 'Brown', b: 'Stopgap' } });
    assert.ok(lines.length > 0, 'there are logs');
    assert.deepEqual(
      lines.filter((line) => values.some((value) => line.includes(value))),
      [],
    );
  });

  await step('tenants, destroy: the stack goes, and the values stay with RemovalPolicy.RETAIN', async () => {
    succeeded(await cdk.destroy(STACK, { context: { step: 'prune' } }));
    assert.equal(await stackStatus(), undefined);
    assert.deepEqual(await users(), { ...UPDATED, bob: {} });
  });
};

import { strict as assert } from 'node:assert';
import { AdminUpdateUserAttributesCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { SeedUser } from '../support/local-cognito';
import { without } from '../support/pool-settings';
import { step } from '../support/steps';
import { lambda, settingsOf } from './imported-pool-settings';
import { type ImportedPools, startImportedPools } from './imported-pools';
import { failed, succeeded, type Surroundings, type SurroundingsOptions } from './surroundings';

const STACK = 'ImportedPool';
const PEOPLE = 'us-east-1_people';
const TAKEN = 'us-east-1_taken';
const WATCHED = 'us-east-1_watched';
const WATCHED_STACK = 'WatchedPool';

const FORMER = lambda('words-of-before');
const ACCOUNTS: SeedUser[] = [
  { username: 'alice', attributes: { email: 'alice@example.com', email_verified: 'true' } },
  { username: 'bob', attributes: { email: 'bob@example.com', email_verified: 'true', locale: 'de-AT' } },
];

let pools: ImportedPools;

export const IMPORTED_POOL: SurroundingsOptions = {
  stack: STACK,
  app: 'imported-pool-app.ts',
  adopt: async () => undefined,
  front: async (cognito, miniStack) => {
    pools = await startImportedPools({
      cognito,
      miniStack,
      otherFunctions: {
        [FORMER]: (event) => ({
          ...event,
          response: { emailSubject: 'In the words of before', emailMessage: 'As ever: {####}' },
        }),
      },
    });
    return pools;
  },
};

/** The trigger of pools that the stack does not declare, and whose other settings stay as they are, whatever happens. */
export const playImportedPool = async ({
  cognito,
  miniStack,
  cdk,
  deploy,
  stackStatus,
  reasons,
}: Surroundings): Promise<void> => {
  const client = cognito.client(pools.endpoint);
  const before: Record<string, Record<string, any>> = {
    [PEOPLE]: settingsOf(PEOPLE),
    [TAKEN]: settingsOf(TAKEN, FORMER),
    [WATCHED]: settingsOf(WATCHED),
  };
  for (const id of Object.keys(before)) {
    await cognito.createPool({ id, autoVerified: ['email'], customAttributes: { plan: { max: 20 } } });
    await cognito.seedUsers(id, ACCOUNTS);
    pools.settings.pools.set(id, before[id]);
    before[id] = await pools.describe(id);
  }
  let ours = '';
  let watching = '';
  let wipedAt = 0;

  /** The pool as it was before the first deployment, but for its trigger. */
  const isAsBefore = async (userPoolId: string, trigger: string | undefined): Promise<void> => {
    const { LambdaConfig, ...others } = before[userPoolId];
    const triggers = without(LambdaConfig, 'CustomMessage');
    assert.deepEqual(await pools.describe(userPoolId), {
      ...others,
      LambdaConfig: trigger === undefined ? triggers : { ...triggers, CustomMessage: trigger },
    });
  };
  /** Changes a user's address for good, and reads the mail that Cognito sends. */
  const mailTo = async (UserPoolId: string, address: string, ClientMetadata?: Record<string, string>) => {
    cognito.clearDeliveries();
    await client.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId,
        Username: 'alice',
        UserAttributes: [{ Name: 'email', Value: address }],
        ClientMetadata,
      }),
    );
    return theMail(address);
  };
  const theMail = (address: string) => {
    assert.equal(cognito.deliveries.length, 1);
    const [{ destination, code, emailSubject, emailMessage }] = cognito.deliveries;
    assert.equal(destination, address);
    return { subject: emailSubject, text: emailMessage?.replace(code, 'CODE') };
  };
  const updates = (userPoolId: string) => pools.updated.filter((id) => id === userPoolId).length;
  /** How often the metric was counted. */
  const reattached = async (userPoolId: string) => {
    const logs = await miniStack.api.functionLogs();
    return logs.filter((line) => line.includes('"ReattachedTriggers":1') && line.includes(userPoolId)).length;
  };
  const because = async (pattern: RegExp) => assert.match(await reasons(), pattern);
  const REFUSAL = new RegExp(
    `The user pool ${TAKEN} has another CustomMessage trigger, ${FORMER}, and a pool takes one only: .*displaceExisting: true.* Nothing was changed\\.`,
  );

  await step('watched pool, create: the trigger comes with a schedule, and is wiped from outside', async () => {
    const { outputs } = succeeded(await cdk.deploy(WATCHED_STACK, { context: { step: 'create' } }));
    watching = outputs[WATCHED_STACK].FunctionArn;
    await isAsBefore(WATCHED, watching);
    pools.settings.wipe(WATCHED, { ...before[WATCHED].LambdaConfig });
    wipedAt = Date.now();
  });

  await step('imported pool, another function is there: the deployment fails, and nothing was written', async () => {
    failed(await deploy({ step: 'refused' }));
    assert.equal(await stackStatus(), 'ROLLBACK_COMPLETE');
    await because(REFUSAL);
    await isAsBefore(TAKEN, FORMER);
    assert.equal(updates(TAKEN), 0);
  });

  await step('imported pool, create: the trigger is the pool’s, and every other setting is as it was', async () => {
    assert.deepEqual(await mailTo(PEOPLE, 'alice@one.example.com'), {
      subject: 'Your verification code',
      text: 'Your verification code is CODE. ',
    });
    ours = succeeded(await deploy({ step: 'create' })).outputs[STACK].FunctionArn;
    await isAsBefore(PEOPLE, ours);
    assert.equal(updates(PEOPLE), 1);
    assert.deepEqual(await mailTo(PEOPLE, 'alice@two.example.com'), {
      subject: 'Your new address',
      text: '<p>Your code: <b>CODE</b></p>',
    });
    assert.deepEqual(await mailTo(PEOPLE, 'alice@three.example.com', { campaign: 'spring' }), {
      subject: 'Spring at Blue Harbour',
      text: '<p>Spring code: <b>CODE</b></p>',
    });
  });

  await step('imported pool, update: a seeder of the stack changes an address, and the trigger writes', async () => {
    succeeded(await deploy({ step: 'update' }));
    assert.deepEqual(theMail('bob@new.example.com'), {
      subject: 'Ihre neue Adresse',
      text: '<p>Ihr Code: <b>CODE</b></p>',
    });
    await isAsBefore(PEOPLE, ours);
    assert.equal(updates(PEOPLE), 1);
  });

  await step('imported pool, wiped from outside: the next deployment of anything attaches it again', async () => {
    pools.settings.wipe(PEOPLE, { ...before[PEOPLE].LambdaConfig });
    await isAsBefore(PEOPLE, undefined);
    succeeded(await deploy({ step: 'wiped' }));
    await isAsBefore(PEOPLE, ours);
    assert.equal((await mailTo(PEOPLE, 'alice@four.example.com')).subject, 'Your new address at Blue Harbour');
    assert.equal(await reattached(PEOPLE), 1);
  });

  await step('imported pool, moving to a pool that is taken fails, and both pools are as they were', async () => {
    failed(await deploy({ step: 'refusedMove' }));
    assert.equal(await stackStatus(), 'UPDATE_ROLLBACK_COMPLETE');
    await because(REFUSAL);
    await isAsBefore(PEOPLE, ours);
    await isAsBefore(TAKEN, FORMER);
  });

  await step(
    'imported pool, another resource fails after the move: the way back gives both what they had',
    async () => {
      const former = updates(TAKEN);
      failed(await deploy({ step: 'failingMove' }));
      assert.equal(await stackStatus(), 'UPDATE_ROLLBACK_COMPLETE');
      await because(/nobody: UserNotFoundException/);
      assert.ok(updates(TAKEN) >= former + 2, 'the other pool had the trigger, and lost it');
      await isAsBefore(PEOPLE, ours);
      await isAsBefore(TAKEN, FORMER);
    },
  );

  await step(
    'imported pool, move: the other function gives way, and the former pool is rid of the trigger',
    async () => {
      succeeded(await deploy({ step: 'move' }));
      await isAsBefore(PEOPLE, undefined);
      await isAsBefore(TAKEN, ours);
      assert.equal((await mailTo(TAKEN, 'alice@five.example.com')).subject, 'Your new address');
    },
  );

  await step('imported pool, destroy: the function of before is back, and nothing else has changed', async () => {
    succeeded(await cdk.destroy(STACK, { context: { step: 'move' } }));
    assert.equal(await stackStatus(), undefined);
    await isAsBefore(PEOPLE, undefined);
    await isAsBefore(TAKEN, FORMER);
    assert.deepEqual(await mailTo(TAKEN, 'alice@six.example.com'), {
      subject: 'In the words of before',
      text: 'As ever: CODE',
    });
  });

  await step('watched pool: EventBridge’s schedule has attached the trigger again, without a deployment', async () => {
    while (pools.settings.settings(WATCHED).LambdaConfig.CustomMessage !== watching) {
      // A rate of a minute, and MiniStack looks every 10 s.
      assert.ok(Date.now() - wipedAt < 90_000, 'the schedule asks within its time');
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    await isAsBefore(WATCHED, watching);
    assert.equal((await mailTo(WATCHED, 'alice@seven.example.com')).subject, 'Looked after');
    assert.equal(await reattached(WATCHED), 1);
    succeeded(await cdk.destroy(WATCHED_STACK, { context: { step: 'create' } }));
    await isAsBefore(WATCHED, undefined);
  });
};

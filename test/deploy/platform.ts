import { strict as assert } from 'node:assert';
import type { LocalCognito } from '../support/local-cognito';
import { step } from '../support/steps';
import type { MiniStack } from './ministack';
import { succeeded, type Surroundings, type SurroundingsOptions } from './surroundings';

const CONTEXT = { vpc: 'vpc-00000001', subnet: 'subnet-00000001' };

let pool: string;

/** Gives the pool its group; the function that writes messages is there before anybody is invited. */
const adopt = async (cognito: LocalCognito, id: string, { endpoint, region, api }: MiniStack): Promise<void> => {
  pool = await cognito.createPool({ id, autoVerified: ['email'], keepOriginal: ['email'] });
  await cognito.createGroup(id, 'admins');
  const functionName = await api.functionName('Writes the messages of a Cognito user pool');
  cognito.setCustomMessage({ endpoint, region, functionName });
};

export const PLATFORM: SurroundingsOptions = { stack: 'Test/Identity', app: 'platform-app.ts', adopt };

/** The example of a team's own construct, in a stage with a VPC, a key and a boundary that everything gets. */
export const playPlatform = async ({ cognito, miniStack, cdk, deploy }: Surroundings): Promise<void> => {
  await step('platform, create: two stacks of a stage; the administrators are invited in their languages', async () => {
    succeeded(await deploy(CONTEXT));
    const people = await cognito.users(pool);
    assert.deepEqual(people.map(({ username }) => username).sort(), ['alice', 'bob']);
    assert.deepEqual((await cognito.groups(pool)).admins.sort(), ['alice', 'bob']);
    assert.deepEqual(cognito.deliveries.map(({ emailSubject }) => emailSubject).sort(), [
      'Welcome to Example',
      'Willkommen bei Example',
    ]);
  });

  await step('platform: every log is encrypted with the key and kept for a week, as the stage says', async () => {
    const groups = await miniStack.api.logGroups();
    assert.equal(groups.length, 5); // of the three functions, the framework's and the access log
    for (const { logGroupName, retentionInDays, kmsKeyId } of groups) {
      assert.equal(retentionInDays, 7, logGroupName);
      assert.match(kmsKeyId ?? '', /^arn:aws:kms:/, logGroupName);
    }
  });

  await step('platform, destroy: both stacks go, and the people stay', async () => {
    succeeded(await cdk.destroy('Test/*', { context: CONTEXT }));
    for (const stack of ['Test-Identity', 'Test-Shared'])
      assert.equal(await miniStack.api.stackStatus(stack), undefined);
    assert.equal((await cognito.users(pool)).length, 2);
  });
};

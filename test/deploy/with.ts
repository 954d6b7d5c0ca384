import { strict as assert } from 'node:assert';
import { step } from '../support/steps';
import { succeeded, type Surroundings, type SurroundingsOptions } from './surroundings';

const STACK = 'With';

let pool = '';

/** The example that stands beside the one without the library. */
export const WITH: SurroundingsOptions = {
  stack: STACK,
  app: '../../examples/with/app.ts',
  adopt: async (cognito, id, { endpoint, region, api }) => {
    const customAttributes = { plan: { max: 20 } };
    pool = await cognito.createPool({ id, autoVerified: ['email'], keepOriginal: ['email'], customAttributes });
    const functionName = await api.functionName('Writes the messages of a Cognito user pool');
    cognito.setCustomMessage({ endpoint, region, functionName });
  },
};

export const playWith = async ({ cognito, miniStack, cdk, deploy, stackStatus }: Surroundings): Promise<void> => {
  await step('with, create: three users, invited in their languages, and an API that lets nobody in', async () => {
    const { outputs } = succeeded(await deploy({}));
    assert.deepEqual(cognito.deliveries.map(({ destination, emailSubject }) => [destination, emailSubject]).sort(), [
      ['alice@example.com', 'Welcome to Blue Harbour'],
      ['bob@example.com', 'Willkommen bei Blue Harbour'],
      ['carol@example.com', 'Welcome to Blue Harbour'],
    ]);
    const { status } = await fetch(miniStack.api.httpApiUrl(outputs[STACK].AttributesUrl));
    assert.equal(status, 401);
  });

  await step('with, destroy: users go whom the seeder has created', async () => {
    succeeded(await cdk.destroy(STACK));
    assert.equal(await stackStatus(), undefined);
    assert.deepEqual(await cognito.users(pool), []);
  });
};

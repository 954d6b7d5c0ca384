import { strict as assert } from 'node:assert';
import { attributesClient, ProblemError } from '../../examples/self-service/client';
import { step } from '../support/steps';
import { succeeded, type Surroundings, type SurroundingsOptions } from './surroundings';
import { asOfAws, lendKey } from './tokens';

const STACK = 'People';
const USERS = {
  alice: { given_name: 'Alice', email: 'alice@example.com', email_verified: 'true', 'custom:plan': 'gold' },
  bob: { email: 'bob@example.com', email_verified: 'true', locale: 'de-AT' },
};

let pool = '';

/** The example that each language has, in TypeScript. What the others synthesize is the same, by test:languages. */
export const LANGUAGES: SurroundingsOptions = {
  stack: STACK,
  app: '../../examples/languages/typescript/app.ts',
  adopt: async (cognito, id, miniStack) => {
    pool = await cognito.createPool({
      id,
      autoVerified: ['email'],
      keepOriginal: ['email'],
      customAttributes: { plan: { max: 20 } },
    });
    await cognito.createGroup(id, 'admins');
    cognito.setCustomMessage({
      endpoint: miniStack.endpoint,
      region: miniStack.region,
      functionName: await miniStack.api.functionName('Writes the messages of a Cognito user pool'),
    });
  },
};

export const playLanguages = async ({
  cognito,
  miniStack,
  cdk,
  deploy,
  users,
  stackStatus,
}: Surroundings): Promise<void> => {
  let url = '';

  await step('languages, create: people are invited in the words that are for them', async () => {
    const { outputs } = succeeded(await deploy({}));
    url = miniStack.api.httpApiUrl(outputs[STACK].AttributesUrl);
    assert.deepEqual(await users(), USERS);
    assert.deepEqual(await cognito.groupsOf(pool, 'alice'), ['admins']);
    assert.equal(outputs[STACK].AliceSub, (await cognito.user(pool, 'alice'))!.sub);
    const mails = cognito.deliveries.map(({ destination, emailSubject, emailMessage, code }) => [
      destination,
      emailSubject,
      emailMessage?.replace(code, 'CODE'),
    ]);
    assert.deepEqual(mails.sort(), [
      ['alice@example.com', 'Welcome, founder', '<p>Your name is <b>alice</b>, your password <b>CODE</b>.</p>'],
      ['bob@example.com', 'Welcome to Blue Harbour', '<p>Sign in as <b>bob</b> with the password <b>CODE</b>.</p>'],
    ]);
  });

  await step('languages: who was invited signs in with the password of the mail, and then changes a name', async () => {
    const { physicalId } = (await miniStack.api.stackEvents(STACK)).find(
      ({ resourceType, status }) => resourceType === 'AWS::Cognito::UserPoolClient' && status === 'CREATE_COMPLETE',
    )!;
    const client = await cognito.createAppClient(pool, { id: physicalId });
    const { code } = cognito.deliveries.find(({ username }) => username === 'bob')!;
    const signedIn = await cognito.authenticate(client, 'bob', code);
    assert.ok('challenge' in signedIn && signedIn.challenge === 'NEW_PASSWORD_REQUIRED');
    lendKey(miniStack, pool);
    const token = asOfAws(await cognito.signIn(pool, client, 'bob'), miniStack, pool);
    await attributesClient(url, token).change({ nickname: 'Bobby' });
    assert.deepEqual(await users(), { ...USERS, bob: { ...USERS.bob, nickname: 'Bobby' } });
    await assert.rejects(
      attributesClient(url, 'nobody').read(),
      (error) => error instanceof ProblemError && error.problem.status === 401,
    );
  });

  await step('languages, destroy: the people stay', async () => {
    succeeded(await cdk.destroy(STACK));
    assert.equal(await stackStatus(), undefined);
    assert.deepEqual(Object.keys(await users()).sort(), ['alice', 'bob']);
  });
};

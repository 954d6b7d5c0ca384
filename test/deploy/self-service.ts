import { strict as assert } from 'node:assert';
import { attributesClient, ProblemError } from '../../examples/self-service/client';
import { step } from '../support/steps';
import { succeeded, type Surroundings, type SurroundingsOptions } from './surroundings';
import { asOfAws, lendKey } from './tokens';

const STACK = 'SelfService';
const PASSWORD = 'Deployed-Horse-9';
const ALICE = { email: 'alice@example.com', email_verified: 'true', nickname: 'Al', 'custom:tenant': 'blue' };

export const SELF_SERVICE: SurroundingsOptions = {
  stack: STACK,
  app: 'self-service-app.ts',
  adopt: async () => undefined,
};

/** The example whose users change themselves: through API Gateway with a token, to the trigger's words and the confirmed address. */
export const playSelfService = async ({
  cognito,
  miniStack,
  cdk,
  deploy,
  stackStatus,
}: Surroundings): Promise<void> => {
  let pool = '';
  let url = '';
  let token = '';
  const attributes = async () => ({ ...(await cognito.attributes(pool, 'alice')) });
  const refused = (status: number) => (error: unknown) =>
    error instanceof ProblemError && error.problem.status === status;

  await step('self-service, create: routes, authorizer, rates and functions are there', async () => {
    const { UserPoolId, ClientId, AttributesUrl } = succeeded(await deploy({})).outputs[STACK];
    pool = await cognito.createPool({
      id: UserPoolId,
      autoVerified: ['email', 'phone_number'],
      keepOriginal: ['email', 'phone_number'],
      customAttributes: { theme: { max: 10 }, tenant: { max: 40 } },
    });
    const writeAttributes = ['email', 'nickname', 'custom:theme'];
    const readAttributes = [...writeAttributes, 'email_verified', 'custom:tenant'];
    await cognito.createAppClient(pool, { id: ClientId, writeAttributes, readAttributes });
    await cognito.seedUsers(pool, [{ username: 'alice', attributes: ALICE, password: PASSWORD }]);
    cognito.setCustomMessage({
      endpoint: miniStack.endpoint,
      region: miniStack.region,
      functionName: await miniStack.api.functionName('Writes the messages of a Cognito user pool'),
    });
    lendKey(miniStack, pool);
    url = miniStack.api.httpApiUrl(AttributesUrl);
    const signedIn = await cognito.authenticate(ClientId, 'alice', PASSWORD);
    assert.ok('accessToken' in signedIn);
    token = asOfAws(signedIn.accessToken, miniStack, pool);
    await assert.rejects(attributesClient(url, asOfAws(signedIn.idToken, miniStack, pool)).read(), refused(403));
    await assert.rejects(attributesClient(url, 'nobody').read(), refused(401));
  });

  await step('self-service: an attribute changes, and what is not listed does not', async () => {
    const alice = attributesClient(url, token);
    assert.deepEqual(await alice.read(), ALICE);
    await alice.change({ nickname: 'Ally', 'custom:theme': 'dark' });
    assert.deepEqual(await attributes(), { ...ALICE, nickname: 'Ally', 'custom:theme': 'dark' });
    const tenant = { 'custom:tenant': 'red' } as Parameters<typeof alice.change>[0];
    await assert.rejects(alice.change(tenant), refused(422));
    assert.equal((await attributes())['custom:tenant'], 'blue');
  });

  await step(
    'self-service: the trigger writes to the new address in the page’s language, and its code confirms it',
    async () => {
      cognito.clearDeliveries();
      const alice = attributesClient(url, token, 'de-AT');
      const { codesSent } = await alice.change({ email: 'alice@new.example.com' });
      assert.deepEqual(
        codesSent.map(({ attribute }) => attribute),
        ['email'],
      );
      const [{ code, ...message }] = cognito.deliveries;
      assert.equal(message.destination, 'alice@new.example.com');
      assert.match(message.emailMessage ?? '', /[Bb]estätig/);
      assert.equal((await attributes()).email, ALICE.email);
      await assert.rejects(alice.confirm('email', code === '000000' ? '000001' : '000000'), refused(422));
      await alice.confirm('email', code);
      const { email, email_verified } = await attributes();
      assert.deepEqual({ email, email_verified }, { email: 'alice@new.example.com', email_verified: 'true' });
    },
  );

  await step('self-service, destroy: no log holds a value or the token', async () => {
    succeeded(await cdk.destroy(STACK));
    assert.equal(await stackStatus(), undefined);
    const logs = await miniStack.api.functionLogs();
    const values = ['alice@new.example.com', 'Ally', token];
    assert.deepEqual(
      logs.filter((line) => values.some((value) => line.includes(value))),
      [],
    );
  });
};

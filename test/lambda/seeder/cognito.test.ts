import { createClient, createCognito } from '../../../lambda/seeder/cognito';
import type { Pace } from '../../../lambda/seeder/pace';
import { type Fault, type LocalCognito, startLocalCognito } from '../../support/local-cognito';

let server: LocalCognito;
let pool: string;

beforeAll(async () => {
  server = await startLocalCognito();
  process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER = server.endpoint;
  process.env.AWS_REGION = 'us-east-1';
  process.env.AWS_ACCESS_KEY_ID = process.env.AWS_SECRET_ACCESS_KEY = 'local';
  pool = await server.createPool();
  await server.createUser(pool, 'ann');
});
afterAll(() => server.stop());
beforeEach(() => server.clearCalls());
afterEach(() => server.setFaults());

/** Time that passes when somebody sleeps or waits for a turn, each of which takes a second, and not otherwise. */
const cognitoUntil = (sendUntil: number, userPoolId = pool, waitUntil = sendUntil) => {
  let time = 0;
  const counts = { turns: 0, answers: 0, throttles: 0 };
  const reads = { ...counts };
  const others = { ...counts };
  let throttles = 0;
  const counted = (into: typeof counts): Pace => ({
    turn: async (until) => {
      if (into.turns > 0) time += 1000;
      if (time >= until) return false;
      into.turns++;
      return true;
    },
    answered: (throttled) => {
      into.answers++;
      if (throttled) into.throttles++;
    },
    rate: 1,
    limit: 1,
  });
  const client = createClient();
  const cognito = createCognito({
    client,
    userPoolId,
    paces: { update: counted(counts), read: counted(reads), creation: counted(others), password: counted(others) },
    clock: { now: () => time, sleep: async (milliseconds) => void (time += milliseconds) },
    sendUntil,
    waitUntil,
    onThrottle: () => throttles++,
  });
  return { cognito, counts, reads, client, throttles: () => throttles };
};

const failing = (times: number, fault: Fault) => {
  let calls = 0;
  server.setFaults(() => (calls++ < times ? fault : undefined));
};

const HOUR = 3_600_000;

test('throttles are waited out, however many', async () => {
  failing(25, { kind: 'throttle' });
  const { cognito, counts, client, throttles } = cognitoUntil(HOUR);
  await cognito.set('ann', { nickname: 'An' }, {});
  client.destroy();
  expect(await server.attributes(pool, 'ann')).toEqual({ nickname: 'An' });
  expect(counts).toEqual({ turns: 26, answers: 26, throttles: 25 });
  expect(throttles()).toBe(25);
});

test('a throttled request is sent again in its next turn, without a wait of its own', async () => {
  failing(5, { kind: 'throttle' });
  const { cognito, client } = cognitoUntil(5_001, pool, HOUR);
  await cognito.set('ann', { nickname: 'Annie' }, {});
  client.destroy();
  expect(await server.attributes(pool, 'ann')).toEqual({ nickname: 'Annie' });
});

test('throttles use up no tries of other failures', async () => {
  let calls = 0;
  server.setFaults(() => (++calls <= 10 ? { kind: calls <= 7 ? 'throttle' : 'internalError' } : undefined));
  const { cognito, client } = cognitoUntil(HOUR);
  await cognito.set('ann', { nickname: 'An' }, {});
  client.destroy();
  expect(server.calls).toHaveLength(11);
});

test('reads take turns of their own: Cognito counts them in another quota', async () => {
  failing(1, { kind: 'throttle' });
  const { cognito, counts, reads, client } = cognitoUntil(HOUR);
  await cognito.read('ann');
  client.destroy();
  expect(reads).toEqual({ turns: 2, answers: 2, throttles: 1 });
  expect(counts.turns).toBe(0);
});

test('throttles are waited out no longer than there is time', async () => {
  failing(Infinity, { kind: 'throttle' });
  const { cognito, client } = cognitoUntil(10_000);
  await expect(cognito.set('ann', { nickname: 'An' }, {})).rejects.toMatchObject({
    name: 'OutOfTime',
    cause: { name: 'TooManyRequestsException' },
  });
  client.destroy();
  expect(server.calls.length).toBeLessThan(15);
});

test('another failure is tried six times, each in its turn: the SDK adds no tries of its own', async () => {
  failing(Infinity, { kind: 'internalError' });
  const { cognito, counts, client } = cognitoUntil(HOUR);
  await expect(cognito.delete('ann', ['nickname'])).rejects.toMatchObject({ name: 'InternalErrorException' });
  client.destroy();
  expect(server.calls).toHaveLength(6);
  expect(counts).toEqual({ turns: 6, answers: 6, throttles: 0 });
});

test('a denial is taken for a policy that has not arrived yet, for three quarters of a minute', async () => {
  failing(Infinity, { kind: 'error', type: 'AccessDeniedException' });
  const { cognito, reads, client } = cognitoUntil(HOUR);
  await expect(cognito.read('ann')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  client.destroy();
  expect(reads.turns).toBeGreaterThan(8);
  expect(reads.turns).toBeLessThan(40);
});

test('a change that messages somebody is not sent again when only its answer was lost', async () => {
  const autoVerified = await server.createPool({ autoVerified: ['email'] });
  await server.createUser(autoVerified, 'ann');
  server.setFaults(({ operation }) =>
    operation === 'AdminUpdateUserAttributes' ? { kind: 'reset', when: 'after' } : undefined,
  );
  const { cognito, client } = cognitoUntil(HOUR, autoVerified);
  server.clearDeliveries();
  await cognito.set('ann', { email: 'ann@example.com' }, {});
  client.destroy();
  expect(server.deliveries).toHaveLength(1);
});

test('where nobody can tell whether a lost request messaged somebody, it is sent once more and no oftener', async () => {
  const keeping = await server.createPool({ autoVerified: ['email'], keepOriginal: ['email'] });
  await server.createUser(keeping, 'ann', { email: 'old@example.com', email_verified: 'true' });
  server.setFaults(({ operation }) =>
    operation === 'AdminUpdateUserAttributes' ? { kind: 'reset', when: 'after' } : undefined,
  );
  server.clearDeliveries();
  const { cognito, client } = cognitoUntil(HOUR, keeping);
  await expect(cognito.set('ann', { email: 'new@example.com' }, {})).rejects.toBeDefined();
  client.destroy();
  expect(server.deliveries).toHaveLength(2);
});

test('what is wrong is not tried again', async () => {
  failing(Infinity, { kind: 'error', type: 'InvalidParameterException' });
  const { cognito, client } = cognitoUntil(HOUR);
  await expect(cognito.read('ann')).rejects.toMatchObject({ name: 'InvalidParameterException' });
  client.destroy();
  expect(server.calls).toHaveLength(1);
});

test('nothing is sent when the time is over', async () => {
  const { cognito, client } = cognitoUntil(0);
  await expect(cognito.read('ann')).rejects.toMatchObject({ name: 'OutOfTime' });
  client.destroy();
  expect(server.calls).toEqual([]);
});

test('a request that was sent in time is waited for beyond that', async () => {
  failing(1, { kind: 'latency', milliseconds: 100 });
  const { cognito, client } = cognitoUntil(1, pool, HOUR);
  await cognito.set('ann', { locale: 'de' }, {});
  client.destroy();
  expect(await server.attributes(pool, 'ann')).toMatchObject({ locale: 'de' });
});

test('a turn that comes a moment after the end is no error of its own', async () => {
  failing(Infinity, { kind: 'latency', milliseconds: 500 });
  const { cognito, client } = cognitoUntil(1, pool, -5);
  await expect(cognito.read('ann')).rejects.not.toMatchObject({ name: 'RangeError' });
  client.destroy();
});

test('a user whom the pool does not have is undefined', async () => {
  const { cognito, client } = cognitoUntil(HOUR);
  expect(await cognito.read('zoe')).toBeUndefined();
  client.destroy();
});

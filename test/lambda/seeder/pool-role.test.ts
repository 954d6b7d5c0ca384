import { createClient, createCognito } from '../../../lambda/seeder/cognito';
import { classify, describe as told, isLost, PoolRoleError, reasonOf, stopsAll } from '../../../lambda/seeder/failure';
import type { Pace } from '../../../lambda/seeder/pace';
import { clientsOf, type RolePart } from '../../../lambda/seeder/pool-role';
import { sdkError } from '../../support/pool-model';

const ROLE = 'arn:aws:iam::222222222222:role/pool';
const HOUR = 3_600_000;
const DENIED = () => sdkError('AccessDenied', 'User is not authorized to perform: sts:AssumeRole', 403);

beforeAll(() => {
  process.env.AWS_REGION = 'us-east-1';
  process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER = 'http://127.0.0.1:9'; // nobody listens
});

/** Time passes when somebody sleeps, and not otherwise. */
const cognitoWith = (part: RolePart) => {
  let time = 0;
  let turns = 0;
  const pace: Pace = { turn: async (until) => (turns++, time < until), answered: () => undefined, rate: 1, limit: 1 };
  const cognito = createCognito({
    client: clientsOf(createClient, async () => part)(ROLE),
    userPoolId: 'us-east-1_pool',
    paces: { update: pace, read: pace, creation: pace, password: pace },
    clock: { now: () => time, sleep: async (milliseconds) => void (time += milliseconds) },
    sendUntil: HOUR,
    waitUntil: HOUR,
    onThrottle: () => undefined,
  });
  return { cognito, now: () => time, turns: () => turns };
};

test('a role that is denied is asked for again for three quarters of a minute', async () => {
  let asked = 0;
  const { cognito, now, turns } = cognitoWith({ takeOn: async () => (asked++, Promise.reject(DENIED())) });
  await expect(cognito.read('ann')).rejects.toMatchObject({ name: 'PoolRoleDenied', role: ROLE });
  expect(now()).toBeGreaterThan(45_000);
  expect(now()).toBeLessThan(50_000);
  expect(asked).toBe(turns());
});

test('an STS that does not answer is asked as often as Cognito would be, and no answer of Cognito’s is taken for lost', async () => {
  let asked = 0;
  const failing = sdkError('InternalFailure', '', 500);
  const { cognito } = cognitoWith({ takeOn: async () => (asked++, Promise.reject(failing)) });
  // After a lost answer, it would be looked whether somebody has been messaged already, and tried once more alone.
  await expect(cognito.set('ann', { email: 'ann@example.com' }, {})).rejects.toMatchObject({
    name: 'PoolRoleUnreachable',
  });
  expect(asked).toBe(6);
});

test.each<[string, Error, 'PoolRoleDenied' | 'PoolRoleUnreachable']>([
  ['no trust, no permission, or no such role', DENIED(), 'PoolRoleDenied'],
  ['an ARN that is none', sdkError('ValidationError'), 'PoolRoleDenied'],
  ['a Region that the account has switched off', sdkError('RegionDisabledException', '', 403), 'PoolRoleDenied'],
  ['too many at a time', sdkError('Throttling'), 'PoolRoleUnreachable'],
  ['a failure of STS', sdkError('InternalFailure', '', 500), 'PoolRoleUnreachable'],
  ['no answer', sdkError('TimeoutError', '', 'no answer'), 'PoolRoleUnreachable'],
])('%s is %s', async (_, error, name) => {
  const client = clientsOf(
    (credentials) => credentials,
    async () => ({ takeOn: () => Promise.reject(error) }),
  )(ROLE) as () => Promise<unknown>;
  await expect(client()).rejects.toMatchObject({ name, role: ROLE, cause: error });
});

test('without a role there is one client, and the part is not loaded; with one, a client each', () => {
  let made = 0;
  const clientFor = clientsOf(
    () => ++made,
    () => Promise.reject(new Error('loaded')),
  );
  expect([clientFor(undefined), clientFor(undefined), clientFor(ROLE), clientFor('other'), clientFor(ROLE)]).toEqual([
    1, 1, 2, 3, 2,
  ]);
});

test('a denied role stops all, an STS that stumbles nobody else; neither repeats what STS says', () => {
  const [denied, unreachable] = (['PoolRoleDenied', 'PoolRoleUnreachable'] as const).map(
    (name) => new PoolRoleError(name, ROLE, new Error('SECRET')),
  );
  expect([classify(denied), stopsAll(denied), isLost(denied)]).toEqual(['pool', true, false]);
  expect([classify(unreachable), stopsAll(unreachable), isLost(unreachable)]).toEqual(['transient', false, false]);
  expect(told(denied, ['email'])).toEqual({
    name: 'PoolRoleDenied',
    attributes: [],
    remedy: expect.stringMatching(`^the role ${ROLE} cannot be taken on: look at its trust policy`),
  });
  expect(reasonOf(unreachable)).toMatch(/^PoolRoleUnreachable, the role .* STS could not be reached in time; in a VPC/);
  const outOfTime = Object.assign(new Error('SECRET', { cause: denied }), { name: 'OutOfTime' });
  expect(reasonOf(outOfTime)).toMatch(/^PoolRoleDenied, the role/);
  expect(JSON.stringify([told(denied, []), told(unreachable, []), told(outOfTime, [])])).not.toContain('SECRET');
});

import {
  AdminCreateUserCommand,
  AdminDeleteUserAttributesCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminAddUserToGroupCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  ListUsersCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { startLocalCognito } from './local-cognito';
import type { LocalCognito, PoolOptions, QuotaCategory } from './local-cognito';
import { refusal } from './refusal';

const PASSWORD = 'Correct-horse-1';

let cognito: LocalCognito;
let client: CognitoIdentityProviderClient;
let pool: string;
let appClient: string;

const start = async (options?: PoolOptions) => {
  pool = await cognito.createPool(options);
  appClient = await cognito.createAppClient(pool);
  await cognito.createGroup(pool, 'staff');
};

beforeAll(async () => {
  cognito = await startLocalCognito();
  client = cognito.client();
});

afterAll(() => cognito.stop());

beforeEach(async () => {
  cognito.setFaults();
  cognito.setQuotas();
  await start();
  await cognito.createUser(pool, 'ann', { given_name: 'Ann' });
  cognito.clearCalls();
});

const called = (Username: string) => ({ UserPoolId: pool, Username });

/** Every call that names a user, as the next feature makes it. */
const CALLS: Record<string, [QuotaCategory, (username: string) => Promise<unknown>]> = {
  AdminGetUser: ['UserRead', (name) => client.send(new AdminGetUserCommand(called(name)))],
  AdminListGroupsForUser: ['UserRead', (name) => client.send(new AdminListGroupsForUserCommand(called(name)))],
  AdminSetUserPassword: [
    'UserAccountRecovery',
    (name) => client.send(new AdminSetUserPasswordCommand({ ...called(name), Password: PASSWORD, Permanent: true })),
  ],
  AdminDisableUser: ['UserUpdate', (name) => client.send(new AdminDisableUserCommand(called(name)))],
  AdminEnableUser: ['UserUpdate', (name) => client.send(new AdminEnableUserCommand(called(name)))],
  AdminAddUserToGroup: [
    'UserUpdate',
    (name) => client.send(new AdminAddUserToGroupCommand({ ...called(name), GroupName: 'staff' })),
  ],
  AdminRemoveUserFromGroup: [
    'UserUpdate',
    (name) => client.send(new AdminRemoveUserFromGroupCommand({ ...called(name), GroupName: 'staff' })),
  ],
  AdminUpdateUserAttributes: [
    'UserUpdate',
    (name) =>
      client.send(
        new AdminUpdateUserAttributesCommand({
          ...called(name),
          UserAttributes: [{ Name: 'given_name', Value: 'A' }],
        }),
      ),
  ],
  AdminDeleteUserAttributes: [
    'UserUpdate',
    (name) =>
      client.send(new AdminDeleteUserAttributesCommand({ ...called(name), UserAttributeNames: ['given_name'] })),
  ],
  AdminDeleteUser: ['UserUpdate', (name) => client.send(new AdminDeleteUserCommand(called(name)))],
};

const setPassword = (Password: string, Permanent = true, Username = 'ann') =>
  client.send(new AdminSetUserPasswordCommand({ ...called(Username), Password, Permanent }));

describe.each(Object.entries(CALLS))('%s', (operation, [category, call]) => {
  test('finds nobody where there is nobody', async () => {
    expect(await refusal(call('nobody'))).toEqual({
      name: 'UserNotFoundException',
      message: 'User does not exist.',
      status: 400,
    });
  });

  test('finds a user in any case where the pool heeds none, and by every name of theirs', async () => {
    for (const [options, name, others] of [
      [{ caseSensitive: false }, 'Ann', ['ann', 'ANN']],
      [{ usernameAttributes: ['email'], caseSensitive: false }, 'ann@example.com', ['Ann@Example.com']],
      [{ usernameAttributes: ['phone_number'] }, '+15550100', ['+15550100']],
      [{}, 'Ann', ['sub']],
    ] as const)
      for (const other of others) {
        await start(options);
        await cognito.createUser(pool, name);
        await call(other === 'sub' ? (await cognito.user(pool, name))!.sub : other);
      }
    expect(cognito.calls.map(({ errorType }) => errorType)).toEqual(Array.from({ length: 5 }, () => undefined));
  });

  test('heeds case where the pool does', async () => {
    expect(await refusal(call('ANN'))).toMatchObject({ name: 'UserNotFoundException' });
  });

  test('is recorded, may fail before or after it is carried out, and counts towards its quota', async () => {
    cognito.setFaults(() => ({ kind: 'internalError' }));
    expect(await refusal(call('ann'))).toMatchObject({ name: 'InternalErrorException', status: 500 });
    cognito.setFaults();
    cognito.setQuotas({ [category]: { ratePerSecond: 0.001, burst: 1 } });
    await call('ann');
    expect(await refusal(call('ann'))).toMatchObject({ name: 'TooManyRequestsException' });
    expect(
      cognito.calls.map(({ operation: of, category: as, username, applied }) => [of, as, username, applied]),
    ).toEqual([false, true, false].map((applied) => [operation, category, 'ann', applied]));
  });
});

test('a creation counts towards its own quota, a list to its own', async () => {
  cognito.setQuotas({ UserCreation: { ratePerSecond: 0.001, burst: 1 }, UserList: { ratePerSecond: 0.001, burst: 1 } });
  const listing = () => client.send(new ListUsersCommand({ UserPoolId: pool }));
  const creation = (name: string) => client.send(new AdminCreateUserCommand(called(name)));
  await Promise.all([listing(), creation('one')]);
  const refused = await Promise.all([listing(), creation('two')].map(refusal));
  expect(refused.map(({ name }) => name)).toEqual(['TooManyRequestsException', 'TooManyRequestsException']);
  expect(await cognito.user(pool, 'two')).toBeUndefined();
});

test('a user whose creation was carried out and whose answer was lost exists', async () => {
  cognito.setFaults(() => ({ kind: 'reset', when: 'after' }));
  await refusal(client.send(new AdminCreateUserCommand(called('one'))));
  expect(await cognito.user(pool, 'one')).toMatchObject({ username: 'one' });
});

describe('a password', () => {
  test('set for good lets the user in', async () => {
    await setPassword(PASSWORD);
    expect(await cognito.user(pool, 'ann')).toMatchObject({ status: 'CONFIRMED' });
    expect(await cognito.authenticate(appClient, 'ann', PASSWORD)).toEqual({
      accessToken: expect.stringMatching(/\./),
      idToken: expect.stringMatching(/\./),
    });
  });

  test('set for the time being asks for another, which the policy holds for too', async () => {
    await setPassword(PASSWORD);
    await setPassword(PASSWORD, false);
    expect(await cognito.user(pool, 'ann')).toMatchObject({ status: 'FORCE_CHANGE_PASSWORD' });
    const answer = await cognito.authenticate(appClient, 'ann', PASSWORD);
    expect(answer).toEqual({ challenge: 'NEW_PASSWORD_REQUIRED', session: expect.any(String) });
    const respond = (NEW_PASSWORD: string) =>
      client.send(
        new RespondToAuthChallengeCommand({
          ClientId: appClient,
          ChallengeName: 'NEW_PASSWORD_REQUIRED',
          Session: 'session' in answer ? answer.session : undefined,
          ChallengeResponses: { USERNAME: 'ann', NEW_PASSWORD },
        }),
      );
    expect(await refusal(respond('weak'))).toMatchObject({ name: 'InvalidPasswordException' });
    await respond('Another-horse-2');
    expect(await cognito.authenticate(appClient, 'ann', 'Another-horse-2')).toHaveProperty('accessToken');
  });

  test.each(['CONFIRMED', 'FORCE_CHANGE_PASSWORD'] as const)('that is wrong is refused: %s', async (status) => {
    await cognito.seedUsers(pool, [{ username: 'ben', status, password: PASSWORD }]);
    for (const name of ['ben', 'nobody'])
      expect(await refusal(cognito.authenticate(appClient, name, 'Wrong-horse-1'))).toEqual({
        name: 'NotAuthorizedException',
        message: 'Incorrect username or password.',
        status: 400,
      });
    expect(await cognito.authenticate(appClient, 'ben', PASSWORD)).toBeDefined();
  });

  test('that the policy forbids is refused, unquoted, and changes nothing', async () => {
    await setPassword(PASSWORD);
    expect(await refusal(setPassword('correct-horse-1'))).toEqual({
      name: 'InvalidPasswordException',
      message: 'Password did not conform with policy: Password must have uppercase characters',
      status: 400,
    });
    expect(await cognito.authenticate(appClient, 'ann', PASSWORD)).toHaveProperty('accessToken');
    await start({ passwordPolicy: { MinimumLength: 6 } });
    await cognito.createUser(pool, 'ann');
    await setPassword('simple');
  });
});

test('a disabled user is let in again once enabled', async () => {
  await setPassword(PASSWORD);
  await CALLS.AdminDisableUser[1]('ann');
  await CALLS.AdminDisableUser[1]('ann');
  expect(await refusal(cognito.authenticate(appClient, 'ann', PASSWORD))).toEqual({
    name: 'NotAuthorizedException',
    message: 'User is disabled.',
    status: 400,
  });
  expect(await cognito.user(pool, 'ann')).toMatchObject({ enabled: false, status: 'CONFIRMED' });
  await CALLS.AdminEnableUser[1]('ann');
  expect(await cognito.authenticate(appClient, 'ann', PASSWORD)).toHaveProperty('accessToken');
});

test('a user who has yet to choose a password is read, listed and changed like any other', async () => {
  await CALLS.AdminUpdateUserAttributes[1]('ann');
  await CALLS.AdminDisableUser[1]('ann');
  const { UserAttributes, $metadata, ...read } = await client.send(new AdminGetUserCommand(called('ann')));
  expect(read).toEqual({
    Username: 'ann',
    Enabled: false,
    UserStatus: 'FORCE_CHANGE_PASSWORD',
    UserCreateDate: expect.any(Date),
    UserLastModifiedDate: expect.any(Date),
  });
  expect(UserAttributes).toContainEqual({ Name: 'given_name', Value: 'A' });
  const { Users } = await client.send(new ListUsersCommand({ UserPoolId: pool }));
  expect(Users).toEqual([{ ...read, Attributes: UserAttributes }]);
  expect($metadata.httpStatusCode).toBe(200);
});

test('a deleted user leaves neither a name nor an address behind', async () => {
  await start({ usernameAttributes: ['email'] });
  const first = await cognito.createUser(pool, 'ann@example.com');
  await CALLS.AdminDeleteUser[1]('ann@example.com');
  expect(await cognito.user(pool, first)).toBeUndefined();
  const second = await cognito.createUser(pool, 'ann@example.com');
  expect(second).not.toBe(first);
  expect(await cognito.user(pool, 'ann@example.com')).toMatchObject({ username: second });
});

test('a user is found by the address they have now, and no longer by the former one', async () => {
  await start({ usernameAttributes: ['email'] });
  const username = await cognito.createUser(pool, 'old@example.com');
  await client.send(
    new AdminUpdateUserAttributesCommand({
      ...called(username),
      UserAttributes: [
        { Name: 'email', Value: 'new@example.com' },
        { Name: 'email_verified', Value: 'true' },
      ],
    }),
  );
  expect(await cognito.user(pool, 'new@example.com')).toMatchObject({ username });
  expect(await cognito.user(pool, 'old@example.com')).toBeUndefined();
});

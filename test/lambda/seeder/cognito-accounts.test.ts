import { createCognito } from '../../../lambda/seeder/cognito';
import type { NewUser } from '../../../lambda/seeder/cognito-accounts';
import type { Pace } from '../../../lambda/seeder/pace';
import { sdkError } from '../../support/pool-model';

type Answer = object | Error;
interface Call {
  readonly name: string;
  readonly input: Record<string, unknown>;
}

/** A client that answers as it is told, the last answer for ever; every request takes its turn at once. */
const cognitoWith = (answers: Record<string, Answer | readonly Answer[]>) => {
  const calls: Call[] = [];
  const turns: string[] = [];
  const left = new Map(Object.entries(answers).map(([name, some]) => [name, [some].flat() as Answer[]]));
  const paceOf = (name: string): Pace => ({
    turn: async () => turns.push(name) > 0,
    answered: () => undefined,
    rate: 1,
    limit: 1,
  });
  const send = async (command: { constructor: { name: string }; input: Record<string, unknown> }) => {
    const name = command.constructor.name.replace(/Command$/, '');
    calls.push({ name, input: command.input });
    const some = left.get(name);
    if (!some) throw new Error(`${name} was not expected`);
    const answer = some.length > 1 ? some.shift()! : some[0];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const cognito = createCognito({
    client: { send: send as never },
    userPoolId: 'pool',
    paces: {
      update: paceOf('update'),
      read: paceOf('read'),
      creation: paceOf('creation'),
      password: paceOf('password'),
    },
    clock: { now: () => 0, sleep: async () => undefined },
    sendUntil: 1e9,
    waitUntil: 1e9,
    onThrottle: () => undefined,
  });
  return { cognito, calls, turns, names: () => calls.map(({ name }) => name) };
};

const lost = () => sdkError('TimeoutError', '', 'no answer');
const missingGroup = () => sdkError('ResourceNotFoundException', 'Group not found.');
const missingPool = () => sdkError('ResourceNotFoundException', 'User pool us-east-1_x does not exist.');
const missingUser = () => sdkError('UserNotFoundException', 'User does not exist.');

const zoe: NewUser = {
  username: 'zoe',
  attributes: { email: 'zoe@example.com', email_verified: 'true' },
  clientMetadata: { a: '1' },
  validationData: { b: '2' },
  forceAliasCreation: false,
  invitation: [],
};
const made = { User: { Username: 'id-1', Attributes: [{ Name: 'sub', Value: 'id-1' }] } };
const read = {
  Username: 'id-1',
  UserAttributes: [
    { Name: 'sub', Value: 'id-1' },
    { Name: 'email', Value: 'zoe@example.com' },
  ],
  Enabled: true,
  UserStatus: 'FORCE_CHANGE_PASSWORD',
  UserCreateDate: new Date(Date.now() + 60_000),
};

describe('create', () => {
  test('asks for the user, and tells what the pool calls them', async () => {
    const { cognito, calls, turns } = cognitoWith({ AdminCreateUser: made });
    expect(await cognito.create(zoe)).toMatchObject({ username: 'id-1', attributes: { sub: 'id-1' } });
    expect(calls.map(({ input }) => input)).toEqual([
      {
        UserPoolId: 'pool',
        Username: 'zoe',
        UserAttributes: [
          { Name: 'email', Value: 'zoe@example.com' },
          { Name: 'email_verified', Value: 'true' },
        ],
        ClientMetadata: { a: '1' },
        ValidationData: [{ Name: 'b', Value: '2' }],
        ForceAliasCreation: false,
        MessageAction: 'SUPPRESS',
        TemporaryPassword: undefined,
      },
    ]);
    expect(turns).toEqual(['creation']);
  });

  test('invites where that is asked for', async () => {
    const { cognito, calls } = cognitoWith({ AdminCreateUser: made });
    await cognito.create({ ...zoe, invitation: ['EMAIL', 'SMS'], temporaryPassword: 'pass', forceAliasCreation: true });
    expect(calls[0].input).toMatchObject({
      DesiredDeliveryMediums: ['EMAIL', 'SMS'],
      TemporaryPassword: 'pass',
      ForceAliasCreation: true,
    });
    expect(calls[0].input).not.toHaveProperty('MessageAction');
  });

  test('takes whoever is there after a lost answer for the one who was created, and creates nobody twice', async () => {
    const { cognito, names } = cognitoWith({ AdminCreateUser: lost(), AdminGetUser: read });
    expect(await cognito.create(zoe)).toMatchObject({ username: 'id-1', attributes: { sub: 'id-1' } });
    expect(names()).toEqual(['AdminCreateUser', 'AdminGetUser']);
  });

  test.each([
    ['has signed up', { UserStatus: 'UNCONFIRMED' }],
    ['was there before', { UserCreateDate: new Date(Date.now() - 60_000) }],
    ['has another address', { UserAttributes: [{ Name: 'email', Value: 'other@example.com' }] }],
  ])('takes nobody for the one who was created who %s', async (_, over) => {
    const answers = [lost(), sdkError('UsernameExistsException')];
    const { cognito } = cognitoWith({ AdminCreateUser: answers, AdminGetUser: { ...read, ...over } });
    await expect(cognito.create(zoe)).rejects.toMatchObject({ name: 'UsernameExistsException' });
  });

  test('is sent once more where nobody is there after a lost answer, and no oftener', async () => {
    const once = cognitoWith({ AdminCreateUser: [lost(), made], AdminGetUser: missingUser() });
    expect(await once.cognito.create(zoe)).toMatchObject({ username: 'id-1' });
    expect(once.names()).toEqual(['AdminCreateUser', 'AdminGetUser', 'AdminCreateUser']);

    const never = cognitoWith({ AdminCreateUser: lost(), AdminGetUser: missingUser() });
    await expect(never.cognito.create(zoe)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(never.names()).toEqual(['AdminCreateUser', 'AdminGetUser', 'AdminCreateUser', 'AdminGetUser']);
  });

  test.each(['UsernameExistsException', 'InvalidPasswordException', 'UserLambdaValidationException'])(
    'is not sent again after %s, and nobody is looked for',
    async (name) => {
      const { cognito, names } = cognitoWith({ AdminCreateUser: sdkError(name) });
      await expect(cognito.create(zoe)).rejects.toMatchObject({ name });
      expect(names()).toEqual(['AdminCreateUser']);
    },
  );
});

describe('groups', () => {
  test('are read page by page', async () => {
    const page = (NextToken: string | undefined, ...names: string[]) => ({
      Groups: names.map((GroupName) => ({ GroupName })),
      NextToken,
    });
    const { cognito, calls, turns } = cognitoWith({
      AdminListGroupsForUser: [page('next', 'a', 'b'), page('last'), page(undefined, 'c')],
    });
    expect(await cognito.groups('ann')).toEqual(['a', 'b', 'c']);
    expect(calls.map(({ input }) => input.NextToken)).toEqual([undefined, 'next', 'last']);
    expect(turns).toEqual(['read', 'read', 'read']);
  });

  test('of whom the pool does not have are an error', async () => {
    const { cognito } = cognitoWith({ AdminListGroupsForUser: missingUser() });
    await expect(cognito.groups('ann')).rejects.toMatchObject({ name: 'UserNotFoundException' });
  });

  test('that are missing are told from a pool that is', async () => {
    const { cognito: lacking } = cognitoWith({ GetGroup: missingGroup(), AdminAddUserToGroup: missingGroup() });
    expect(await lacking.hasGroup('a')).toBe(false);
    await expect(lacking.join('ann', 'a')).rejects.toMatchObject({ name: 'GroupNotFound' });

    const { cognito: gone } = cognitoWith({ GetGroup: missingPool(), AdminAddUserToGroup: missingPool() });
    await expect(gone.hasGroup('a')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(gone.join('ann', 'a')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });

    const { cognito: there } = cognitoWith({ GetGroup: { Group: {} } });
    expect(await there.hasGroup('a')).toBe(true);
  });

  test('that cannot be asked for are neither there nor missing', async () => {
    const { cognito } = cognitoWith({ GetGroup: sdkError('InvalidParameterException') });
    await expect(cognito.hasGroup('a')).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('that are gone have no members to leave; a pool that is gone, or a user, is told', async () => {
    await expect(
      cognitoWith({ AdminRemoveUserFromGroup: missingGroup() }).cognito.leave('ann', 'a'),
    ).resolves.toBeUndefined();
    for (const error of [missingPool(), missingUser()]) {
      const { cognito } = cognitoWith({ AdminRemoveUserFromGroup: error });
      await expect(cognito.leave('ann', 'a')).rejects.toBe(error);
    }
  });

  test('are made where they are not there, and removed where they are', async () => {
    for (const answer of [{}, sdkError('GroupExistsException')]) {
      const { cognito, calls } = cognitoWith({ CreateGroup: answer });
      await cognito.makeGroup('a', 'why');
      expect(calls[0].input).toEqual({ UserPoolId: 'pool', GroupName: 'a', Description: 'why' });
    }
    for (const answer of [{}, missingGroup(), missingPool()])
      await cognitoWith({ DeleteGroup: answer }).cognito.removeGroup('a');
    for (const name of ['CreateGroup', 'DeleteGroup']) {
      const { cognito } = cognitoWith({ [name]: sdkError('InvalidParameterException') });
      const call = name === 'CreateGroup' ? cognito.makeGroup('a', '') : cognito.removeGroup('a');
      await expect(call).rejects.toMatchObject({ name: 'InvalidParameterException' });
    }
  });
});

describe('a password', () => {
  const history = () => sdkError('PasswordHistoryPolicyViolationException');

  test('is set for good, at a pace of its own', async () => {
    const { cognito, calls, turns } = cognitoWith({ AdminSetUserPassword: {} });
    await cognito.setPassword('ann', 'pass');
    expect(calls[0].input).toEqual({ UserPoolId: 'pool', Username: 'ann', Password: 'pass', Permanent: true });
    expect(turns).toEqual(['password']);
  });

  test('that the policy remembers is told: whether it is the user’s own, others know', async () => {
    const { cognito, names } = cognitoWith({ AdminSetUserPassword: history() });
    await expect(cognito.setPassword('ann', 'pass')).rejects.toMatchObject({ name: history().name });
    expect(names()).toHaveLength(1);
  });

  test('that the policy remembers after a lost answer is the user’s own', async () => {
    const { cognito } = cognitoWith({ AdminSetUserPassword: [lost(), history()] });
    await expect(cognito.setPassword('ann', 'pass')).resolves.toBeUndefined();
  });

  test('that was throttled has not been set', async () => {
    const { cognito } = cognitoWith({ AdminSetUserPassword: [sdkError('TooManyRequestsException'), history()] });
    await expect(cognito.setPassword('ann', 'pass')).rejects.toMatchObject({ name: history().name });
  });
});

test('whoever may sign in, may sign in, and a user is read with that', async () => {
  const { cognito, names, turns } = cognitoWith({
    AdminEnableUser: {},
    AdminDisableUser: {},
    AdminDeleteUser: {},
    AdminGetUser: [read, { ...read, Enabled: false }],
  });
  await cognito.setEnabled('ann', true);
  await cognito.setEnabled('ann', false);
  await cognito.remove('ann');
  expect(await cognito.read('ann')).toMatchObject({ username: 'id-1', enabled: true });
  expect(await cognito.read('ann')).toMatchObject({ username: 'id-1', enabled: false });
  expect(names().slice(0, 3)).toEqual(['AdminEnableUser', 'AdminDisableUser', 'AdminDeleteUser']);
  expect(turns).toEqual(['update', 'update', 'update', 'read', 'read']);
});

describe('attributes that are deleted', () => {
  const refused = () => sdkError('InvalidParameterException');

  test('go without the flags where those cannot go', async () => {
    const { cognito, calls } = cognitoWith({ AdminDeleteUserAttributes: [refused(), {}] });
    await cognito.delete('ann', ['email', 'email_verified', 'locale']);
    expect(calls.map(({ input }) => input.UserAttributeNames)).toEqual([
      ['email', 'email_verified', 'locale'],
      ['email', 'locale'],
    ]);
  });

  test('are refused once where there are no flags, or nothing else', async () => {
    for (const names of [['locale'], ['email_verified']]) {
      const { cognito, calls } = cognitoWith({ AdminDeleteUserAttributes: refused() });
      await expect(cognito.delete('ann', names)).rejects.toMatchObject({ name: 'InvalidParameterException' });
      expect(calls).toHaveLength(1);
    }
  });
});

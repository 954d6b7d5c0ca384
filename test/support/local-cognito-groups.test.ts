import {
  AdminAddUserToGroupCommand,
  AdminDeleteUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  CreateGroupCommand,
  DeleteGroupCommand,
  GetGroupCommand,
  ListUsersInGroupCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { startLocalCognito } from './local-cognito';
import type { LocalCognito } from './local-cognito';
import { refusal } from './refusal';

const NOT_FOUND = { name: 'ResourceNotFoundException', message: 'Group not found.', status: 400 };

let cognito: LocalCognito;
let client: CognitoIdentityProviderClient;
let pool: string;

beforeAll(async () => {
  cognito = await startLocalCognito();
  client = cognito.client();
});

afterAll(() => cognito.stop());

beforeEach(async () => {
  cognito.setFaults();
  cognito.setQuotas();
  pool = await cognito.createPool();
  await cognito.seedUsers(
    pool,
    ['ann', 'ben'].map((username) => ({ username })),
  );
  await cognito.createGroup(pool, 'staff');
  cognito.clearCalls();
});

const membership = (Username: string, GroupName: string) => ({ UserPoolId: pool, Username, GroupName });
const add = (user: string, group: string) => client.send(new AdminAddUserToGroupCommand(membership(user, group)));
const remove = (user: string, group: string) =>
  client.send(new AdminRemoveUserFromGroupCommand(membership(user, group)));
const create = (GroupName: string, Description?: string) =>
  client.send(new CreateGroupCommand({ UserPoolId: pool, GroupName, Description, Precedence: 1 }));
const get = (GroupName: string) => client.send(new GetGroupCommand({ UserPoolId: pool, GroupName }));
const drop = (GroupName: string) => client.send(new DeleteGroupCommand({ UserPoolId: pool, GroupName }));
const groupsOf = (Username: string, options: { Limit?: number; NextToken?: string } = {}) =>
  client.send(new AdminListGroupsForUserCommand({ UserPoolId: pool, Username, ...options }));
const membersOf = async (GroupName: string, options: { Limit?: number; NextToken?: string } = {}) =>
  client.send(new ListUsersInGroupCommand({ UserPoolId: pool, GroupName, ...options }));

test('a group is created once, read, and deleted', async () => {
  await create('admins', 'May do anything');
  expect(await get('admins')).toMatchObject({
    Group: { GroupName: 'admins', UserPoolId: pool, Description: 'May do anything', Precedence: 1 },
  });
  await add('ann', 'admins');
  expect(await refusal(create('admins'))).toEqual({
    name: 'GroupExistsException',
    message: 'A group with the name already exists.',
    status: 400,
  });
  expect(await cognito.groupsOf(pool, 'ann')).toEqual(['admins']);
  await drop('admins');
  expect(await cognito.groupsOf(pool, 'ann')).toEqual([]);
});

test('a group that is not there is not found', async () => {
  const calls = [add('ann', 'none'), remove('ann', 'none'), get('none'), drop('none'), membersOf('none')];
  expect(await Promise.all(calls.map(refusal))).toEqual(calls.map(() => NOT_FOUND));
});

test('a member is added and removed, which twice is as good as once', async () => {
  await add('ann', 'staff');
  await add('ann', 'staff');
  expect(await cognito.groups(pool)).toEqual({ staff: ['ann'] });
  await remove('ben', 'staff');
  await remove('ann', 'staff');
  await remove('ann', 'staff');
  expect(await cognito.groups(pool)).toEqual({ staff: [] });
});

test('of many members added at once, none is lost', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `user${index}`);
  await cognito.seedUsers(
    pool,
    names.map((username) => ({ username })),
  );
  await Promise.all(names.map((name) => add(name, 'staff')));
  const { staff } = await cognito.groups(pool);
  expect(staff.sort()).toEqual(names.sort());
});

test('members have their usernames, by whatever name they were added', async () => {
  pool = await cognito.createPool({ usernameAttributes: ['email'] });
  await cognito.createGroup(pool, 'staff');
  const username = await cognito.createUser(pool, 'ann@example.com');
  await add('ann@example.com', 'staff');
  expect((await membersOf('staff')).Users).toMatchObject([{ Username: username }]);
  expect((await groupsOf('ann@example.com')).Groups).toMatchObject([{ GroupName: 'staff' }]);
});

test('a deleted user is in no group, nor is the next of that name', async () => {
  await add('ann', 'staff');
  await client.send(new AdminDeleteUserCommand({ UserPoolId: pool, Username: 'ann' }));
  expect((await membersOf('staff')).Users).toEqual([]);
  await cognito.createUser(pool, 'ann');
  expect((await groupsOf('ann')).Groups).toEqual([]);
});

describe('the groups of a user', () => {
  const NAMES = Array.from({ length: 65 }, (_, index) => `group${index}`);

  beforeEach(async () => {
    for (const name of NAMES) await cognito.createGroup(pool, name, ['ann']);
  });

  const pages = async (Limit?: number): Promise<string[][]> => {
    const all: string[][] = [];
    let NextToken: string | undefined;
    do {
      const page = await groupsOf('ann', { Limit, NextToken });
      all.push(page.Groups!.map(({ GroupName }) => GroupName!));
      ({ NextToken } = page);
    } while (NextToken);
    return all;
  };

  test('come in pages, each group once', async () => {
    expect((await pages()).map(({ length }) => length)).toEqual([60, 5]);
    const all = await pages(13);
    expect(all.map(({ length }) => length)).toEqual([13, 13, 13, 13, 13]);
    expect(all.flat().sort()).toEqual([...NAMES].sort());
  });

  test('come with a limit and a token that Cognito knows, or not at all', async () => {
    for (const options of [{ Limit: 61 }, { NextToken: 'forged' }])
      expect(await refusal(groupsOf('ann', options))).toMatchObject({ name: 'InvalidParameterException' });
  });
});

test('calls are recorded with the group, may fail, and count towards their quotas', async () => {
  cognito.setFaults(({ groupName, operation }) =>
    groupName === 'staff' && operation === 'AdminAddUserToGroup' ? { kind: 'throttle', when: 'after' } : undefined,
  );
  expect(await refusal(add('ann', 'staff'))).toMatchObject({ name: 'TooManyRequestsException' });
  expect(await cognito.groupsOf(pool, 'ann')).toEqual(['staff']);
  expect(cognito.calls).toMatchObject([
    { operation: 'AdminAddUserToGroup', category: 'UserUpdate', username: 'ann', groupName: 'staff', applied: true },
  ]);

  cognito.setFaults();
  cognito.clearCalls();
  const scarce = { ratePerSecond: 0.001, burst: 1 };
  cognito.setQuotas({ UserUpdate: scarce, UserRead: scarce, UserList: scarce });
  await Promise.all([create('admins'), get('staff'), membersOf('staff')]);
  const refused = await Promise.all([drop('staff'), groupsOf('ann'), membersOf('staff')].map(refusal));
  expect(refused.map(({ name }) => name)).toEqual(Array.from({ length: 3 }, () => 'TooManyRequestsException'));
});

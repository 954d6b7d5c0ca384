import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { CfnParameter } from 'aws-cdk-lib';
import { CfnUserPoolGroup, UserPoolGroup } from 'aws-cdk-lib/aws-cognito';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { CompareWith, MissingUsers, type SeedUser, UserPassword } from '../../../lib';
import { type LocalCognito, startLocalCognito } from '../../support/local-cognito';
import { removeFolders, temporaryFolder } from '../support/fixture';
import { planner } from './support/command';
import { shop } from './support/shop';

let cognito: LocalCognito;
let pool: string;
const plan = (...args: string[]) => planner(cognito, () => pool)(args);
const seederOf = async (...args: string[]) => {
  const { status, stdout } = await plan(...args, '--json');
  return { status, ...JSON.parse(stdout).seeders[0] };
};
const listed = () => cognito.calls.filter(({ operation }) => operation === 'ListUsersInGroup').length;

const called = new Set<string>();
beforeAll(async () => {
  cognito = await startLocalCognito();
});
afterEach(() => cognito.calls.forEach(({ operation }) => called.add(operation)));
afterAll(async () => {
  await cognito.stop();
  removeFolders();
  expect([...called].sort()).toEqual(['DescribeUserPool', 'ListUsers', 'ListUsersInGroup']);
});
beforeEach(async () => {
  pool = await cognito.createPool();
  await cognito.seedUsers(pool, [{ username: 'alice' }, { username: 'bob' }, { username: 'cleo', enabled: false }]);
  await cognito.createGroup(pool, 'staff', ['alice']);
  await cognito.createGroup(pool, 'beta', ['alice', 'bob']);
  cognito.clearCalls();
});

const member = (username: string, ...groups: string[]): SeedUser => ({ username, groups });

describe('groups', () => {
  test('are joined by those who are no members, and each is read once', async () => {
    const users = [member('alice', 'staff', 'beta'), member('bob', 'beta', 'staff'), member('cleo', 'staff')];
    const { status, stdout } = await plan('--assembly', shop({ users }));
    expect(stdout).toContain('  ~ bob\n      + group staff\n  ~ cleo\n      + group staff\n\n');
    expect(stdout).toContain('\nPlan: 2 users to change (2 groups to join), 1 unchanged.\n');
    expect([status, listed()]).toEqual([2, 2]);
  });

  test('are left when they leave the declaration, and only those are read that may change', async () => {
    const former = shop({ users: [member('alice', 'staff', 'beta'), member('bob', 'beta'), member('cleo', 'beta')] });
    const latter = shop({ users: [member('alice', 'beta'), member('bob', 'beta')] });
    const { users, summary } = await seederOf('--assembly', latter, '--previous', former);
    expect(users.map(({ username, left, groups }: any) => [username, left, groups])).toEqual([
      ['alice', false, { join: [], leave: ['staff'] }],
    ]);
    expect(summary).toMatchObject({ changed: 1, unchanged: 1, groups: { join: 0, leave: 1 } });
    expect(listed()).toBe(2);
    cognito.clearCalls();
    await plan('--assembly', latter, '--previous', latter);
    expect(listed()).toBe(0);
  });

  test('stay without prune', async () => {
    const [former, latter] = [['staff'], []].map((groups) =>
      shop({ users: [member('alice', ...groups)], prune: false }),
    );
    expect((await plan('--assembly', latter, '--previous', former)).status).toBe(0);
  });

  test('are looked at anew where the live pool is compared with', async () => {
    const assembly = shop({
      users: [member('alice', 'staff'), member('bob', 'staff')],
      compareWith: CompareWith.LIVE_POOL,
    });
    const { users } = await seederOf('--assembly', assembly, '--previous', assembly);
    expect(users.map(({ username }: any) => username)).toEqual(['bob']);
  });

  test('that are not there fail, with what helps', async () => {
    const { status, stdout } = await plan('--assembly', shop({ users: [member('bob', 'none', 'staff', 'nowhere')] }));
    expect(status).toBe(1);
    expect(stdout).toContain('      ! group none  the pool has no such group\n');
    expect(stdout).toContain('      + group staff\n');
    expect(stdout).toContain(
      'The deployment would fail. The pool does not have the groups none, nowhere:\ncreate them first, or declare the groupName of a UserPoolGroup.\n',
    );
  });

  test('that the app makes are there in time, by name or by reference', async () => {
    const assembly = shop({
      users: (stack, userPool) => {
        const made = new UserPoolGroup(stack, 'Made', { userPool, groupName: 'made' });
        const staff = new UserPoolGroup(stack, 'Staff', { userPool, groupName: 'staff' });
        return [member('alice', staff.groupName, 'made'), member('bob', made.groupName)];
      },
    });
    const { status, users } = await seederOf('--assembly', assembly);
    expect([status, users.map(({ username, groups }: any) => [username, groups.join])]).toEqual([
      2,
      [
        ['alice', ['made']],
        ['bob', ['made']],
      ],
    ]);
  });

  test('whose name is known at deployment only are told', async () => {
    const assembly = shop({
      users: (stack, { userPoolId }) => {
        const unnamed = new CfnUserPoolGroup(stack, 'Unnamed', { userPoolId });
        const { valueAsString } = new CfnParameter(stack, 'Group');
        return [
          member('alice', unnamed.ref, 'staff'),
          { ...member('bob', valueAsString), attributes: { locale: valueAsString } },
        ];
      },
    });
    const { status, stdout } = await plan('--assembly', assembly);
    expect(stdout).toContain('  ? alice: the group Shop/Unnamed is known at deployment only\n');
    expect(stdout).toContain('  ? bob: locale and the group Shop.Group are known at deployment only\n');
    expect([status, listed()]).toEqual([2, 0]);
    expect((await seederOf('--assembly', assembly)).knownAtDeployment[0]).toEqual({
      username: 'alice',
      attributes: [],
      groups: ['Shop/Unnamed'],
    });
  });

  test('are members under another name as well', async () => {
    pool = await cognito.createPool({ usernameAttributes: ['email'] });
    const username = await cognito.createUser(pool, 'ann@example.com', { email: 'ann@example.com' });
    await cognito.createGroup(pool, 'staff', [username]);
    expect((await plan('--assembly', shop({ users: [member('ann@example.com', 'staff')] }))).status).toBe(0);
  });
});

test('users are enabled and disabled, and those who leave the declaration stay as they are', async () => {
  const enabled = (username: string, may: boolean): SeedUser => ({ username, enabled: may });
  const former = shop({ users: [enabled('alice', true), enabled('bob', true)] });
  const assembly = shop({ users: [enabled('alice', false), enabled('cleo', true)] });
  const { status, stdout } = await plan('--assembly', assembly, '--previous', former);
  expect([status, stdout]).toEqual([
    2,
    expect.stringContaining('  ~ alice\n      ~ disabled\n  ~ cleo\n      ~ enabled\n\n'),
  ]);
  expect(stdout).toContain('\nPlan: 2 users to change (1 user to enable, 1 to disable), 0 unchanged.\n');
  const asTheyAre = shop({ users: [enabled('alice', true), enabled('cleo', false)] });
  expect((await plan('--assembly', asTheyAre)).status).toBe(0);
});

describe('passwords', () => {
  const assembly = (...others: SeedUser[]) =>
    shop({
      users: (stack) => [
        { username: 'alice', password: UserPassword.fromSecret(new Secret(stack, 'Secret')) },
        { username: 'bob', password: UserPassword.generated() },
        {
          username: 'cleo',
          password: UserPassword.temporaryFromSecret(Secret.fromSecretNameV2(stack, 'Other', 'other')),
        },
        ...others,
      ],
      missingUsers: MissingUsers.create(),
    });

  test('are set, and told by where they come from; those of a creation are not', async () => {
    const { status, users, summary, duration } = await seederOf('--assembly', assembly());
    expect(users.map(({ username, password }: any) => [username, password])).toEqual([
      ['alice', { kind: 'generated', secret: 'Shop/Secret', again: false }],
      ['bob', { kind: 'generated', secret: expect.stringMatching(/^Shop\/People\/Password/), again: false }],
    ]);
    expect([status, summary.passwords, summary.unchanged]).toEqual([2, 2, 1]);
    expect(duration.lambda.requests).toBe(3 + 2); // users are read
    const { stdout } = await plan('--assembly', assembly());
    expect(stdout).toContain('  ~ alice\n      ~ password  generated, in the secret Shop/Secret\n');
    expect(stdout).toContain('\nPlan: 2 users to change (2 passwords to set), 1 unchanged.\n');
  });

  test('that are declared as before are set again at most, which is no change', async () => {
    const { status, stdout } = await plan('--assembly', assembly(), '--previous', assembly());
    expect([status, stdout]).toEqual([0, expect.stringContaining('\nNo changes. 3 unchanged.\n')]);
    expect(stdout.replaceAll('\n', ' ')).toContain(
      'Shop/People: a deployment that changes it sets 2 passwords again, since their secrets may have been rotated.',
    );
    const { summary } = await seederOf('--assembly', assembly(member('dora')), '--previous', assembly());
    expect(summary).toMatchObject({ changed: 1, created: 1, passwords: 0, passwordsAgain: 2, unchanged: 3 });
  });

  test('are told where something else changes, too', async () => {
    const grouped = (groups: string[]) =>
      shop({
        users: (stack) => [{ ...member('bob', ...groups), password: UserPassword.fromSecret(new Secret(stack, 'S')) }],
      });
    const { stdout } = await plan('--assembly', grouped(['staff']), '--previous', grouped([]));
    expect(stdout).toContain('  ~ bob\n      + group staff\n      ~ password  set again, out of the secret Shop/S\n');
  });
});

test('a file declares groups, and who may sign in', async () => {
  const file = path.join(temporaryFolder(), 'users.csv');
  writeFileSync(file, 'username,groups,enabled\nalice,staff|beta,false\nbob,staff,true\ncleo,none,\n');
  const { status, stdout } = await plan('--file', file);
  expect(stdout).toContain(
    '  ~ alice (users.csv line 2)\n      ~ disabled\n  ~ bob (users.csv line 3)\n      + group staff\n',
  );
  expect(stdout).toContain('The pool does not have the group none');
  expect(status).toBe(1);
});

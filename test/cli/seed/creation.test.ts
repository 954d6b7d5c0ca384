import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  CompareWith,
  ContactVerification,
  type CreateUsersOptions,
  Invitation,
  MissingUsers,
  SeedEngine,
  SeedSource,
  type SeedUser,
  UserAttributesSeeder,
  UserPassword,
} from '../../../lib';
import { type LocalCognito, startLocalCognito } from '../../support/local-cognito';
import { removeFolders, synthesize, temporaryFolder } from '../support/fixture';
import { planner } from './support/command';
import { ownerGroup, shop } from './support/shop';

let cognito: LocalCognito;
let pool: string;
const plan = (...args: string[]) => planner(cognito, () => pool)(args);
const seederOf = async (...args: string[]) => {
  const { status, stdout } = await plan(...args, '--json');
  const document = JSON.parse(stdout);
  return { status, wouldFail: document.wouldFail, ...document.seeders[0] };
};

beforeAll(async () => {
  cognito = await startLocalCognito();
});
const called = new Set<string>();
afterEach(() => cognito.calls.forEach(({ operation }) => called.add(operation)));
afterAll(async () => {
  await cognito.stop();
  removeFolders();
  expect([...called].sort()).toEqual(['DescribeUserPool', 'ListUsers', 'ListUsersInGroup']);
});
beforeEach(async () => {
  pool = await cognito.createPool();
  await cognito.seedUsers(pool, [{ username: 'alice', attributes: { locale: 'de' } }, { username: 'bob' }]);
  await cognito.createGroup(pool, 'staff');
  cognito.clearCalls();
});

const creating = (options?: CreateUsersOptions) => ({ missingUsers: MissingUsers.create(options) });
const verification = ContactVerification.MARK_VERIFIED;
const inviting = { verification, missingUsers: MissingUsers.create({ invitation: Invitation.email() }) };
const user = (username: string, locale = 'de'): SeedUser => ({ username, attributes: { locale } });

test('whom the pool lacks is created, with all that is declared of them', async () => {
  const assembly = shop({
    users: (stack) => [
      user('alice'),
      { ...user('cleo'), groups: ['staff'], enabled: false, password: UserPassword.generated() },
      { ...user('dora'), password: UserPassword.fromSecret(new Secret(stack, 'Own')) },
      { ...user('emil'), password: UserPassword.fromSecret(Secret.fromSecretNameV2(stack, 'Other', 'shop/emil')) },
      { ...user('fay'), password: UserPassword.temporaryFromSecret(new Secret(stack, 'Temporary')) },
      { ...user('gus'), password: UserPassword.random() },
      user('hans'),
    ],
    ...creating(),
  });
  const { status, stdout } = await plan('--assembly', assembly);
  expect(stdout).toMatch(
    new RegExp(
      [
        '  \\+ cleo',
        '      \\+ locale',
        '      \\+ group staff',
        '      \\+ disabled',
        '      \\+ password  generated, in the secret Shop/People/Password\\w+',
        '  \\+ dora',
        '      \\+ locale',
        '      \\+ password  generated, in the secret Shop/Own',
        '  \\+ emil',
        '      \\+ locale',
        '      \\+ password  out of the secret shop/emil',
        '  \\+ fay',
        '      \\+ locale',
        '      \\+ password  temporary, out of the secret Shop/Temporary',
        '  \\+ gus',
        '      \\+ locale',
        '      \\+ password  random: nobody learns it',
        '  \\+ hans',
        '      \\+ locale',
        "      \\+ password  Cognito's own: nobody learns it",
        '',
        'Plan: 6 users to create, 1 unchanged\\.',
        'It takes \\d+ requests: 2 s at 10 a second, which fits the Lambda engine\\.',
        'Cognito invites nobody\\.',
        '',
      ].join('\n'),
    ),
  );
  expect(stdout).not.toMatch(/alice|would fail/);
  expect(status).toBe(2);
});

test('the same as JSON, with who is invited', async () => {
  const cleo = { username: 'cleo', attributes: { email: 'cleo@secret.example' }, groups: ['staff'] };
  const assembly = shop({ users: [cleo], ...inviting });
  const { status, wouldFail, users, summary, duration, missing } = await seederOf('--assembly', assembly);
  expect(users).toEqual([
    {
      action: 'create',
      username: 'cleo',
      line: null,
      left: false,
      attributes: [
        { name: 'email', action: 'add' },
        { name: 'email_verified', action: 'add' },
      ],
      groups: { join: ['staff'], leave: [] },
      enabled: null,
      password: { kind: 'cognito', again: false },
      invitation: ['EMAIL'],
      messages: [],
    },
  ]);
  expect(summary).toMatchObject({ users: 1, changed: 1, created: 1, deleted: 0, unchanged: 0, missing: 0, invited: 1 });
  expect([missing, duration.engine]).toEqual([[], 'lambda']);
  expect([status, wouldFail]).toEqual([2, false]);
  const { stdout } = await plan('--assembly', assembly);
  expect(stdout).toContain("      + password  Cognito's own, which the invitation tells\n");
  expect(stdout).toContain('      + invitation  Cognito sends it by e-mail\n');
  expect(stdout).toContain('\nCognito invites 1 user by e-mail.\n');
  expect(stdout).not.toContain('secret');
  expect((await plan('--assembly', assembly, '--show-values')).stdout).toContain('+ email: "cleo@secret.example"\n');
});

test.each([
  ['fails where that is declared', MissingUsers.fail(), 1, /would fail\. The pool lacks declared users/],
  ['is left out where that is declared', MissingUsers.skip(), 0, /No changes\. 1 missing \(left out\), 1 unchanged/],
])('whom the pool lacks %s', async (_, missingUsers, expected, words) => {
  const { status, stdout } = await plan('--assembly', shop({ users: [user('alice'), user('cleo')], missingUsers }));
  expect(status).toBe(expected);
  expect(stdout).toMatch(words);
});

test('users and values that are as declared before are not looked for', async () => {
  const former = shop({ users: [user('cleo')], ...creating() });
  const { status, stdout } = await plan('--assembly', former, '--previous', former);
  expect([status, stdout]).toEqual([0, expect.stringContaining('No changes. 1 unchanged.\n')]);
  const latter = shop({ users: [user('alice'), user('cleo', 'fr')], ...creating() });
  const { users } = await seederOf('--assembly', latter, '--previous', former);
  expect(users.map(({ action, username }: any) => [action, username])).toEqual([['create', 'cleo']]);
});

test('where the live pool is compared with, everybody is looked for', async () => {
  const live = { ...creating(), compareWith: CompareWith.LIVE_POOL };
  const assembly = shop({ users: [user('alice'), user('bob'), user('cleo')], ...live });
  const { users, summary } = await seederOf('--assembly', assembly, '--previous', assembly);
  expect(users.map(({ action, username }: any) => [action, username])).toEqual([
    ['change', 'bob'],
    ['create', 'cleo'],
  ]);
  expect(summary).toMatchObject({ changed: 2, created: 1, unchanged: 1 });
});

test('on Step Functions creations, passwords and updates are told apart', async () => {
  const declared = { ...user('cleo'), groups: ['staff'], password: UserPassword.random() };
  const assembly = shop({ users: [declared, user('bob')], ...creating(), engine: SeedEngine.stepFunctions() });
  const { stdout } = await plan('--assembly', assembly);
  expect(stdout).toContain(
    '\nIt takes 1 creation, 1 password and 2 updates, and meanwhile 3 reads: 1 s at 10\na second on Step',
  );
});

describe('who cannot be created for certain', () => {
  const only = (declared: SeedUser, props: object = {}) =>
    shop({ users: [declared], verification, ...creating(), ...props });

  test('has not what the pool requires', async () => {
    pool = await cognito.createPool({ required: ['email'] });
    const { status, stdout } = await plan('--assembly', only(user('cleo')));
    expect(status).toBe(1);
    expect(stdout).toContain('  + cleo\n      ! email  the pool requires it of new users\n      + locale\n');
    expect(stdout).toContain(
      '\nThe deployment would fail. Cognito would refuse email: the pool requires it of\nnew users.\n',
    );
    const { users } = await seederOf('--assembly', only(user('cleo')));
    expect(users[0].attributes).toEqual([{ name: 'locale', action: 'add' }]);
  });

  test('is not called by what the pool’s users sign in with', async () => {
    pool = await cognito.createPool({ usernameAttributes: ['email'] });
    const { status, stdout } = await plan('--assembly', only(user('cleo')));
    expect(status).toBe(1);
    expect(stdout).toContain(
      "  + cleo  the pool's users sign in by their e-mail address, and a new one has to be called",
    );
    expect(stdout).toMatch(/would fail\. Cognito would refuse the names of some new users: the\s+pool's users sign in/);
    const called = { username: 'cleo@example.com', attributes: { locale: 'de' } };
    expect(await seederOf('--assembly', only(called))).toMatchObject({ status: 2, users: [{ action: 'create' }] });
  });

  test('has what the pool’s schema does not have; what is immutable is fine', async () => {
    pool = await cognito.createPool({ customAttributes: { tenant: { mutable: false } } });
    const declared = (custom: Record<string, string>) => ({ username: 'cleo', attributes: { custom } });
    expect((await seederOf('--assembly', only(declared({ tenant: 'one' })))).status).toBe(2);
    const { status, failures } = await seederOf('--assembly', only(declared({ other: 'one' })));
    expect([status, failures]).toEqual([1, ["Cognito would refuse custom:other: the pool's schema does not have it."]]);
  });

  test('is to join a group that is not there', async () => {
    const { status, failures } = await seederOf('--assembly', only({ ...user('cleo'), groups: ['none', 'staff'] }));
    expect([status, failures]).toEqual([
      1,
      ['The pool does not have the group none: create it first, or declare the groupName of a UserPoolGroup.'],
    ]);
  });

  test('is declared twice, where the pool does not tell upper from lower case', async () => {
    pool = await cognito.createPool({ caseSensitive: false });
    const assembly = shop({ users: [user('Cleo'), user('cleo')], ...creating() });
    expect(await seederOf('--assembly', assembly)).toMatchObject({ status: 1, sameUser: [['Cleo', 'cleo']] });
  });
});

test('on such a pool, somebody who is there in other letters is found', async () => {
  pool = await cognito.createPool({ caseSensitive: false });
  await cognito.seedUsers(pool, [{ username: 'Cleo' }]);
  const { users } = await seederOf('--assembly', shop({ users: [user('cLEO')], ...creating() }));
  expect(users).toMatchObject([{ action: 'change', username: 'cLEO' }]);
});

describe('users who have left the declaration', () => {
  const ours = creating({ deleteWhenUndeclared: true });
  const members = () => cognito.calls.filter(({ operation }) => operation === 'ListUsersInGroup').length;

  test('are deleted where the seeder has created them, and the group is read once', async () => {
    const former = shop({ users: [user('alice'), user('bob'), user('zoe')], ...ours });
    await cognito.createGroup(pool, ownerGroup(former), ['bob']);
    const { status, stdout } = await plan('--assembly', shop({ users: [user('cleo')], ...ours }), '--previous', former);
    expect(stdout).toContain(
      '  ~ alice (left the declaration)\n      - locale\n  - bob (left the declaration, created by this seeder)\n  + cleo',
    );
    expect(stdout).toContain(
      '\nPlan: 1 user to create, 1 to change (1 attribute to delete), 1 to delete, 0\nunchanged.\n',
    );
    expect([status, members()]).toEqual([2, 1]);
  });

  test('stay where nobody has created anybody yet', async () => {
    const former = shop({ users: [user('alice'), user('bob')], ...ours });
    const { users } = await seederOf('--assembly', shop({ users: [user('alice')], ...ours }), '--previous', former);
    expect(users).toEqual([]);
  });

  test.each([
    ['without prune', { ...ours, prune: false }],
    ['where it is declared no more', creating()],
  ])('stay %s', async (_, props) => {
    const former = shop({ users: [user('alice'), user('bob')], ...ours });
    await cognito.createGroup(pool, ownerGroup(former), ['bob']);
    const { summary } = await seederOf('--assembly', shop({ users: [user('alice')], ...props }), '--previous', former);
    expect([summary.deleted, members()]).toEqual([0, 0]);
  });

  test('stay where they are declared under another name', async () => {
    pool = await cognito.createPool({ aliases: ['preferred_username'] });
    await cognito.seedUsers(pool, [{ username: 'bob', attributes: { locale: 'de', preferred_username: 'bobby' } }]);
    const former = shop({ users: [user('bob')], ...ours });
    await cognito.createGroup(pool, ownerGroup(former), ['bob']);
    const { users } = await seederOf('--assembly', shop({ users: [user('bobby')], ...ours }), '--previous', former);
    expect(users).toEqual([]);
  });

  test('go with their seeder', async () => {
    const former = shop({ users: [user('alice'), user('bob')], ...ours, removalPolicy: RemovalPolicy.DESTROY });
    await cognito.createGroup(pool, ownerGroup(former), ['bob']);
    const latter = synthesize((app) => void new Stack(app, 'Shop'));
    const { stdout } = await plan('--assembly', latter, '--previous', former);
    expect(stdout).toContain('\nPlan: 1 user to change (1 attribute to delete), 1 to delete, 0 unchanged.\n');
  });

  test('are not known where the name of the group is known at deployment only', async () => {
    const assembly = synthesize((app) => {
      const nested = new NestedStack(new Stack(app, 'Shop'), 'Inner');
      const userPool = UserPool.fromUserPoolId(nested, 'Pool', 'local_unknown');
      new UserAttributesSeeder(nested, 'People', { userPool, source: SeedSource.inline([user('alice')]), ...ours });
    });
    const { status, stdout } = await plan('--assembly', assembly, '--previous', assembly);
    expect(status).toBe(0);
    expect(stdout).toContain('Shop/Inner/People: whom it has created is known at deployment only');
  });
});

test('many users are counted, and some of them listed', async () => {
  const users = Array.from({ length: 60 }, (_, index) => user(`user${index}`));
  const { stdout } = await plan('--assembly', shop({ users, ...creating() }));
  expect(stdout.match(/^ {2}\+ user/gm)).toHaveLength(50);
  expect(stdout).toContain('  … and 10 more users (--all lists them)\n');
  expect(stdout).toContain('\nPlan: 60 users to create, 0 unchanged.\n');
});

test('an object declares new users by their names alone', async () => {
  const object = path.join(temporaryFolder(), 'users.csv');
  const assembly = (missingUsers: MissingUsers) =>
    synthesize((app) => {
      const stack = new Stack(app, 'Shop');
      const userPool = UserPool.fromUserPoolId(stack, 'Pool', 'local_unknown');
      const bucket = Bucket.fromBucketName(stack, 'Bucket', 'exports');
      const source = SeedSource.fromBucket(bucket, 'users.csv', { version: '1' });
      new UserAttributesSeeder(stack, 'People', { userPool, source, missingUsers });
    });
  writeFileSync(object, 'username\nalice\ncleo\n');
  const { status, users } = await seederOf('--assembly', assembly(MissingUsers.create()), '--object', object);
  expect([status, users.map(({ username }: any) => username)]).toEqual([2, ['cleo']]);
  const { stderr } = await plan('--assembly', assembly(MissingUsers.skip()), '--object', object);
  expect(stderr).toContain('users.csv has 1 mistake\n');
  writeFileSync(object, 'username\nalice\nalice\n');
  const twice = await plan('--assembly', assembly(MissingUsers.create()), '--object', object);
  expect(twice.stderr).toContain('users.csv has 1 mistake\n  users.csv line 3: the user is declared more than once');
});

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { CreateUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { type LocalCognito, startLocalCognito } from '../../support/local-cognito';
import { removeFolders, temporaryFolder } from '../support/fixture';
import { planner } from './support/command';

let cognito: LocalCognito;
let pool: string;
let folder: string;
const plan = (...args: string[]) => planner(cognito, () => pool)(args, { cwd: folder });

const file = (name: string, text: string): string => {
  writeFileSync(path.join(folder, name), name.endsWith('.gz') ? gzipSync(text) : text);
  return name;
};

beforeAll(async () => {
  cognito = await startLocalCognito();
});
afterAll(async () => {
  // Nobody is counted as active, and nobody is changed, whatever is planned.
  const called = new Set(cognito.calls.map(({ operation }) => operation));
  await cognito.stop();
  removeFolders();
  expect([...called].sort()).toEqual(['DescribeUserPool', 'ListUsers']);
});
beforeEach(async () => {
  folder = temporaryFolder();
  pool = await cognito.createPool({
    autoVerified: ['email'],
    customAttributes: { plan: {}, tenant: { mutable: false } },
  });
  await cognito.seedUsers(pool, [
    { username: 'alice', attributes: { locale: 'en', nickname: 'secret-al' } },
    { username: 'bob', attributes: { 'custom:plan': 'secret-trial', email: 'bob@secret.example' } },
    { username: 'cleo', attributes: { locale: 'de' } },
  ]);
});

const DECLARED = ['username,locale,custom:plan,nickname', 'alice,de,secret-pro,', 'bob,,secret-pro,', 'cleo,de,,', ''];

test('what a deployment would change is listed by user and attribute, and never by value', async () => {
  file('users.csv', DECLARED.join('\n'));
  const { status, stdout, stderr } = await plan('--file', 'users.csv', '--blank-cells', 'delete');
  expect(stdout).toBe(
    [
      '+ added, ~ changed, - deleted, ! fails, ? known at deployment only',
      '',
      `users.csv  user pool ${pool} (local)`,
      '',
      '  ~ alice (users.csv line 2)',
      '      + custom:plan',
      '      ~ locale',
      '      - nickname',
      '  ~ bob (users.csv line 3)',
      '      ~ custom:plan',
      '',
      'Plan: 2 users to change (1 attribute to add, 2 to change, 1 to delete), 1',
      'unchanged.',
      'It takes 6 updates: 1 s at 10 a second on Step Functions; 1 s on the Lambda',
      'engine.',
      '',
      'Compared with the pool alone. With --previous, the plan also shows what has left',
      'the declaration, and leaves out users who are declared as before, whom a',
      'deployment leaves alone.',
      '',
      "Values are not checked against the pool's schema (its types, ranges and",
      'lengths); names and mutability are.',
      '',
    ].join('\n'),
  );
  expect([status, stderr]).toEqual([2, '']);
});

test('values are shown where they are asked for, and nowhere else', async () => {
  file('users.csv', DECLARED.join('\n'));
  for (const args of [[], ['--json'], ['--previous', 'users.csv']]) {
    const { stdout, stderr } = await plan('--file', 'users.csv', ...args);
    expect(stdout + stderr).not.toContain('secret');
  }
  const shown = await plan('--file', 'users.csv', '--show-values');
  expect(shown.stdout).toContain('      ~ custom:plan: "secret-trial" -> "secret-pro"\n');
  expect(shown.stdout).toContain('      + custom:plan: "secret-pro"\n');
  const { stdout } = await plan('--file', 'users.csv', '--show-values', '--json');
  expect(JSON.parse(stdout).seeders[0].users[1].attributes).toEqual([
    { name: 'custom:plan', action: 'change', before: 'secret-trial', after: 'secret-pro' },
  ]);
});

/** What happens to a user who is there, beside their name. */
const CHANGE = {
  action: 'change',
  left: false,
  groups: { join: [], leave: [] },
  enabled: null,
  password: null,
  invitation: [],
  messages: [],
};

test('one JSON document holds the plan', async () => {
  file('users.csv', DECLARED.join('\n'));
  const { status, stdout } = await plan('--file', 'users.csv', '--json');
  expect(status).toBe(2);
  expect(JSON.parse(stdout)).toEqual({
    changes: true,
    wouldFail: false,
    seeders: [
      {
        seeder: 'users.csv',
        stack: null,
        userPoolId: pool,
        source: 'file',
        file: 'users.csv',
        removed: false,
        comparedWithPrevious: false,
        users: [
          {
            ...CHANGE,
            username: 'alice',
            line: 2,
            attributes: [
              { name: 'custom:plan', action: 'add' },
              { name: 'locale', action: 'change' },
            ],
          },
          { ...CHANGE, username: 'bob', line: 3, attributes: [{ name: 'custom:plan', action: 'change' }] },
        ],
        missing: [],
        sameUser: [],
        knownAtDeployment: [],
        wouldFail: false,
        failures: [],
        summary: {
          users: 3,
          changed: 2,
          created: 0,
          deleted: 0,
          attributes: { add: 1, change: 2, delete: 0, restore: 0 },
          groups: { join: 0, leave: 0 },
          enabled: 0,
          disabled: 0,
          passwords: 0,
          passwordsAgain: 0,
          kept: 0,
          missing: 0,
          unchanged: 1,
          messaged: 0,
          invited: 0,
          knownAtDeployment: 0,
        },
        duration: {
          requestsPerSecond: 10,
          engine: null,
          lambda: { requests: 5, seconds: 0.5, fits: true },
          stepFunctions: { updates: 3, creations: 0, passwords: 0, reads: 0, seconds: 0.3, fits: true },
        },
      },
    ],
    notPlanned: [],
  });
});

test('no changes', async () => {
  file('users.jsonl.gz', '{"username":"cleo","attributes":{"locale":"de"}}\n');
  const { status, stdout } = await plan('--file', 'users.jsonl.gz');
  expect([status, stdout]).toEqual([0, expect.stringContaining('\nNo changes. 1 unchanged.\n')]);
  const json = await plan('--file', 'users.jsonl.gz', '--json');
  expect([json.status, JSON.parse(json.stdout).changes]).toEqual([0, false]);
});

test('whom the pool lacks is named, and that the deployment would fail', async () => {
  file('users.csv', 'username,locale\ncleo,de\nnobody,de\n');
  const { status, stdout } = await plan('--file', 'users.csv');
  expect(status).toBe(1);
  expect(stdout).toContain('  ! nobody (users.csv line 3): the pool has no such user\n');
  expect(stdout).toContain('\nPlan: 1 missing, 1 unchanged.\n');
  expect(stdout).toContain('The deployment would fail. The pool lacks declared users');
  const json = await plan('--file', 'users.csv', '--json');
  expect([json.status, JSON.parse(json.stdout)]).toMatchObject([
    1,
    { wouldFail: true, seeders: [{ wouldFail: true }] },
  ]);
});

test('what Cognito would refuse by the schema is told', async () => {
  file('users.csv', 'username,custom:tenant,custom:other\nalice,one,two\n');
  const { stdout } = await plan('--file', 'users.csv');
  expect(stdout).toContain("      + custom:other  the pool's schema does not have it\n");
  expect(stdout).toContain('      + custom:tenant  it is immutable: Cognito takes it at creation alone\n');
  expect(stdout.match(/The deployment would fail\./g)).toHaveLength(2);
});

test.each([
  ['send-message', 'Cognito sends a code', ['email']],
  ['SEND_MESSAGE', 'Cognito sends a code', ['email']],
  ['mark-verified', undefined, []],
  ['MARK_VERIFIED', undefined, []],
])('%s: who would be messaged is marked', async (verification, mark, messages) => {
  file('users.csv', 'username,email\nbob,new@secret.example\ncleo,\n');
  const args = ['--file', 'users.csv', '--verification', verification];
  const { stdout } = await plan(...args);
  if (mark) expect(stdout).toContain(`      ~ email  ${mark}\n`);
  else expect(stdout).not.toContain('Cognito sends');
  const json = JSON.parse((await plan(...args, '--json')).stdout).seeders[0];
  expect(json.users.map((user: any) => user.messages)).toEqual([messages]);
  expect(json.summary.messaged).toBe(messages.length);
});

describe('the former declaration', () => {
  test('what left it is deleted where it still has the declared value, and who is declared as before is left alone', async () => {
    file('old.csv', 'username,locale,nickname\nalice,en,another\nbob,de,\ncleo,de,\n');
    file('new.csv', 'username,locale\nbob,de\n');
    const { status, stdout } = await plan('--file', 'new.csv', '--previous', 'old.csv');
    expect(status).toBe(2);
    expect(stdout).toContain('  ~ alice (left the declaration)\n      - locale\n  ~ cleo (left the declaration)\n');
    expect(stdout).toContain('\nPlan: 2 users to change (2 attributes to delete), 1 unchanged.\n');
    expect(stdout).not.toMatch(/nickname|bob|Compared with the pool alone/);
  });

  test('a user who is declared under another name now loses only what is declared no more', async () => {
    const emails = await cognito.createPool({ usernameAttributes: ['email'] });
    const username = await cognito.createUser(emails, 'ann@example.com', {
      email: 'ann@example.com',
      locale: 'de',
      nickname: 'Ann',
    });
    file('old.csv', 'username,locale,nickname\nann@example.com,de,Ann\n');
    file('new.csv', `username,locale\n${username},de\n`);
    const planEmails = planner(cognito, () => emails);
    const { stdout } = await planEmails(['--file', 'new.csv', '--previous', 'old.csv'], { cwd: folder });
    expect(stdout).toContain('  ~ ann@example.com (left the declaration)\n      - nickname\n\n');
  });
});

describe('names', () => {
  test('users are found by the address with which they sign in', async () => {
    pool = await cognito.createPool({ usernameAttributes: ['email'] });
    await cognito.createUser(pool, 'ann@example.com', { email: 'ann@example.com', email_verified: 'true' });
    file('users.csv', 'username,locale\nann@example.com,de\nben@example.com,de\n');
    const { stdout } = await plan('--file', 'users.csv');
    expect(stdout).toContain('  ~ ann@example.com (users.csv line 2)\n      + locale\n  ! ben@example.com');
  });

  test('upper and lower case are one where the pool says so, and names are shown as declared', async () => {
    const { UserPool } = await cognito
      .client(cognito.directEndpoint)
      .send(new CreateUserPoolCommand({ PoolName: 'insensitive', UsernameConfiguration: { CaseSensitive: false } }));
    pool = UserPool!.Id!;
    await cognito.seedUsers(pool, [{ username: 'Ann', attributes: { locale: 'en' } }]);
    file('users.csv', 'username,locale\naNN,de\n');
    const { stdout } = await plan('--file', 'users.csv');
    expect(stdout).toContain('  ~ aNN (users.csv line 2)\n      ~ locale\n');
  });

  test('two names of one user make the deployment fail', async () => {
    pool = await cognito.createPool({ usernameAttributes: ['email'] });
    const username = await cognito.createUser(pool, 'ann@example.com', { email: 'ann@example.com' });
    file('users.csv', `username,locale\nann@example.com,de\n${username},de\n`);
    const { status, stdout } = await plan('--file', 'users.csv', '--json');
    const [seeder] = JSON.parse(stdout).seeders;
    expect([status, seeder.sameUser.map((names: string[]) => names.sort())]).toEqual([
      1,
      [['ann@example.com', username].sort()],
    ]);
    expect(seeder.failures).toHaveLength(1);
  });

  test('what would move the cursor of a terminal is told by its number', async () => {
    file('users.jsonl', '{"username":"x\\u009by","attributes":{"locale":"de"}}\n');
    const { stdout, stderr } = await plan('--file', 'users.jsonl');
    expect(stdout + stderr).not.toContain('\u009b');
  });
});

describe('many users', () => {
  beforeEach(async () => {
    const users = Array.from({ length: 150 }, (_, index) => ({ username: `user${index}`, attributes: {} }));
    await cognito.seedUsers(pool, users);
    file('users.csv', `username,locale\n${users.map(({ username }) => `${username},de\n`).join('')}`);
  });
  const listed = (stdout: string) => stdout.match(/^ {2}~ user/gm)!.length;

  test('all pages are read, and fifty users are listed', async () => {
    cognito.clearCalls();
    const { stdout } = await plan('--file', 'users.csv');
    expect(cognito.calls.map(({ operation }) => operation)).toEqual([
      'DescribeUserPool',
      ...Array(3).fill('ListUsers'),
    ]);
    expect(listed(stdout)).toBe(50);
    expect(stdout).toContain('  … and 100 more users to change (--all lists them)\n');
    expect(stdout).toContain('\nPlan: 150 users to change (150 attributes to add), 0 unchanged.\n');
  });

  test('more or fewer of them on demand', async () => {
    expect(listed((await plan('--file', 'users.csv', '--all')).stdout)).toBe(150);
    expect(listed((await plan('--file', 'users.csv', '--limit', '3')).stdout)).toBe(3);
    expect(JSON.parse((await plan('--file', 'users.csv', '--json')).stdout).seeders[0].users).toHaveLength(150);
  });
});

test('mistakes in a file are told by line, without values', async () => {
  file('users.csv', 'username,locale,email\nalice,de,secret@example.com\nbob\nalice,en,\n');
  const { status, stdout, stderr } = await plan('--file', 'users.csv');
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(
    /^cdk-cognito-seed: users\.csv has \d mistakes\n {2}users\.csv line 2, attribute 'email': nothing/,
  );
  expect(stderr).toMatch(/users\.csv line 3: /);
  expect(stderr).not.toContain('secret');
});

test('a mistake of many lines is told once, with the option that corrects it', async () => {
  const rows = Array.from({ length: 600 }, (_, index) => `user${index},user${index}@secret.example\n`);
  file('users.csv', `username,email\n${rows.join('')}user0,\n`);
  const { status, stderr } = await plan('--file', 'users.csv');
  const [head, ...lines] = stderr.trimEnd().split('\n');
  expect([status, head]).toEqual([1, expect.stringMatching(/users\.csv has 60[01] mistakes$/)]);
  expect(lines[0]).toContain("  users.csv line 2 and 599 more, attribute 'email': ");
  expect(lines[0]).toMatch(/--verification mark-verified .* or send-message/);
  expect(lines[0]).not.toContain('ContactVerification');
  expect(lines.length).toBeLessThan(3);
});

test('`DELETE` is `delete`', async () => {
  file('users.csv', DECLARED.join('\n'));
  const { stdout } = await plan('--file', 'users.csv', '--blank-cells', 'DELETE');
  expect(stdout).toContain('      - nickname\n');
  expect((await plan('--file', 'users.csv', '--blank-cells', 'LEAVE_ALONE')).stdout).not.toContain('- nickname');
});

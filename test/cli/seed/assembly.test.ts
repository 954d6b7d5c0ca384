import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AdminAddUserToGroupCommand, CreateGroupCommand } from '@aws-sdk/client-cognito-identity-provider';
import { type App, CfnParameter, NestedStack, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { MissingUsers, SeedEngine, SeedSource, UserAttributesSeeder, UserSelector } from '../../../lib';
import { type LocalCognito, startLocalCognito } from '../../support/local-cognito';
import { projectOf, removeFolders, synthesize, temporaryFolder } from '../support/fixture';
import { planner, run } from './support/command';

let cognito: LocalCognito;
let pool: string;
const plan = (...args: string[]) => planner(cognito, () => pool)(args);
const seedersOf = async (...args: string[]) => {
  const { status, stdout, stderr } = await plan(...args, '--json');
  return { status, stderr, seeders: stdout === '' ? [] : JSON.parse(stdout).seeders };
};

beforeAll(async () => {
  cognito = await startLocalCognito();
  pool = await cognito.createPool();
  await cognito.seedUsers(pool, [
    { username: 'alice', attributes: { locale: 'en', nickname: 'Al' } },
    { username: 'bob', attributes: { locale: 'de' } },
    { username: 'cleo' },
  ]);
  const client = cognito.client();
  await client.send(new CreateGroupCommand({ UserPoolId: pool, GroupName: 'staff' }));
  for (const Username of ['alice', 'bob']) {
    await client.send(new AdminAddUserToGroupCommand({ UserPoolId: pool, GroupName: 'staff', Username }));
  }
  cognito.clearCalls();
});
afterAll(async () => {
  const called = new Set(cognito.calls.map(({ operation }) => operation));
  await cognito.stop();
  removeFolders();
  expect([...called].sort()).toEqual(['DescribeUserPool', 'ListUsers', 'ListUsersInGroup']);
});

const users = (text: string): string => {
  const file = path.join(temporaryFolder(), 'users.csv');
  writeFileSync(file, text);
  return file;
};

const inline = (declared: Record<string, Record<string, string>>) =>
  SeedSource.inline(Object.entries(declared).map(([username, attributes]) => ({ username, attributes })));

const shop = (define: (stack: Stack, userPool: UserPool) => void) =>
  synthesize((app: App) => {
    const stack = new Stack(app, 'Shop');
    define(stack, new UserPool(stack, 'Pool'));
  });

test('a file is found by its asset, a group is read from the pool, and a nested stack is looked into', async () => {
  const assembly = shop((stack, userPool) => {
    new UserAttributesSeeder(stack, 'File', {
      userPool,
      source: SeedSource.csv(users('username,locale\nalice,de\nbob,de\n')),
    });
    new UserAttributesSeeder(stack, 'Rule', {
      userPool,
      source: SeedSource.existingUsers(UserSelector.inGroup('staff'), { nickname: 'Al' }),
    });
    new UserAttributesSeeder(new NestedStack(stack, 'Inner'), 'Inline', {
      userPool,
      source: inline({ cleo: { locale: 'de' }, nobody: { locale: 'de' } }),
      missingUsers: MissingUsers.skip(),
    });
  });
  const { status, seeders } = await seedersOf('--assembly', assembly);
  expect(status).toBe(2);
  const found = seeders.map((seeder: any) => [
    seeder.seeder,
    seeder.source,
    seeder.users.map(({ username, line }: any) => [username, line]),
    seeder.missing.length,
    seeder.failures,
  ]);
  expect(found).toEqual([
    ['Shop/File', 'file', [['alice', 2]], 0, []],
    ['Shop/Rule', 'existing', [['bob', null]], 0, []],
    ['Shop/Inner/Inline', 'inline', [['cleo', null]], 1, []],
  ]);
  const { stdout } = await plan('--assembly', assembly);
  expect(stdout).toContain('\nIn all 3 seeders: 3 users to change, 1 missing, 2 unchanged.\n');
});

test('a role that functions take on is none of the command’s, known or not, and it says so', async () => {
  const assembly = shop((stack, userPool) => {
    const { valueAsString } = new CfnParameter(stack, 'RoleArn');
    const poolRole = Role.fromRoleArn(stack, 'Role', valueAsString);
    new UserAttributesSeeder(stack, 'Seeder', { userPool, poolRole, source: inline({ alice: { locale: 'de' } }) });
  });
  const { status, stdout, stderr } = await plan('--assembly', assembly);
  expect([status, stderr]).toEqual([2, '']);
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    'poolRole is not taken on: the pool is read with your own credentials.',
  );
});

test('skipping whom the pool lacks is no change', async () => {
  const assembly = shop((stack, userPool) => {
    const missingUsers = MissingUsers.skip();
    new UserAttributesSeeder(stack, 'Seeder', { userPool, source: inline({ nobody: { locale: 'de' } }), missingUsers });
  });
  const { status, stdout } = await plan('--assembly', assembly);
  expect([status, stdout]).toEqual([0, expect.stringContaining('No changes. 1 missing (left out), 0 unchanged.\n')]);
});

test('who cannot be planned is told: what is declared is known at deployment only', async () => {
  const assembly = shop((stack, userPool) => {
    const { valueAsString } = new CfnParameter(stack, 'Nickname');
    const source = inline({
      alice: { nickname: valueAsString, locale: 'de' },
      bob: { locale: 'de' },
      [valueAsString]: { locale: 'de' },
    });
    new UserAttributesSeeder(stack, 'Seeder', { userPool, source });
    const rule = SeedSource.existingUsers(UserSelector.all(), { locale: 'de', nickname: valueAsString });
    new UserAttributesSeeder(stack, 'Rule', { userPool, source: rule });
  });
  const { status, stdout } = await plan('--assembly', assembly);
  expect(status).toBe(2);
  expect(stdout).toContain('  ? alice: nickname is known at deployment only\n');
  expect(stdout).toContain('  ? Shop.Nickname: the name is known at deployment only\n');
  expect(stdout).toContain('\nPlan: 2 known at deployment only, 1 unchanged.\n');
  expect(stdout).toContain('  ? every user: nickname is known at deployment only\n');
  expect(stdout).toContain('1 to change), values known at\ndeployment only, 1 unchanged.\n');
});

describe('several pools', () => {
  const assembly = () =>
    synthesize((app) => {
      for (const name of ['Beta', 'Live']) {
        const stack = new Stack(new Stage(app, name), 'Shop');
        const source = inline({ [name === 'Beta' ? 'alice' : 'bob']: { locale: 'fr' } });
        new UserAttributesSeeder(stack, 'Seeder', { userPool: new UserPool(stack, 'Pool'), source });
      }
    });

  test('one has to be chosen', async () => {
    const { status, stderr } = await plan('--assembly', assembly());
    expect(status).toBe(1);
    expect(stderr).toBe(
      'cdk-cognito-seed: --user-pool-id is one pool, and the seeders have several: choose with --stack or --seeder among Beta/Shop/Seeder (Beta/Shop/Pool), Live/Shop/Seeder (Live/Shop/Pool)\n',
    );
  });

  test.each([
    ['--stack', 'Live/Shop'],
    ['--stack', 'Live-Shop'],
    ['--seeder', 'Live/Shop/Seeder'],
  ])('by %s %s', async (option, value) => {
    const { seeders } = await seedersOf('--assembly', assembly(), option, value);
    expect(seeders.map(({ seeder, users: [{ username }] }: any) => [seeder, username])).toEqual([
      ['Live/Shop/Seeder', 'bob'],
    ]);
  });

  test('one that there is not', async () => {
    const { status, stderr } = await plan('--assembly', assembly(), '--seeder', 'Other');
    expect([status, stderr]).toEqual([1, expect.stringContaining('it has Beta/Shop/Seeder, Live/Shop/Seeder')]);
  });
});

test('a pool whose id stands in the template need not be named', async () => {
  const assembly = synthesize((app) => {
    const stack = new Stack(app, 'Shop');
    const userPool = UserPool.fromUserPoolId(stack, 'Pool', pool);
    new UserAttributesSeeder(stack, 'Seeder', { userPool, source: inline({ bob: { locale: 'de' } }) });
  });
  const { status, stdout } = await run(['plan', '--endpoint-url', cognito.endpoint, '--assembly', assembly]);
  expect([status, stdout]).toEqual([0, expect.stringContaining(pool)]);
});

test('the app of cdk.json is run, and cdk.out comes before it', async () => {
  const made = (locale: string) =>
    shop((stack, userPool) => {
      new UserAttributesSeeder(stack, 'Seeder', { userPool, source: inline({ bob: { locale } }) });
    });
  const cwd = projectOf(made('fr'));
  const planHere = planner(cognito, () => pool);
  expect((await planHere([], { cwd })).status).toBe(2);
  const { status } = await planHere(['--app', made('de')], { cwd });
  expect(status).toBe(0);
});

describe('the former assembly', () => {
  const former = () =>
    shop((stack, userPool) => {
      new UserAttributesSeeder(stack, 'Seeder', {
        userPool,
        source: inline({ alice: { locale: 'en', nickname: 'Al' } }),
      });
      new UserAttributesSeeder(stack, 'Gone', {
        userPool,
        source: inline({ bob: { locale: 'de' } }),
        removalPolicy: RemovalPolicy.DESTROY,
      });
    });
  const latter = (prune = true) =>
    shop((stack, userPool) => {
      new UserAttributesSeeder(stack, 'Seeder', { userPool, source: inline({ alice: { locale: 'en' } }), prune });
    });

  test('what left the declaration is deleted, and so is what a removed seeder declared', async () => {
    const { seeders } = await seedersOf('--assembly', latter(), '--previous', former());
    const found = seeders.map(({ seeder, removed, users: [user] }: any) => [
      seeder,
      removed,
      user.username,
      user.attributes,
    ]);
    expect(found).toEqual([
      ['Shop/Seeder', false, 'alice', [{ name: 'nickname', action: 'delete' }]],
      ['Shop/Gone', true, 'bob', [{ name: 'locale', action: 'delete' }]],
    ]);
  });

  test('nothing is deleted without prune', async () => {
    const args = ['--assembly', latter(false), '--previous', former(), '--seeder', 'Seeder'];
    expect(await plan(...args)).toMatchObject({ status: 0 });
  });
});

describe('an engine on Step Functions', () => {
  const assembly = (context: object = {}) =>
    synthesize((app) => {
      for (const [key, value] of Object.entries(context)) app.node.setContext(key, value);
      const stack = new Stack(app, 'Shop');
      new UserAttributesSeeder(stack, 'People', {
        userPool: new UserPool(stack, 'Pool'),
        source: inline({ alice: { locale: 'fr' }, nobody: { locale: 'fr' } }),
        engine: SeedEngine.stepFunctions({ toleratedFailures: 1 }),
      });
    });

  test.each([
    ['in the template', {}],
    ['in the manifest alone', { 'aws:cdk:enable-path-metadata': false }],
  ])('a seeder is called by its path, which stands %s', async (_, context) => {
    const { status, seeders } = await seedersOf('--assembly', assembly(context), '--seeder', 'Shop/People');
    expect(seeders).toMatchObject([
      {
        seeder: 'Shop/People',
        // Missing users are written to before anybody knows.
        duration: { engine: 'step-functions', stepFunctions: { updates: 2, reads: 0 } },
        wouldFail: false,
      },
    ]);
    expect(status).toBe(2);
  });
});

describe('seeders that cannot be planned', () => {
  const assembly = (locale: string, others: Record<string, string> = {}) =>
    shop((stack, userPool) => {
      const { valueAsString } = new CfnParameter(stack, 'Group');
      const object = SeedSource.fromBucket(new Bucket(stack, 'Bucket'), 'users.csv', { checksum: 'a'.repeat(64) });
      const rule = SeedSource.existingUsers(UserSelector.inGroup(valueAsString), { nickname: 'Al' });
      new UserAttributesSeeder(stack, 'Object', { userPool, source: object });
      new UserAttributesSeeder(stack, 'Rule', { userPool, source: rule });
      new UserAttributesSeeder(stack, 'Inline', { userPool, source: inline({ bob: { locale, ...others } }) });
    });

  test('do not keep the others from it', async () => {
    const { status, stdout } = await plan('--assembly', assembly('fr'));
    expect(status).toBe(2);
    expect(stdout).toContain('  ~ bob\n');
    expect(stdout).toContain('\nShop/Object\nNot planned: Shop/Object reads its users from the object users.csv');
    expect(stdout).toContain('\nShop/Rule\nNot planned: Shop/Rule has a rule whose group is known at deployment only');
    expect(stdout).toContain('\nIn all 3 seeders: 1 user to change, 0 unchanged, 2 seeders not planned.\n');
    const json = await plan('--assembly', assembly('fr'), '--json');
    expect(JSON.parse(json.stdout).notPlanned).toMatchObject([
      { seeder: 'Shop/Object', wouldFail: false, reasons: [expect.stringContaining('--object FILE')] },
      { seeder: 'Shop/Rule', wouldFail: false },
    ]);
  });

  test('are no success where nothing else changes', async () => {
    const { status, stdout } = await plan('--assembly', assembly('de'));
    expect([status, stdout]).toEqual([1, expect.stringContaining('no changes, 2 seeders not planned.\n')]);
  });

  test('by mistakes in their file would fail', async () => {
    const object = users('username,locale\nalice,de\nalice,fr\n');
    const { status, stdout } = await plan('--assembly', assembly('fr'), '--object', object);
    expect([status, stdout]).toEqual([1, expect.stringContaining('Not planned: users.csv has ')]);
    const json = JSON.parse((await plan('--assembly', assembly('fr'), '--object', object, '--json')).stdout);
    expect(json).toMatchObject({ wouldFail: true, seeders: [{ wouldFail: false }] });
    expect(json.notPlanned.map(({ seeder, wouldFail }: any) => [seeder, wouldFail])).toEqual([
      ['Shop/Rule', false],
      ['Shop/Object', true],
    ]);
  });

  test('are not taken for removed, and neither are their former selves', async () => {
    const args = ['--assembly', assembly('fr'), '--previous', assembly('de')];
    const { seeders } = await seedersOf(...args);
    expect(seeders.map(({ seeder, comparedWithPrevious }: any) => [seeder, comparedWithPrevious])).toEqual([
      ['Shop/Inline', true],
    ]);
  });
});

test('a former declaration that stands in a bucket is told not to be shown', async () => {
  const seeder = (source: (stack: Stack) => SeedSource) =>
    shop((stack, userPool) => void new UserAttributesSeeder(stack, 'Seeder', { userPool, source: source(stack) }));
  const former = seeder((stack) =>
    SeedSource.fromBucket(new Bucket(stack, 'Bucket'), 'users.csv', { checksum: 'a'.repeat(64) }),
  );
  const latter = seeder(() => inline({ bob: { locale: 'fr' } }));
  const { status, stdout } = await plan('--assembly', latter, '--previous', former);
  expect([status, stdout]).toEqual([2, expect.stringContaining('Shop/Seeder: its former declaration cannot be read')]);
});

test('another engine is another resource: the former one is removed', async () => {
  const seeder = (engine: SeedEngine) =>
    shop((stack, userPool) => {
      const removalPolicy = RemovalPolicy.DESTROY;
      new UserAttributesSeeder(stack, 'Seeder', {
        userPool,
        source: inline({ bob: { locale: 'de' } }),
        engine,
        removalPolicy,
      });
    });
  const args = ['--assembly', seeder(SeedEngine.stepFunctions()), '--previous', seeder(SeedEngine.lambda())];
  const { seeders } = await seedersOf(...args);
  const found = seeders.map(({ seeder: title, removed, comparedWithPrevious }: any) => [
    title,
    removed,
    comparedWithPrevious,
  ]);
  expect(found).toEqual([
    ['Shop/Seeder', false, false],
    ['Shop/Seeder', true, true],
  ]);
});

describe('all seeders are gone', () => {
  const former = (removalPolicy: RemovalPolicy) =>
    shop((stack, userPool) => {
      new UserAttributesSeeder(stack, 'Gone', { userPool, source: inline({ bob: { locale: 'de' } }), removalPolicy });
    });
  const latter = () => shop(() => undefined);

  test('what they have set goes with them', async () => {
    const { status, seeders } = await seedersOf('--assembly', latter(), '--previous', former(RemovalPolicy.DESTROY));
    expect([status, seeders]).toMatchObject([
      2,
      [{ seeder: 'Shop/Gone', removed: true, users: [{ username: 'bob' }] }],
    ]);
  });

  test('or stays', async () => {
    const { status, stdout } = await plan('--assembly', latter(), '--previous', former(RemovalPolicy.RETAIN));
    expect([status, stdout]).toEqual([0, 'No changes. The seeders that are gone leave the users as they are.\n']);
  });

  test('without a former assembly, that is an error', async () => {
    expect(await plan('--assembly', latter())).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('has a UserAttributesSeeder'),
    });
  });
});

describe('an object of a bucket', () => {
  const assembly = (checksum = 'a'.repeat(64)) =>
    shop((stack, userPool) => {
      const source = SeedSource.fromBucket(new Bucket(stack, 'Bucket'), 'users.csv', { checksum });
      new UserAttributesSeeder(stack, 'Seeder', { userPool, source });
    });

  test('is asked for', async () => {
    const { status, stderr } = await plan('--assembly', assembly());
    expect([status, stderr]).toEqual([
      1,
      'cdk-cognito-seed: Shop/Seeder reads its users from the object users.csv of the bucket Shop/Bucket: download it, and pass --object FILE\n',
    ]);
  });

  test('is read from its copy, which must be the declared one', async () => {
    const object = users('username,locale\nalice,de\n');
    const checksum = createHash('sha256').update(readFileSync(object)).digest('hex');
    expect(await plan('--assembly', assembly(checksum), '--object', object)).toMatchObject({ status: 2, stderr: '' });
    const { status, stderr } = await plan('--assembly', assembly(), '--object', object);
    expect([status, stderr]).toEqual([1, expect.stringContaining('the object is another than declared')]);
  });
});

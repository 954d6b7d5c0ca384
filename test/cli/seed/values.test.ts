import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ExistingValues, FormerValues } from '../../../lib';
import { type LocalCognito, startLocalCognito } from '../../support/local-cognito';
import { removeFolders, synthesize } from '../support/fixture';
import { planner } from './support/command';
import { shop } from './support/shop';

let cognito: LocalCognito;
let pool: string;
const plan = (...args: string[]) => planner(cognito, () => pool)(args);
const seederOf = async (...args: string[]) => {
  const { status, stdout } = await plan(...args, '--json');
  return { status, ...JSON.parse(stdout).seeders[0] };
};

beforeAll(async () => {
  cognito = await startLocalCognito();
  pool = await cognito.createPool();
  await cognito.seedUsers(pool, [
    { username: 'alice', attributes: { locale: 'en', nickname: 'Al' } },
    { username: 'bob', attributes: { locale: 'de' } },
    { username: 'cleo' },
  ]);
});
afterAll(async () => {
  await cognito.stop();
  removeFolders();
});

const everybody = (attributes: object) => ['alice', 'bob', 'cleo'].map((username) => ({ username, attributes }));

describe('values that users have already', () => {
  const users = everybody({ locale: 'de', nickname: 'New' });
  const changed = ({ users: entries }: any) =>
    entries.map(({ username, attributes }: any) => [username, attributes.map(({ name }: any) => name)]);

  test('are kept, and counted', async () => {
    const assembly = shop({ users, existingValues: ExistingValues.KEEP });
    const seeder = await seederOf('--assembly', assembly);
    expect(changed(seeder)).toEqual([
      ['bob', ['nickname']],
      ['cleo', ['locale', 'nickname']],
    ]);
    expect(seeder.summary).toMatchObject({ changed: 2, unchanged: 1, kept: 2 });
    const { stdout } = await plan('--assembly', assembly);
    expect(stdout).toContain('\nPlan: 2 users to change (3 attributes to add), 1 unchanged, 2 values kept.\n');
  });

  test('are kept of some attributes', async () => {
    const seeder = await seederOf('--assembly', shop({ users, existingValues: ExistingValues.keeping('nickname') }));
    expect(changed(seeder)[0]).toEqual(['alice', ['locale']]);
    expect(seeder.summary.kept).toBe(1);
  });

  test('of everybody are no changes', async () => {
    const declared = [{ username: 'alice', attributes: { locale: 'fr' } }];
    const { status, stdout } = await plan('--assembly', shop({ users: declared, existingValues: ExistingValues.KEEP }));
    expect([status, stdout]).toEqual([0, expect.stringContaining('\nNo changes. 1 unchanged, 1 value kept.\n')]);
  });
});

describe('values that users had before', () => {
  const restoring = { formerValues: FormerValues.RESTORE };
  const former = (props: object = restoring) => shop({ users: everybody({ locale: 'de' }), ...props });
  const NOTE = 'Shop/People: values from before come back where they are remembered';

  test('come back, whatever they are', async () => {
    const latter = shop({ users: everybody({ locale: 'de' }).slice(2), ...restoring });
    const { status, stdout } = await plan('--assembly', latter, '--previous', former());
    expect(stdout).toContain(
      '  ~ bob (left the declaration)\n      ~ locale  back to what it was, where that is remembered\n',
    );
    expect(stdout).toContain('\nPlan: 1 user to change (1 attribute to restore), 1 unchanged.\n');
    expect([status, stdout]).toEqual([2, expect.stringContaining(NOTE)]);
    const { users } = await seederOf('--assembly', latter, '--previous', former());
    expect(users[0].attributes).toEqual([{ name: 'locale', action: 'restore' }]);
  });

  test('come back when their seeder goes', async () => {
    const gone = synthesize((app) => void new Stack(app, 'Shop'));
    const props = { ...restoring, removalPolicy: RemovalPolicy.DESTROY };
    const { stdout } = await plan('--assembly', gone, '--previous', former(props));
    expect(stdout).toContain('back to what it was');
    expect(stdout).toContain(NOTE);
  });

  test('are forgotten where nothing else is declared', async () => {
    const latter = shop({ users: everybody({ locale: 'de' }).slice(2) });
    const { stdout } = await plan('--assembly', latter, '--previous', former({}));
    expect(stdout).toContain('      - locale\n');
    expect(stdout).not.toContain('remembered');
  });
});

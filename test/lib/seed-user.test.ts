import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, CfnParameter, Fn, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnUserPoolGroup, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { SeedEngine, SeedSource, type SeedUser, UserSelector } from '../../lib';
import { mistakesOf, propertiesOf, type SeederOptions, SeederStack } from './seeder-stack';

describe('what a user is beside attributes', () => {
  test('is told, and left out where it is not declared', () => {
    const users: SeedUser[] = [
      { username: 'ann', groups: ['admins', 'beta'], enabled: false },
      { username: 'ben', attributes: { nickname: 'B' }, enabled: true },
      { username: 'cy', groups: [] },
    ];
    expect(propertiesOf({ users }).Users).toEqual({
      ann: { Attributes: {}, Groups: ['admins', 'beta'], Enabled: 'false' },
      ben: { Attributes: { nickname: 'B' }, Enabled: 'true' },
      cy: { Attributes: {}, Groups: [] },
    });
  });

  test('may name groups by tokens', () => {
    const stack = new SeederStack();
    const name = new CfnParameter(stack, 'Group').valueAsString;
    stack.seed({ users: [{ username: 'ann', groups: [name, 'beta'] }] });
    expect(stack.properties.Users.ann.Groups).toEqual([{ Ref: 'Group' }, 'beta']);
    expect(stack.mistakes).toEqual([]);
  });
});

describe('permissions', () => {
  const GROUPS = ['AdminListGroupsForUser', 'GetGroup', 'AdminAddUserToGroup', 'AdminRemoveUserFromGroup'];
  const ENABLED = ['AdminEnableUser', 'AdminDisableUser'];
  const actionsOf = (options: SeederOptions | ((stack: SeederStack) => SeederOptions), name = 'UsersPolicy') => {
    const stack = new SeederStack();
    stack.seed(typeof options === 'function' ? options(stack) : options);
    return stack
      .statements(name)
      .flatMap(({ Action }) => Action)
      .map((action: string) => action.replace('cognito-idp:', ''));
  };
  const ann = (user: Partial<SeedUser>) => ({ users: [{ username: 'ann', ...user }] });

  test.each<[string, Partial<SeedUser>, string[]]>([
    ['groups', { groups: ['a'] }, GROUPS],
    ['no groups, for whom had some', { groups: [] }, GROUPS],
    ['whether they may sign in', { enabled: true }, ENABLED],
    ['both', { enabled: false, groups: ['a'] }, [...GROUPS, ...ENABLED]],
    ['neither', { attributes: { nickname: 'A' } }, []],
  ])('of users who declare %s', (_, user, actions) => {
    expect(actionsOf(ann(user))).toEqual(actions);
    expect(actionsOf({ ...ann(user), engine: SeedEngine.stepFunctions() })).toEqual(actions);
  });

  test('of an object, whose users the deployment alone knows, are all of them; of a rule, none', () => {
    const object = (stack: SeederStack) => ({
      source: SeedSource.fromBucket(Bucket.fromBucketName(stack, 'Bucket', 'people'), 'u.csv', { version: '1' }),
    });
    expect(actionsOf(object)).toEqual([...GROUPS, ...ENABLED]);
    expect(actionsOf({ source: SeedSource.existingUsers(UserSelector.all(), { locale: 'de' }) })).toEqual([]);
  });

  test('to look at groups are the plan’s on Step Functions', () => {
    const stack = new SeederStack();
    stack.seed({ ...ann({ groups: ['a'] }), engine: SeedEngine.stepFunctions() });
    expect(stack.roles('LookingPolicy')).toEqual(['CognitoUserAttributesRunsStepsPlanRole']);
    expect(stack.statements('LookingPolicy')).toMatchObject([
      { Action: ['cognito-idp:AdminListGroupsForUser', 'cognito-idp:GetGroup'] },
    ]);
  });

  test('of a former declaration are a policy of their own, which stays until it has been left', () => {
    const policiesOf = (options: SeederOptions) => {
      const stack = new SeederStack();
      stack.seed(options);
      return stack.policies();
    };
    const [one, other] = [policiesOf(ann({ groups: ['a'] })), policiesOf(ann({ enabled: true }))];
    const shared = one.filter((id) => other.includes(id));
    expect([one.length - shared.length, other.length - shared.length]).toEqual([1, 1]);
  });
});

describe('groups that the stack declares', () => {
  const dependencies = (options: (stack: SeederStack, userPool: UserPool) => SeederOptions): string[] => {
    const stack = new SeederStack();
    const userPool = new UserPool(stack, 'Pool');
    const userPoolId = userPool.userPoolId;
    new CfnUserPoolGroup(stack, 'Foreign', { userPoolId: 'eu-west-1_other', groupName: 'admins' });
    stack.seed({ userPool, ...options(stack, userPool) });
    // After the seeder, as well.
    for (const groupName of ['admins', 'beta']) new CfnUserPoolGroup(stack, groupName, { userPoolId, groupName });
    const groups = Object.keys(Template.fromStack(stack).findResources('AWS::Cognito::UserPoolGroup'));
    return groups.filter((id) => stack.resource.DependsOn.includes(id));
  };

  test('are there before their members, and go after them', () =>
    expect(dependencies(() => ({ users: [{ username: 'ann', groups: ['admins'] }] }))).toEqual(['admins']));

  test('are all of the pool’s where the deployment alone knows the names', () =>
    expect(
      dependencies((stack) => ({
        source: SeedSource.fromBucket(Bucket.fromBucketName(stack, 'Bucket', 'people'), 'u.csv', { version: '1' }),
      })),
    ).toEqual(['admins', 'beta']));

  test('do not matter to who names none', () => expect(dependencies(() => ({}))).toEqual([]));

  test('are found by a file’s names', () => {
    const directory = mkdtempSync(join(tmpdir(), 'groups-'));
    const file = join(directory, 'users.csv');
    writeFileSync(file, 'username,groups\nann,beta | elsewhere\n');
    expect(dependencies(() => ({ source: SeedSource.csv(file) }))).toEqual(['beta']);
    rmSync(directory, { recursive: true });
  });

  test('of an imported pool are found, too', () => {
    const stack = new SeederStack();
    new CfnUserPoolGroup(stack, 'Group', { userPoolId: 'eu-west-1_imported', groupName: 'admins' });
    stack.seed({ users: [{ username: 'ann', groups: ['admins'] }] });
    expect(stack.resource.DependsOn).toContain('Group');
  });
});

describe('groups that the app does not declare', () => {
  const warnings = (groups: string[], declare: (stack: SeederStack, pool: UserPool) => void) => {
    const stack = new SeederStack();
    const userPool = new UserPool(stack, 'Pool');
    stack.seed({ userPool, users: [{ username: 'ann', groups }] });
    declare(stack, userPool); // after the seeder
    return stack.warnings;
  };
  const admins = (_: SeederStack, pool: UserPool) => void pool.addGroup('Admins', { groupName: 'admins' });

  test('are told beside those that it declares', () => {
    expect(warnings(['admin', 'elsewhere', 'admins'], admins)).toEqual([
      expect.stringMatching(/^group 'admin' is none that the app declares for this pool; did you mean 'admins'\? Otherwise it has to exist at deployment/),
      expect.stringMatching(/^group 'elsewhere' is none that the app declares for this pool; declare it, or it has to exist at deployment/),
    ]);
  });

  test('are told of a file', () => {
    const directory = mkdtempSync(join(tmpdir(), 'groups-'));
    const file = join(directory, 'users.csv');
    writeFileSync(file, 'username,groups\nann,admins|amdins\n');
    const stack = new SeederStack();
    const userPool = new UserPool(stack, 'Pool');
    stack.seed({ userPool, source: SeedSource.csv(file) });
    rmSync(directory, { recursive: true });
    admins(stack, userPool);
    expect(stack.warnings).toEqual([expect.stringMatching(/^group 'amdins' .*'admins'/)]);
  });

  test('are looked for in all of its stacks', () => {
    const groupName = 'admins';
    const elsewhere = (stack: SeederStack, { userPoolId }: UserPool) => {
      const other = new SeederStack(stack.node.root as App, 'Other');
      new CfnUserPoolGroup(other, 'Group', { userPoolId, groupName });
    };
    expect(warnings(['admins'], elsewhere)).toEqual([]);
    expect(warnings(['admin'], elsewhere)).toHaveLength(1);
  });

  test.each<[string, (stack: SeederStack, pool: UserPool) => void]>([
    ['declares none', () => undefined],
    ['declares those of another pool', (stack) => void new UserPool(stack, 'Other').addGroup('Admins', { groupName: 'admins' })],
    [
      'names one by a token',
      (stack, pool) => void pool.addGroup('Any', { groupName: new CfnParameter(stack, 'Group').valueAsString }),
    ],
  ])('may exist where it %s', (_, declare) => expect(warnings(['admin'], declare)).toEqual([]));

  test('may be known to the deployment alone', () =>
    expect(warnings([Fn.importValue('group')], admins)).toEqual([]));
}); // prettier-ignore

describe('mistakes', () => {
  const found = (user: object) => mistakesOf({ users: [{ username: 'ann', ...user }] });

  test.each<[string, object, RegExp]>([
    ['no list', { groups: 'admins' }, /^user 'ann': groups must be a list of names; /],
    ['a list that is a token', { groups: Fn.split(',', Fn.importValue('groups')) }, /^user 'ann': groups must be a list that is/],
    ['a token for a list', { groups: Token.asAny(['a']) }, /^user 'ann': groups must be a list that is known at synth; the names/],
    ['a blank name', { groups: ['admins', ''] }, /^user 'ann': the name of a group holds 1 to 128 letters/],
    ['a name with a blank', { groups: ['the admins'] }, /^user 'ann': the name of a group holds 1 to 128 letters/],
    ['a name that is too long', { groups: ['a'.repeat(129)] }, /^user 'ann': the name of a group holds 1 to 128 letters/],
    ['a name that is no text', { groups: [5] }, /^user 'ann': the name of a group holds 1 to 128 letters/],
    ['a double', { groups: ['a', 'b', 'a'] }, /^user 'ann': a group is named more than once; name each group once/],
    ['too many', { groups: Array.from({ length: 101 }, (_, i) => `g${i}`) }, /^user 'ann': .* at most 100 groups, and 101 are/],
    ['a flag as text', { enabled: 'false' }, /^user 'ann': enabled must be true or false, known at synth; /],
    ['a flag as token', { enabled: Token.asAny(true) }, /^user 'ann': enabled must be true or false, known at synth; /],
    ['nothing', {}, /^user 'ann': no attribute is declared; /],
  ])('%s is refused', (_, user, message) => expect(found(user)).toContainEqual(expect.stringMatching(message))); // prettier-ignore
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  ContactVerification,
  type CreateUsersOptions,
  ExistingValues,
  FormerValues,
  Invitation,
  MissingUsers,
  SeedEngine,
  SeedSource,
  type SeedUser,
  UserAttributesSeeder,
  UserPassword,
  UserSelector,
} from '../../lib';
import { decode } from '../../lib/private/contracts/seed';
import { mistakesOf, propertiesOf, type SeederOptions, SeederStack } from './seeder-stack';

const creationOf = (options?: CreateUsersOptions) => {
  const properties = propertiesOf({ missingUsers: MissingUsers.create(options) });
  expect(properties.MissingUsers).toBe('CREATE');
  expect(decode(properties).creation).toBeDefined();
  return properties.Creation;
};

describe('creation', () => {
  test('without options invites nobody, takes no address from anybody and forgets whom it has created', () =>
    expect(creationOf()).toEqual({}));

  test('has every option', () =>
    expect(
      creationOf({
        invitation: Invitation.none(),
        clientMetadata: { campaign: 'welcome' },
        validationData: { origin: 'stack' },
        forceAliasCreation: true,
        password: UserPassword.random(),
        deleteWhenUndeclared: true,
      }),
    ).toEqual({
      ClientMetadata: { campaign: 'welcome' },
      ValidationData: { origin: 'stack' },
      ForceAliasCreation: 'true',
      Password: { Random: 'true' },
      Owner: expect.stringMatching(/^seeder-Stack-[0-9a-f]{8}$/),
    }));

  test.each([
    ['email', ['EMAIL']],
    ['sms', ['SMS']],
    ['emailAndSms', ['EMAIL', 'SMS']],
  ] as const)('invites by %s', (name, Invited) => {
    const properties = propertiesOf({
      users: [{ username: 'ann', attributes: { email: 'a@b', emailVerified: true, phoneNumber: '+43', phoneNumberVerified: true } }],
      missingUsers: MissingUsers.create({ invitation: Invitation[name]() }),
    }); // prettier-ignore
    expect(properties.Creation).toEqual({ Invitation: Invited });
  });

  test('may give a temporary password out of a secret', () => {
    const stack = new SeederStack();
    const secret = new Secret(stack, 'Secret');
    stack.seed({ missingUsers: MissingUsers.create({ password: UserPassword.temporaryFromSecret(secret, 'first') }) });
    expect(stack.properties.Creation).toEqual({
      Password: { Secret: stack.resolve(secret.secretArn), Field: 'first', Temporary: 'true' },
    });
  });

  test('is none for those who are skipped, or fail the deployment', () => {
    expect(propertiesOf({ missingUsers: MissingUsers.skip() }).Creation).toBeUndefined();
    expect(propertiesOf({}).Creation).toBeUndefined();
  });
});

describe('the group of those whom the seeder has created', () => {
  const declare = (stack: Stack, engine?: SeedEngine, id = 'Seeder') =>
    new UserAttributesSeeder(stack, id, {
      userPool: UserPool.fromUserPoolId(stack, `${id}Pool`, 'eu-west-1_imported'),
      source: SeedSource.inline([{ username: 'ann' }]),
      missingUsers: MissingUsers.create({ deleteWhenUndeclared: true, password: UserPassword.random() }),
      engine,
    });
  const ownersIn = (stack: Stack, engine?: SeedEngine) => {
    declare(stack, engine);
    const template = Template.fromStack(stack).findResources('Custom::CognitoUserAttributes');
    return Object.values(template).map(({ Properties }) => Properties.Creation.Owner);
  };
  const app = () => new App({ context: { 'aws:cdk:disable-asset-staging': true } });

  test('is another for another engine, whose resource goes without the other’s users', () =>
    expect(ownersIn(new SeederStack(), SeedEngine.stepFunctions())).not.toEqual(ownersIn(new SeederStack())));

  test('is another for another seeder or stack', () => {
    const stack = new SeederStack();
    declare(stack, undefined, 'Other');
    const all = [...ownersIn(stack), ...ownersIn(new SeederStack(undefined, 'Second'))];
    expect(new Set(all).size).toBe(3);
  });

  test('has a name that Cognito takes, however long the stack’s is', () => {
    const [owner] = ownersIn(new Stack(app(), 'Stack', { stackName: `S${'x'.repeat(127)}` }));
    expect(owner).toMatch(/^seeder-Sx+-[0-9a-f]{8}$/);
    expect(owner).toHaveLength(128);
  });

  test('has the name of a nested stack as CloudFormation gives it', () => {
    const [owner] = ownersIn(new NestedStack(new Stack(app(), 'Parent'), 'Nested'));
    expect(JSON.stringify(owner)).toContain('AWS::StackName');
  });
});

describe('permissions', () => {
  const actionsOf = (options: CreateUsersOptions, engine?: SeedEngine): string[] => {
    const stack = new SeederStack();
    stack.seed({ missingUsers: MissingUsers.create(options), engine });
    expect(stack.resource.DependsOn).toEqual(expect.arrayContaining(stack.policies('UsersPolicy')));
    return stack.statements('UsersPolicy').flatMap(({ Action }) => Action);
  };

  test.each<[string, CreateUsersOptions, string[]]>([
    ['alone', {}, ['AdminCreateUser', 'AdminDeleteUser']],
    ['with a password', { password: UserPassword.random() }, ['AdminCreateUser', 'AdminDeleteUser', 'AdminSetUserPassword']],
    [
      'with deletion',
      { deleteWhenUndeclared: true },
      ['AdminListGroupsForUser', 'AdminAddUserToGroup', 'AdminRemoveUserFromGroup', 'AdminCreateUser', 'AdminDeleteUser', 'CreateGroup', 'DeleteGroup'],
    ],
  ])('to create users %s are on the one pool', (_, options, actions) => {
    for (const engine of [SeedEngine.lambda(), SeedEngine.stepFunctions()]) {
      expect(actionsOf(options, engine)).toEqual(actions.map((action) => `cognito-idp:${action}`));
    }
  }); // prettier-ignore

  test('are the apply step’s on Step Functions', () => {
    const stack = new SeederStack();
    stack.seed({ missingUsers: MissingUsers.create(), engine: SeedEngine.stepFunctions() });
    expect(stack.roles('UsersPolicy')).toEqual(['CognitoUserAttributesRunsStepsApplyRole']);
  });

  test('are another policy than before, so that the former one stays until the update is over', () => {
    const policiesOf = (missingUsers?: MissingUsers) => {
      const stack = new SeederStack();
      stack.seed({ missingUsers });
      return stack.policies();
    };
    const [without, create, owning] = [
      undefined,
      MissingUsers.create(),
      MissingUsers.create({ deleteWhenUndeclared: true }),
    ].map(policiesOf);
    expect(create).toEqual(expect.arrayContaining(without));
    expect(create).toHaveLength(without.length + 1);
    expect(owning.filter((id) => !without.includes(id))).not.toEqual(create.filter((id) => !without.includes(id)));
  });
});

describe('mistakes', () => {
  const mistakes = (options: object) => mistakesOf({ missingUsers: MissingUsers.create(options as CreateUsersOptions) });

  test.each<[string, object, RegExp]>([
    ['an invitation that is none', { invitation: 'EMAIL' }, /^invitation must be an Invitation; /],
    ['a password as text', { password: 'hunter2' }, /^password must be a UserPassword: a password itself never stands/],
    ['a temporary password as text', { temporaryPassword: 'hunter2' }, /has no 'temporaryPassword'; declare password/],
    ['a generated password for all', { password: UserPassword.generated() }, /generated for one user.*random\(\) for all$/],
    ['a flag that is none', { forceAliasCreation: 'yes' }, /^forceAliasCreation of MissingUsers.create\(\) must be true or/],
    ['another flag that is none', { deleteWhenUndeclared: 1 }, /^deleteWhenUndeclared of MissingUsers.create\(\) must be/],
    ['metadata that is no map', { clientMetadata: 'x' }, /^clientMetadata must be a map of texts; /],
    ['validation data that is no text', { validationData: { a: 5 } }, /^validationData 'a' must be a text; /],
    ['a long key of validation data', { validationData: { ['k'.repeat(33)]: 'v' } }, /1 to 32 characters.*at most 2048; /],
    ['an option that is none', { invite: true }, /^MissingUsers.create\(\) has no 'invite'; declare invitation, /],
    ['an invitation beside a random password', { invitation: Invitation.email(), password: UserPassword.random() }, /would not work.*temporaryFromSecret/],
    ['a secret that is none', { password: UserPassword.fromSecret(undefined as never) }, /^the secret of the password is missing; /],
    ['a field that is none', { password: UserPassword.fromSecret({ secretArn: 'arn' } as never, '') }, /^the field of the secret must be a text; /],
  ])('%s is refused', (_, options, message) => {
    const found = mistakes(options);
    expect(found).toContainEqual(expect.stringMatching(message));
    expect(found.join()).not.toContain('hunter2');
  }); // prettier-ignore

  test('a rule creates nobody', () =>
    expect(
      mistakesOf({
        source: SeedSource.existingUsers(UserSelector.all(), { locale: 'de' }),
        missingUsers: MissingUsers.create({ password: UserPassword.random() }),
      }),
    ).toEqual(['a rule is about users whom the pool has, and creates nobody; leave missingUsers out, or declare users by name']));
}); // prettier-ignore

describe('warnings', () => {
  const NOBODY = expect.stringContaining('nobody can sign in as the users who are created');

  test('tell of users as whom nobody can sign in', () => {
    const stack = new SeederStack();
    stack.seed({ missingUsers: MissingUsers.create() });
    expect(stack.warnings).toEqual([NOBODY]);
  });

  test.each<[string, CreateUsersOptions]>([
    ['a password', { password: UserPassword.random() }],
    ['an invitation', { invitation: Invitation.email() }],
  ])('are silent with %s', (_, options) => {
    const stack = new SeederStack();
    const users = [{ username: 'ann', attributes: { email: 'a@b', emailVerified: true } }];
    stack.seed({ users, missingUsers: MissingUsers.create(options) });
    expect(stack.warnings).toEqual([]);
  });

  test('are silent where every user declares a password', () => {
    const stack = new SeederStack();
    const users = [{ username: 'ann', password: UserPassword.generated() }];
    stack.seed({ users, missingUsers: MissingUsers.create() });
    expect(stack.warnings).toEqual([]);
  });

  test('take a PreSignUp trigger for a reader of metadata', () => {
    const warningsWith = (hasTrigger: boolean) => {
      const stack = new SeederStack();
      const preSignUp = new Function(stack, 'PreSignUp', {
        runtime: Runtime.NODEJS_22_X,
        handler: 'index.handler',
        code: Code.fromInline('exports.handler = (event) => event'),
      });
      const userPool = new UserPool(stack, 'Pool', hasTrigger ? { lambdaTriggers: { preSignUp } } : {});
      const missingUsers = MissingUsers.create({ password: UserPassword.random(), clientMetadata: { a: 'b' } });
      const users = [{ username: 'ann', attributes: { email: 'a@b', emailVerified: true } }];
      stack.seed({ userPool, users, missingUsers });
      return stack.warnings;
    };
    expect(warningsWith(true)).toEqual([]);
    expect(warningsWith(false)).toEqual([expect.stringContaining('clientMetadata serves no purpose here')]);
  });
});

describe('warnings of passwords that nobody has', () => {
  const LOST = [expect.stringMatching(/^created users have a random password and no verified address: .*; declare an address with verif/)];
  const random = UserPassword.random();
  const create = (options: CreateUsersOptions = {}) => ({ missingUsers: MissingUsers.create(options) });
  const warningsOf = (options: SeederOptions) => {
    const stack = new SeederStack();
    stack.seed(options);
    return stack.warnings;
  };
  const address = { email: 'ann@example.com' };

  test('tell of users whom no code reaches', () => {
    expect(warningsOf({ ...create({ password: random }) })).toEqual(LOST);
    const verification = ContactVerification.SEND_MESSAGE;
    expect(warningsOf({ users: [{ username: 'ann', attributes: address, password: random }], verification, ...create() })).toEqual(LOST);
  });

  test('tell of users of a file', () => {
    const directory = mkdtempSync(join(tmpdir(), 'lost-'));
    const file = join(directory, 'users.csv');
    writeFileSync(file, 'username,email\nann,ann@example.com\nben,\n');
    const source = SeedSource.csv(file);
    const found = [{ password: random }, {}].map((options) =>
      warningsOf({ source, verification: ContactVerification.MARK_VERIFIED, ...create(options) }),
    );
    rmSync(directory, { recursive: true });
    expect(found).toEqual([LOST, [expect.stringContaining('nobody can sign in')]]);
  });

  test.each<[string, SeedUser]>([
    ['whose address is verified', { username: 'ann', attributes: { ...address, emailVerified: true } }],
    ['whose phone number is', { username: 'ann', attributes: { phoneNumber: '+43', phoneNumberVerified: true } }],
    ['who have another password', { username: 'ann', password: UserPassword.generated() }],
    ['who may not sign in', { username: 'ann', enabled: false }],
  ])('are silent of users %s', (_, user) => expect(warningsOf({ users: [user], ...create({ password: random }) })).toEqual([]));

  test('are silent of users whom the deployment alone knows', () => {
    const stack = new SeederStack();
    const source = SeedSource.fromBucket(Bucket.fromBucketName(stack, 'Bucket', 'people'), 'u.csv', { version: '1' });
    stack.seed({ source, ...create({ password: random }) });
    expect(stack.warnings).toEqual([]);
  });
}); // prettier-ignore

describe('warnings of a removal', () => {
  const DESTROY = { removalPolicy: RemovalPolicy.DESTROY };
  const OWN = [expect.stringMatching(/^DESTROY deletes a value from everybody who has the declared one, .*RESTORE, or RETAIN/)];
  const EMPTY = [expect.stringMatching(/^created users stay when the seeder goes, without their attributes; declare deleteWhen/)];
  const IDLE = [expect.stringMatching(/^deleteWhenUndeclared serves no purpose here: .*; leave prune out, or declare removalPolicy/)];
  const rule = { source: SeedSource.existingUsers(UserSelector.all(), { locale: 'de', nickname: '' }) };
  const ann: SeedUser = { username: 'ann', attributes: { locale: 'de', email: 'a@b', emailVerified: true } };
  const creating = (options: CreateUsersOptions = {}) => ({
    users: [ann],
    missingUsers: MissingUsers.create({ password: UserPassword.random(), ...options }),
  });

  test.each<[string, unknown[], SeederOptions]>([
    ['a rule takes people’s own values along', OWN, { ...rule, ...DESTROY }],
    ['it keeps others’ values', OWN, { ...rule, ...DESTROY, existingValues: ExistingValues.keeping('nickname'), source: SeedSource.existingUsers(UserSelector.all(), { locale: 'de', nickname: 'x' }) }],
    ['a rule keeps them all', [], { ...rule, ...DESTROY, source: SeedSource.existingUsers(UserSelector.all(), { locale: 'de' }), existingValues: ExistingValues.KEEP }],
    ['a rule keeps its only one', [], { ...DESTROY, source: SeedSource.existingUsers(UserSelector.all(), { locale: 'de' }), existingValues: ExistingValues.keeping('locale') }],
    ['a rule has but absent values', [], { ...DESTROY, source: SeedSource.existingUsers(UserSelector.all(), { nickname: '' }) }],
    ['a rule remembers', [], { ...rule, ...DESTROY, formerValues: FormerValues.RESTORE }],
    ['a rule stays', [], rule],
    ['users are declared by name', [], { users: [ann], ...DESTROY }],
    ['created users lose what they have', EMPTY, { ...creating(), ...DESTROY }],
    ['they do though it remembers', EMPTY, { ...creating(), ...DESTROY, formerValues: FormerValues.RESTORE }],
    ['they have nothing to lose', [], { ...creating(), ...DESTROY, users: [{ username: 'ann', enabled: false }] }],
    ['it keeps what they have', [], { ...creating(), ...DESTROY, existingValues: ExistingValues.KEEP }],
    ['they go', [], { ...creating({ deleteWhenUndeclared: true }), ...DESTROY }],
    ['created users never go', IDLE, { ...creating({ deleteWhenUndeclared: true }), prune: false }],
    ['they go with the seeder alone', [], { ...creating({ deleteWhenUndeclared: true }), prune: false, ...DESTROY }],
    ['they go with their declaration', [], creating({ deleteWhenUndeclared: true })],
  ])('where %s', (_, warnings, options) => {
    const stack = new SeederStack();
    stack.seed(options);
    expect(stack.warnings).toEqual(warnings);
  });
}); // prettier-ignore

test('how many users were created is an attribute and a metric', () => {
  const stack = new SeederStack();
  const seeder = stack.seed({ missingUsers: MissingUsers.create({ password: UserPassword.random() }) });
  expect(stack.resolve(seeder.createdUsers)).toEqual({ 'Fn::GetAtt': [expect.any(String), 'CreatedUsers'] });
  expect(seeder.metricCreatedUsers()).toMatchObject({ namespace: 'CognitoUserAttributes', metricName: 'CreatedUsers' });
  seeder.dashboard();
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Dashboard', {
    DashboardBody: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('"CreatedUsers"')])] },
  });
});

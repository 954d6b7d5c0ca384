import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  type CreateUsersOptions,
  Invitation,
  MissingUsers,
  SeedEngine,
  SeedSource,
  UserAttributesSeeder,
  UserPassword,
  UserSelector,
} from '../../lib';
import { decode } from '../../lib/private/contracts/seed';
import { mistakesOf, propertiesOf, SeederStack } from './seeder-stack';

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

  test('is the same with both engines', () =>
    expect(ownersIn(new SeederStack(), SeedEngine.stepFunctions())).toEqual(ownersIn(new SeederStack())));

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
      stack.seed({ userPool, missingUsers });
      return stack.warnings;
    };
    expect(warningsWith(true)).toEqual([]);
    expect(warningsWith(false)).toEqual([expect.stringContaining('clientMetadata serves no purpose here')]);
  });
});

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

import { App, CfnParameter, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Alarm, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnUserPool, type IUserPoolRef, UserPool, UserPoolEmail } from 'aws-cdk-lib/aws-cognito';
import {
  ContactVerification,
  CustomMessageSource,
  CustomMessageTrigger,
  MissingUsers,
  SeedSource,
  type SeedUser,
  UserAttributesSeeder,
  type UserAttributesSeederProps,
} from '../../lib';
import { decode, DEFAULTS } from '../../lib/private/contracts/seed';

const ANN: SeedUser = { username: 'ann', attributes: { givenName: 'Ann' } };
const EMAIL: SeedUser = { username: 'ann', attributes: { email: 'ann@example.com' } };

const newStack = () => new Stack(new App({ context: { 'aws:cdk:disable-asset-staging': true } }), 'Stack');

const seed = (stack: Stack, props: Partial<UserAttributesSeederProps> & { users?: SeedUser[]; id?: string } = {}) => {
  const { users = [ANN], id = 'Seeder', ...rest } = props;
  return new UserAttributesSeeder(stack, id, {
    userPool: UserPool.fromUserPoolId(stack, `${id}Pool`, 'eu-west-1_imported'),
    source: SeedSource.inline(users),
    ...rest,
  });
};

const resourceOf = (stack: Stack): Record<string, any> => {
  const [resource] = Object.values(Template.fromStack(stack).findResources('Custom::CognitoUserAttributes'));
  return resource;
};
const propertiesOf = (props: Parameters<typeof seed>[1]): Record<string, any> => {
  const stack = newStack();
  seed(stack, props);
  return resourceOf(stack).Properties;
};

describe('the custom resource', () => {
  test('has the documented defaults', () => {
    expect(propertiesOf({})).toEqual({
      ServiceToken: expect.anything(),
      ServiceTimeout: '960',
      UserPoolId: 'eu-west-1_imported',
      Users: { ann: { Attributes: { given_name: 'Ann' } } },
      MissingUsers: 'FAIL',
      Prune: 'true',
      Removal: 'RETAIN',
      RequestsPerSecond: '10',
    });
  });

  test('has every prop', () => {
    expect(
      propertiesOf({
        users: [{ ...EMAIL, clientMetadata: { a: 'user' } }],
        verification: ContactVerification.SEND_MESSAGE,
        clientMetadata: { a: 'seeder' },
        missingUsers: MissingUsers.skip(),
        prune: false,
        removalPolicy: RemovalPolicy.DESTROY,
        requestsPerSecond: 2.5,
      }),
    ).toMatchObject({
      Users: { ann: { Attributes: { email: 'ann@example.com' }, ClientMetadata: { a: 'user' } } },
      ClientMetadata: { a: 'seeder' },
      MissingUsers: 'SKIP',
      Prune: 'false',
      Removal: 'DESTROY',
      RequestsPerSecond: '2.5',
    });
  });

  test('has every attribute under the name that Cognito gives it', () => {
    const { Users } = propertiesOf({
      verification: ContactVerification.MARK_VERIFIED,
      users: [
        {
          username: 'ann',
          attributes: {
            address: 'a', birthdate: '2000-02-29', email: 'a@b', familyName: 'b', fullname: 'c', gender: 'd', givenName: 'e',
            lastUpdateTime: '1', locale: 'de_AT', middleName: 'f', nickname: 'g', phoneNumber: '+1', preferredUsername: 'h',
            profilePage: 'i', profilePicture: 'j', timezone: 'k', website: 'l', custom: { x: 'm', 'custom:y': 'n' },
            developer: { x: 'o', 'dev:y': 'p' },
          }, // prettier-ignore
        },
      ],
    });
    expect(Users.ann.Attributes).toEqual({
      address: 'a', birthdate: '2000-02-29', email: 'a@b', email_verified: 'true', family_name: 'b', name: 'c', gender: 'd',
      given_name: 'e', updated_at: '1', locale: 'de_AT', middle_name: 'f', nickname: 'g', phone_number: '+1',
      phone_number_verified: 'true', preferred_username: 'h', profile: 'i', picture: 'j', zoneinfo: 'k', website: 'l',
      'custom:x': 'm', 'custom:y': 'n', 'dev:x': 'o', 'dev:y': 'p',
    }); // prettier-ignore
  });

  test.each([undefined, true])('marks a declared address verified where emailVerified is %p', (emailVerified) => {
    const { Users } = propertiesOf({
      verification: ContactVerification.MARK_VERIFIED,
      users: [{ username: 'ann', attributes: { email: 'a@b', emailVerified } }],
    });
    expect(Users.ann.Attributes).toEqual({ email: 'a@b', email_verified: 'true' });
  });

  test('keeps a blank value, which deletes the attribute, and takes null for one', () => {
    const { Users } = propertiesOf({
      users: [{ username: 'ann', attributes: { nickname: '', locale: null as never } }],
    });
    expect(Users.ann.Attributes).toEqual({ nickname: '', locale: '' });
  });

  test('passes tokens on, as values and as names of users', () => {
    const stack = newStack();
    const parameter = new CfnParameter(stack, 'Name');
    seed(stack, {
      users: [
        {
          username: 'ann',
          attributes: { email: parameter.valueAsString, custom: { a: `x-${parameter.valueAsString}` } },
        },
        { username: parameter.valueAsString, attributes: { nickname: 'boss' } },
      ],
      verification: ContactVerification.MARK_VERIFIED,
      requestsPerSecond: new CfnParameter(stack, 'Rate', { type: 'Number' }).valueAsNumber,
    });
    const { Users, RequestsPerSecond } = resourceOf(stack).Properties;
    expect(Users).toEqual({
      ann: {
        Attributes: {
          email: { Ref: 'Name' },
          email_verified: 'true',
          'custom:a': { 'Fn::Join': ['', ['x-', { Ref: 'Name' }]] },
        },
      },
      'user 2': { Username: { Ref: 'Name' }, Attributes: { nickname: 'boss' } },
    });
    expect(RequestsPerSecond).toEqual({ Ref: 'Rate' });
  });

  test('is what the handler can read', () => {
    const seedOf = decode(
      propertiesOf({ users: [ANN, { ...EMAIL, username: 'ben' }], verification: ContactVerification.SEND_MESSAGE }),
    );
    expect(seedOf).toEqual({
      userPoolId: 'eu-west-1_imported',
      source: {
        kind: 'inline',
        users: [
          { username: 'ann', attributes: { given_name: 'Ann' } },
          { username: 'ben', attributes: { email: 'ann@example.com' } },
        ],
      },
      ...DEFAULTS,
    });
  });
});

describe('pools', () => {
  test.each<[string, (stack: Stack) => IUserPoolRef]>([
    ['an L2', (stack) => new UserPool(stack, 'Pool')],
    ['an L1', (stack) => new CfnUserPool(stack, 'Pool')],
  ])('%s of the same stack is referred to', (_, create) => {
    const stack = newStack();
    const userPool = create(stack);
    seed(stack, { userPool });
    const { UserPoolId } = resourceOf(stack).Properties;
    expect(UserPoolId).toEqual({ Ref: stack.getLogicalId((userPool.node.defaultChild ?? userPool) as never) });
  });

  test('a pool of another stack is referred to', () => {
    const app = new App();
    const userPool = new UserPool(new Stack(app, 'Pools'), 'Pool');
    const stack = new Stack(app, 'Stack');
    seed(stack, { userPool });
    expect(resourceOf(stack).Properties.UserPoolId).toEqual({ 'Fn::ImportValue': expect.any(String) });
  });
});

describe('permissions', () => {
  test('of another pool are another policy, so that the former pool’s stays for its removal', () => {
    const policyOf = (userPoolId: string) => {
      const stack = newStack();
      seed(stack, { userPool: UserPool.fromUserPoolId(stack, 'Imported', userPoolId) });
      return Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Policy')).find((id) => /^Seeder/.test(id));
    };
    expect(policyOf('eu-west-1_one')).not.toBe(policyOf('eu-west-1_two'));
    expect(policyOf('eu-west-1_one')).toBe(policyOf('eu-west-1_one'));
  });

  test('are the three calls on the one pool, and of the seeder’s own, so that its removal may use them', () => {
    const stack = newStack();
    seed(stack);
    const template = Template.fromStack(stack);
    const policies = template.findResources('AWS::IAM::Policy', {
      Properties: {
        PolicyDocument: {
          Statement: [
            {
              Action: [
                'cognito-idp:AdminGetUser',
                'cognito-idp:AdminUpdateUserAttributes',
                'cognito-idp:AdminDeleteUserAttributes',
              ],
              Effect: 'Allow',
            },
          ],
        },
      },
    });
    const [[id, policy]] = Object.entries(policies);
    expect(JSON.stringify(policy.Properties.PolicyDocument.Statement[0].Resource)).toContain(
      ':userpool/eu-west-1_imported',
    );
    expect(resourceOf(stack).DependsOn).toContain(id);
  });

  test('never cover everything', () => {
    const stack = newStack();
    seed(stack);
    const policies = Template.fromStack(stack).findResources('AWS::IAM::Policy');
    const statements = Object.values(policies).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    expect(statements.length).toBeGreaterThan(3);
    for (const { Action, Resource } of statements) {
      expect([Action].flat()).not.toContainEqual(expect.stringContaining('*'));
      expect([Resource].flat()).not.toContain('*');
    }
    expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toContain('ManagedPolicyArns');
  });
});

describe('the provider', () => {
  test('is one for all seeders of a stack', () => {
    const stack = newStack();
    seed(stack, { id: 'One' });
    seed(stack, { id: 'Two' });
    const template = Template.fromStack(stack);
    template.resourceCountIs('Custom::CognitoUserAttributes', 2);
    template.resourceCountIs('AWS::Lambda::Function', 2); // ours and the framework's
  });

  test('runs on a current runtime, ends before the framework does, and keeps its log for a month', () => {
    const stack = newStack();
    seed(stack);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Timeout: 840,
      LoggingConfig: { LogGroup: Match.anyValue() },
    });
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  });

  test('keeps events, which hold values, out of the framework’s log', () => {
    const stack = newStack();
    seed(stack);
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      Handler: 'framework.onEvent',
      Timeout: 900,
      LoggingConfig: { ApplicationLogLevel: 'FATAL', LogFormat: 'JSON' },
    });
  });
});

describe('triggers', () => {
  test('may be called before the first change calls for one', () => {
    const stack = newStack();
    const userPool = new UserPool(stack, 'Pool', { autoVerify: { email: true } });
    seed(stack, { userPool, users: [EMAIL], verification: ContactVerification.SEND_MESSAGE });
    addMessages(stack, userPool); // after the seeder
    const [permission] = Object.keys(Template.fromStack(stack).findResources('AWS::Lambda::Permission'));
    expect(resourceOf(stack).DependsOn).toContain(permission);
  });
});

describe('warnings', () => {
  const WITHOUT_MESSAGE = Match.stringLikeRegexp('clientMetadata serves no purpose here: Cognito hands it');
  const WITHOUT_TRIGGER = Match.stringLikeRegexp(
    'clientMetadata serves no purpose here: the user pool has no CustomMessage',
  );
  const clientMetadata = { campaign: 'welcome' };
  const send = { verification: ContactVerification.SEND_MESSAGE };

  test.each<[string, Parameters<typeof seed>[1]]>([
    ['no contact is declared', { clientMetadata }],
    ['no contact is declared, and the metadata is a user’s', { users: [{ ...ANN, clientMetadata }] }],
    ['nobody is messaged', { users: [EMAIL], verification: ContactVerification.MARK_VERIFIED, clientMetadata }],
  ])('tell of metadata that no message can use: %s', (_, props) => {
    const stack = newStack();
    seed(stack, props);
    Annotations.fromStack(stack).hasWarning('/Stack/Seeder', WITHOUT_MESSAGE);
  });

  test('tell of metadata that no trigger reads', () => {
    const stack = newStack();
    seed(stack, { userPool: new UserPool(stack, 'Pool'), users: [EMAIL], clientMetadata, ...send });
    Annotations.fromStack(stack).hasWarning('/Stack/Seeder', WITHOUT_TRIGGER);
  });

  test('tell of an address that is to be confirmed, where the pool asks nobody to', () => {
    const stack = newStack();
    seed(stack, { userPool: new UserPool(stack, 'Pool'), users: [EMAIL], ...send });
    Annotations.fromStack(stack).hasWarning(
      '/Stack/Seeder',
      Match.stringLikeRegexp('does not verify email automatically'),
    );
  });

  test.each<[string, (stack: Stack) => Parameters<typeof seed>[1]]>([
    ['without metadata', () => ({})],
    ['on an imported pool, whose triggers are unknown', () => ({ users: [EMAIL], clientMetadata, ...send })],
    [
      'where the pool has a trigger',
      (stack) => {
        const email = UserPoolEmail.withSES({ fromEmail: 'hello@example.com', sesRegion: 'eu-west-1' });
        const userPool = new UserPool(stack, 'Pool', { email, autoVerify: { email: true } });
        addMessages(stack, userPool);
        return { userPool, users: [EMAIL], clientMetadata, ...send };
      },
    ],
  ])('are silent %s', (_, props) => {
    const stack = newStack();
    seed(stack, props(stack));
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });
});

test('results can be used in the stack', () => {
  const stack = newStack();
  const { changedUsers, unchangedUsers, skippedUsers } = seed(stack);
  expect([changedUsers, unchangedUsers, skippedUsers].map((value) => stack.resolve(value)['Fn::GetAtt'][1])).toEqual([
    'ChangedUsers',
    'UnchangedUsers',
    'SkippedUsers',
  ]);
});

test.each<[string, (seeder: UserAttributesSeeder) => Metric]>([
  ['ChangedUsers', (seeder) => seeder.metricChangedUsers()],
  ['FailedUsers', (seeder) => seeder.metricFailedUsers()],
  ['ThrottledRequests', (seeder) => seeder.metricThrottledRequests()],
])('an alarm on %s watches this seeder of this pool', (name, metric) => {
  const stack = newStack();
  const seeder = seed(stack);
  new Alarm(stack, 'Alarm', { metric: metric(seeder), threshold: 1, evaluationPeriods: 1 });
  const template = Template.fromStack(stack);
  const [logicalId] = Object.keys(template.findResources('Custom::CognitoUserAttributes'));
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'CognitoUserAttributes',
    MetricName: name,
    Statistic: 'Sum',
    Dimensions: Match.arrayWith([
      { Name: 'Seeder', Value: logicalId },
      { Name: 'UserPoolId', Value: 'eu-west-1_imported' },
      { Name: 'service', Value: 'UserAttributesSeeder' },
    ]),
  });
});

test('a seeder works in a stage', () => {
  const stage = new Stage(new App(), 'Prod');
  const stack = new Stack(stage, 'Stack');
  seed(stack);
  expect(Object.keys(stage.synth().getStackArtifact(stack.artifactId).template.Resources)).not.toHaveLength(0);
});

const addMessages = (stack: Stack, userPool: UserPool) =>
  new CustomMessageTrigger(stack, 'Messages', { userPool }).addTemplate(CustomMessageSource.UPDATE_USER_ATTRIBUTE, {
    subject: 'Your code',
    html: '<p>{{code}}</p>',
  });

test.each<[string, object, RegExp]>([
  [
    'a list in place of a source',
    { source: [ANN] },
    /Stack\/Seeder: source must be a SeedSource; write SeedSource\.inline/,
  ],
  ['no source', { source: undefined }, /Stack\/Seeder: source must be a SeedSource/],
  ['no pool', { userPool: undefined }, /Stack\/Seeder: userPool is missing/],
])('%s is refused at once', (_, props, message) => {
  expect(() => seed(newStack(), props)).toThrow(message);
});

test('a pool of another Region or account is refused', () => {
  const stack = new Stack(new App(), 'Stack', { env: { region: 'eu-west-1', account: '111111111111' } });
  const arn = 'arn:aws:cognito-idp:us-east-1:222222222222:userpool/us-east-1_abc';
  seed(stack, { userPool: UserPool.fromUserPoolArn(stack, 'Imported', arn) });
  seed(stack, { id: 'ById', userPool: UserPool.fromUserPoolId(stack, 'ImportedById', 'us-west-2_abc') });
  expect(() => Template.fromStack(stack)).toThrow(
    /the pool is in us-east-1, this stack in eu-west-1.*\n.*account 222222222222/,
  );
});

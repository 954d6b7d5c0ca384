import { App, CfnParameter, PhysicalName, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { AccountPrincipal, type IRoleRef, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import {
  CompareWith,
  CustomMessageSource,
  CustomMessageTrigger,
  FormerValues,
  type ImportedPoolOptions,
  MissingUsers,
  SeedEngine,
  SeedSource,
  UserAttributesApi,
  UserAttributesSeeder,
  type UserAttributesSeederProps,
  UserPassword,
  WritableAttribute,
} from '../../lib';
import { decode as decodeTrigger } from '../../lib/private/contracts/pool-trigger';
import { decode } from '../../lib/private/contracts/seed';

const HERE = '111111111111';
const THERE = '222222222222';
const POOL_ID = 'eu-west-1_there';
const ROLE = `arn:aws:iam::${THERE}:role/pool`;
const ASSUME = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: ROLE };

const newStack = (env: object = { account: HERE, region: 'eu-west-1' }) =>
  new Stack(new App({ context: { 'aws:cdk:disable-asset-staging': true } }), 'Stack', { env });
const poolOf = (stack: Stack, account = THERE) =>
  UserPool.fromUserPoolArn(stack, 'Pool', `arn:aws:cognito-idp:eu-west-1:${account}:userpool/${POOL_ID}`);
const roleOf = (stack: Stack, arn = ROLE, id = 'Role') => Role.fromRoleArn(stack, id, arn);

/** Everything that a declaration can ask of a pool. */
const EVERYTHING: Partial<UserAttributesSeederProps> = {
  compareWith: CompareWith.LIVE_POOL,
  formerValues: FormerValues.RESTORE,
  missingUsers: MissingUsers.create({ deleteWhenUndeclared: true }),
};
const seed = (stack: Stack, props: Partial<UserAttributesSeederProps> = {}) =>
  new UserAttributesSeeder(stack, 'Seeder', {
    userPool: props.userPool ?? poolOf(stack),
    source: SeedSource.inline([
      { username: 'ann', attributes: { nickname: 'A' }, groups: ['a'], enabled: true, password: UserPassword.generated() },
    ]),
    ...props,
  }); // prettier-ignore

const policiesOf = (stack: Stack): [id: string, statements: any[], roles: string[]][] =>
  Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Policy')).map(([id, { Properties }]) => [
    id,
    Properties.PolicyDocument.Statement,
    Properties.Roles.map(({ Ref }: { Ref: string }) => Ref.slice(0, -8)),
  ]);
const seedersPolicies = (stack: Stack) => policiesOf(stack).filter(([id]) => id.startsWith('Seeder'));
const ofCognito = (stack: Stack) =>
  policiesOf(stack).filter(([, statements]) => JSON.stringify(statements).includes('cognito-idp:'));
const assuming = (stack: Stack) =>
  policiesOf(stack)
    .filter(([, statements]) => statements.some(({ Action }) => Action === 'sts:AssumeRole'))
    .map(([id, statements, roles]) => ({ id, statements, roles }));
const resource = (stack: Stack): any =>
  Object.values(Template.fromStack(stack).findResources('Custom::CognitoUserAttributes'))[0];
const mistakesIn = (stack: Stack): string => {
  try {
    (stack.node.root as App).synth();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe.each<[string, () => SeedEngine, string[]]>([
  ['Lambda', () => SeedEngine.lambda(), ['CognitoUserAttributesProviderRole']],
  [
    'Step Functions',
    () => SeedEngine.stepFunctions(),
    ['List', 'Plan', 'Apply'].map((step) => `CognitoUserAttributesRunsSteps${step}Role`),
  ],
])('a seeder on %s', (_, engineOf, roles) => {
  test('takes on the role that is declared, and may ask Cognito nothing as itself', () => {
    const stack = newStack();
    seed(stack, { ...EVERYTHING, engine: engineOf(), poolRole: roleOf(stack) });
    expect(ofCognito(stack)).toEqual([]);
    expect(assuming(stack)).toEqual([{ id: expect.any(String), statements: [ASSUME], roles }]);
    expect(mistakesIn(stack)).toBe('');
  });

  test('without a role is as before: no policy names one, and the wire carries none', () => {
    const stack = newStack();
    seed(stack, { ...EVERYTHING, engine: engineOf(), userPool: poolOf(stack, HERE) });
    expect(assuming(stack)).toEqual([]);
    expect(ofCognito(stack).length).toBeGreaterThan(1);
    expect(resource(stack).Properties).not.toHaveProperty('PoolRoleArn');
  });

  test('keeps the permissions that are none of the pool’s', () => {
    const stack = newStack();
    seed(stack, { ...EVERYTHING, engine: engineOf(), poolRole: roleOf(stack) });
    const actions = seedersPolicies(stack).flatMap(([, statements]) => statements.flatMap(({ Action }) => Action));
    expect(actions).toEqual(
      expect.arrayContaining(['secretsmanager:GetSecretValue', 'cloudformation:DescribeStacks', 'sts:AssumeRole']),
    );
  });

  test('is made after the policy, and removed before it', () => {
    const stack = newStack();
    seed(stack, { engine: engineOf(), poolRole: roleOf(stack) });
    expect(resource(stack).DependsOn).toContain(assuming(stack)[0].id);
  });

  test('has another policy for another role, or none: the former one stays until the update is over', () => {
    const idsWith = (roleFor: (stack: Stack) => IRoleRef | undefined) => {
      const stack = newStack();
      seed(stack, { engine: engineOf(), userPool: poolOf(stack, HERE), poolRole: roleFor(stack) });
      return seedersPolicies(stack).map(([id]) => id);
    };
    const [none, one, other, again] = [
      idsWith(() => undefined),
      idsWith((stack) => roleOf(stack, `arn:aws:iam::${HERE}:role/one`)),
      idsWith((stack) => roleOf(stack, `arn:aws:iam::${HERE}:role/other`)),
      idsWith((stack) => roleOf(stack, `arn:aws:iam::${HERE}:role/one`, 'Renamed')),
    ];
    const shared = (some: string[], others: string[]) =>
      some.filter((id) => others.includes(id) && !id.startsWith('SeederPasswordsPolicy'));
    expect(shared(one, none)).toEqual([]);
    expect(shared(one, other)).toEqual([]);
    expect(again).toEqual(one);
  });

  test('tells the function which role, and the function reads it', () => {
    const stack = newStack();
    const role = new CfnParameter(stack, 'RoleArn').valueAsString;
    const source = SeedSource.inline([{ username: 'ann', attributes: { nickname: 'A' } }]);
    seed(stack, { engine: engineOf(), source, poolRole: roleOf(stack, role) });
    const { Properties } = resource(stack);
    expect(Properties.PoolRoleArn).toEqual({ Ref: 'RoleArn' });
    expect(decode({ ...Properties, PoolRoleArn: ROLE })).toMatchObject({ userPoolId: POOL_ID, poolRoleArn: ROLE });
  });

  test('waits for the policies of a role of the same stack', () => {
    const stack = newStack();
    const poolRole = new Role(stack, 'PoolRole', { assumedBy: new AccountPrincipal(HERE) });
    poolRole.addToPolicy(new PolicyStatement({ actions: ['cognito-idp:AdminGetUser'], resources: ['arn:aws:pool'] }));
    seed(stack, { engine: engineOf(), userPool: poolOf(stack, HERE), poolRole });
    expect(resource(stack).DependsOn).toEqual(
      expect.arrayContaining([
        stack.getLogicalId(poolRole.node.defaultChild as never),
        stack.getLogicalId(poolRole.node.findChild('DefaultPolicy').node.defaultChild as never),
      ]),
    );
    expect(mistakesIn(stack)).toBe('');
  });
});

test.each([
  ['with a role', roleOf, THERE],
  ['without one', () => undefined, HERE],
])(
  '%s, the engines share no policy: the former one’s function removes the former resource after the update',
  (_, roleFor, account) => {
    const idsOn = (engine: SeedEngine) => {
      const stack = newStack();
      seed(stack, { ...EVERYTHING, engine, userPool: poolOf(stack, account), poolRole: roleFor(stack) });
      return seedersPolicies(stack).map(([id]) => id);
    };
    const former = idsOn(SeedEngine.lambda());
    expect(former.length).toBeGreaterThan(2);
    expect(idsOn(SeedEngine.stepFunctions()).filter((id) => former.includes(id))).toEqual([]);
  },
);

test('on Step Functions, the report takes on the role where the stack asks who users are, and else not', () => {
  const stack = newStack();
  const seeder = seed(stack, { engine: SeedEngine.stepFunctions(), poolRole: roleOf(stack) });
  expect(JSON.stringify(assuming(stack))).not.toContain('ReportRole');
  const other = newStack();
  seed(other, { engine: SeedEngine.stepFunctions(), poolRole: roleOf(other) }).user('ann');
  expect(assuming(other)).toContainEqual({
    id: expect.stringMatching(/^SeederReportPoolRolePolicy/),
    statements: [ASSUME],
    roles: ['CognitoUserAttributesRunsStepsReportRole'],
  });
  expect(resource(other).DependsOn).toEqual(expect.arrayContaining(assuming(other).map(({ id }) => id)));
  expect(seeder.node.path).toBe('Stack/Seeder');
});

test('a role that this app declares in the pool’s account is named as it will be', () => {
  const app = new App({ context: { 'aws:cdk:disable-asset-staging': true } });
  const there = new Stack(app, 'There', { env: { account: THERE, region: 'eu-west-1' } });
  const poolRole = new Role(there, 'PoolRole', {
    assumedBy: new AccountPrincipal(HERE),
    roleName: PhysicalName.GENERATE_IF_NEEDED,
  });
  const stack = new Stack(app, 'Stack', { env: { account: HERE, region: 'eu-west-1' } });
  seed(stack, { poolRole });
  const [{ statements }] = assuming(stack);
  const { PoolRoleArn } = resource(stack).Properties;
  expect(JSON.stringify(PoolRoleArn)).toMatch(new RegExp(`:iam::${THERE}:role/there\\w*poolrole`));
  expect(statements).toEqual([{ ...ASSUME, Resource: PoolRoleArn }]);
  expect(mistakesIn(stack)).toBe('');
});

describe('refused at synth', () => {
  const mistakes = (props: (stack: Stack) => Partial<UserAttributesSeederProps>): string => {
    const stack = newStack();
    seed(stack, props(stack));
    return mistakesIn(stack);
  };

  test('a pool of another account without a role', () => {
    expect(mistakes(() => ({}))).toContain(
      `the pool is in account ${THERE}, this stack in ${HERE}; declare poolRole, a role of account ${THERE} that trusts this stack's account, or deploy the seeder there`,
    );
  });

  test('a role of another account than the pool’s', () => {
    expect(mistakes((stack) => ({ poolRole: roleOf(stack, 'arn:aws:iam::333333333333:role/pool') }))).toContain(
      `the pool is in account ${THERE}, poolRole in 333333333333; declare a role of account ${THERE}`,
    );
    const own = (stack: Stack) => ({ userPool: new UserPool(stack, 'Own'), poolRole: roleOf(stack) });
    expect(mistakes(own)).toContain(`the pool is in account ${HERE}, poolRole in ${THERE}`);
  });

  test('what is no role', () => {
    expect(mistakes(() => ({ poolRole: ROLE as never }))).toContain(
      'poolRole must be a role; declare Role.fromRoleArn',
    );
  });

  test.each<[string, (stack: Stack) => Partial<UserAttributesSeederProps>]>([
    ['a role of this account', (stack) => ({ userPool: poolOf(stack, HERE), poolRole: roleOf(stack, ROLE.replace(THERE, HERE)) })],
    ['a pool whose account nobody knows', (stack) => ({ userPool: UserPool.fromUserPoolId(stack, 'ById', POOL_ID), poolRole: roleOf(stack) })],
    ['a role whose account nobody knows', (stack) => ({ poolRole: roleOf(stack, new CfnParameter(stack, 'Arn').valueAsString) })],
  ])('and not %s', (_, props) => {
    expect(mistakes(props)).toBe('');
  }); // prettier-ignore
});

test.each([5, '', 'role', 'arn:aws:iam::222222222222:user/pool', 'arn:aws:iam::2:role/pool', `${ROLE} `])(
  'a role that deployment makes %p is refused by its field, and its value is not told',
  (PoolRoleArn) => {
    const wire = { UserPoolId: 'p', MissingUsers: 'FAIL', Prune: 'true', Removal: 'RETAIN', RequestsPerSecond: '1' };
    const users = { Users: [] };
    expect(() => decode({ ...wire, ...users, PoolRoleArn })).toThrow(/custom resource's PoolRoleArn must be/);
    const trigger = { Step: 'LOOK', UserPoolId: 'p', FunctionArn: 'f', DisplaceExisting: 'false' };
    expect(() => decodeTrigger({ ...trigger, PoolRoleArn })).toThrow(/custom resource's PoolRoleArn must be/);
    expect(decodeTrigger({ ...trigger, PoolRoleArn: ROLE })).toMatchObject({ poolRoleArn: ROLE });
    expect(decodeTrigger({ ...trigger, PoolRoleArn: 'arn:aws-cn:iam::222222222222:role/a!/b' })).toBeDefined();
  },
);

describe('a trigger', () => {
  const trigger = (stack: Stack, importedPool?: ImportedPoolOptions, userPool = poolOf(stack)) => {
    new CustomMessageTrigger(stack, 'Messages', { userPool, importedPool }).addTemplate(CustomMessageSource.SIGN_UP, {
      subject: 'S',
      html: '<p>{{code}}</p>',
    });
    return Template.fromStack(stack);
  };
  const only = (template: Template, type: string): any => {
    const found = Object.values(template.findResources(type));
    expect(found).toHaveLength(1);
    return found[0];
  };

  test('takes on the role that is declared, which passes the role for SMS on itself', () => {
    const stack = newStack();
    const smsRole = roleOf(stack, `arn:aws:iam::${THERE}:role/sms`, 'SmsRole');
    const template = trigger(stack, { poolRole: roleOf(stack), smsRole });
    const own = policiesOf(stack).filter(([id]) => id.startsWith('MessagesPoolPolicy'));
    expect(own.map(([, statements]) => statements)).toEqual([
      [ASSUME, { Effect: 'Allow', Action: 'cloudformation:DescribeStacks', Resource: { Ref: 'AWS::StackId' } }],
    ]);
    const [look, attachment] = ['Custom::CognitoFormerTrigger', 'Custom::CognitoPoolTrigger'].map((type) =>
      only(template, type),
    );
    expect(look.Properties.PoolRoleArn).toBe(ROLE);
    expect(attachment.Properties).toMatchObject({ PoolRoleArn: ROLE, SmsRoleArn: `arn:aws:iam::${THERE}:role/sms` });
    for (const { DependsOn } of [look, attachment]) expect(DependsOn).toContain(own[0][0]);
  });

  test('lets Cognito call the function for the pool of the other account, and for nobody else', () => {
    const stack = newStack();
    const template = trigger(stack, { poolRole: roleOf(stack) });
    expect(only(template, 'AWS::Lambda::Permission').Properties).toMatchObject({
      Principal: 'cognito-idp.amazonaws.com',
      SourceArn: `arn:aws:cognito-idp:eu-west-1:${THERE}:userpool/${POOL_ID}`,
      SourceAccount: THERE,
    });
  });

  test('of another account is warned of, since AWS does not document it; of the same one not', () => {
    const stack = newStack();
    trigger(stack, { poolRole: roleOf(stack) });
    Annotations.fromStack(stack).hasWarning(
      '/Stack/Messages',
      Match.stringLikeRegexp(`is in account ${THERE}: AWS documents .* Region, and not whether`),
    );
    const same = newStack();
    trigger(same, { poolRole: roleOf(same, ROLE.replace(THERE, HERE)) }, poolOf(same, HERE));
    Annotations.fromStack(same).hasNoWarning('*', Match.anyValue());
  });

  test('in a stack of any account is warned of a pool that counts as its own, and a role that does not', () => {
    const stack = newStack({});
    trigger(stack, { poolRole: roleOf(stack) }, UserPool.fromUserPoolId(stack, 'ById', POOL_ID));
    Annotations.fromStack(stack).hasWarning(
      '/Stack/Messages',
      Match.stringLikeRegexp(
        `counts as one of this stack's account, and poolRole is of ${THERE}: import the pool by its ARN`,
      ),
    );
    const same = newStack({});
    const poolRole = new Role(same, 'PoolRole', { assumedBy: new AccountPrincipal(HERE) });
    trigger(same, { poolRole }, UserPool.fromUserPoolId(same, 'ById', POOL_ID));
    Annotations.fromStack(same).hasNoWarning('*', Match.anyValue());
  });

  test('without a role has neither the account nor the role in its resources', () => {
    const stack = newStack();
    const template = trigger(stack, undefined, poolOf(stack, HERE));
    expect(JSON.stringify(template.toJSON())).not.toMatch(/SourceAccount|PoolRoleArn|sts:AssumeRole.*arn:aws:iam/);
    expect(assuming(stack)).toEqual([]);
  });

  test.each<[string, (stack: Stack) => [ImportedPoolOptions?, ReturnType<typeof poolOf>?], RegExp]>([
    ['a pool of another account without a role', () => [], /is in account 222222222222, this stack in 111111111111: declare importedPool: \{ poolRole \}/],
    ['a role of another account than the pool’s', (stack) => [{ poolRole: roleOf(stack, 'arn:aws:iam::333333333333:role/pool') }], /poolRole is of account 333333333333.*counts as one of 222222222222/],
    ['a pool whose ARN would be of the wrong account', (stack) => [{ poolRole: roleOf(stack) }, UserPool.fromUserPoolId(stack, 'ById', POOL_ID)], /counts as one of 111111111111: import the pool by its ARN/],
    ['what is no role', () => [{ poolRole: ROLE as never }], /Stack\/Messages: poolRole of importedPool must be a role/],
  ])('is refused with %s', (_, propsOf, message) => {
    const stack = newStack();
    const [options, userPool] = propsOf(stack);
    expect(() => trigger(stack, options, userPool ?? poolOf(stack))).toThrow(message);
  }); // prettier-ignore
});

test('an API for people of a pool of another account needs no role: their own tokens are all it has', () => {
  const stack = newStack();
  new UserAttributesApi(stack, 'Api', {
    userPool: poolOf(stack),
    userPoolClients: [UserPoolClient.fromUserPoolClientId(stack, 'Client', 'client-there')],
    writable: [WritableAttribute.of('nickname')],
  });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
    JwtConfiguration: {
      Issuer: { 'Fn::Join': ['', ['https://cognito-idp.eu-west-1.', { Ref: 'AWS::URLSuffix' }, `/${POOL_ID}`]] },
      Audience: ['client-there'],
    },
  });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: Match.objectLike({ USER_POOL_REGION: 'eu-west-1' }) },
  });
  expect(ofCognito(stack)).toEqual([]);
  expect(mistakesIn(stack)).toBe('');
});

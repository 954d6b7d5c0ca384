import { App, CfnResource, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CfnUserPool, type IUserPoolRef, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CustomMessageSource } from '../../lib/custom-message-source';
import { CustomMessageTrigger, type CustomMessageTriggerProps } from '../../lib/custom-message-trigger';
import { decode, decodeFormer, encodeFormer } from '../../lib/private/contracts/pool-trigger';

const POOL_ID = 'eu-west-1_imported';
const POOL_ARN = {
  'Fn::Join': [
    '',
    [
      'arn:',
      { Ref: 'AWS::Partition' },
      ':cognito-idp:',
      { Ref: 'AWS::Region' },
      ':',
      { Ref: 'AWS::AccountId' },
      `:userpool/${POOL_ID}`,
    ],
  ],
};

let app: App;
let stack: Stack;

beforeEach(() => {
  app = new App({ context: { 'aws:cdk:disable-asset-staging': true } });
  stack = new Stack(app, 'Stack');
});

const imported = (id = 'Pool', poolId = POOL_ID): IUserPoolRef => UserPool.fromUserPoolId(stack, id, poolId);

const trigger = (props: Partial<CustomMessageTriggerProps> = {}, id = 'Messages'): CustomMessageTrigger => {
  const messages = new CustomMessageTrigger(stack, id, {
    userPool: props.userPool ?? imported(`${id}Pool`),
    ...props,
  });
  messages.addTemplate(CustomMessageSource.SIGN_UP, { subject: 'S', html: '<p>{{code}}</p>' });
  return messages;
};

/** The only resource of a type. */
const one = (type: string): [id: string, resource: any] => {
  const found = Object.entries(Template.fromStack(stack).findResources(type));
  expect(found).toHaveLength(1);
  return found[0];
};
const attachment = () => one('Custom::CognitoPoolTrigger')[1];
const functionArn = () => {
  const functions = Template.fromStack(stack).findResources('AWS::Lambda::Function', {
    Properties: { Description: Match.stringLikeRegexp('CustomMessage trigger\\)') },
  });
  return { 'Fn::GetAtt': [Object.keys(functions)[0], 'Arn'] };
};
const poolPolicy = () => {
  const policies = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  return policies.filter(([id]) => id.startsWith('MessagesPoolPolicy'));
};

test.each<[string, () => IUserPoolRef]>([
  ['UserPool.fromUserPoolId', () => imported()],
  [
    'UserPool.fromUserPoolArn',
    () =>
      UserPool.fromUserPoolArn(
        stack,
        'Pool',
        stack.formatArn({ service: 'cognito-idp', resource: 'userpool', resourceName: POOL_ID }),
      ),
  ],
  ['CfnUserPool.fromUserPoolId', () => CfnUserPool.fromUserPoolId(stack, 'Pool', POOL_ID)],
])('a pool of %s gets the trigger from a custom resource', (_, pool) => {
  trigger({ userPool: pool() });
  const [look, { Properties: looking }] = one('Custom::CognitoFormerTrigger');
  const { Properties: attaching } = attachment();
  const declared = { UserPoolId: POOL_ID, FunctionArn: functionArn(), DisplaceExisting: 'false' };
  expect(looking).toEqual({ ServiceToken: expect.anything(), Step: 'LOOK', ...declared });
  expect(attaching).toEqual({
    ServiceToken: looking.ServiceToken,
    Step: 'ATTACH',
    ...declared,
    Former: { Ref: look },
    StackDigest: expect.stringMatching(/^[\da-f]{16}$/),
  });
  Template.fromStack(stack).resourceCountIs('AWS::Events::Rule', 0);
});

test('Cognito may call the function for this pool before it is attached', () => {
  trigger();
  const [id, { Properties }] = one('AWS::Lambda::Permission');
  expect(Properties).toEqual({
    Action: 'lambda:InvokeFunction',
    FunctionName: functionArn(),
    Principal: 'cognito-idp.amazonaws.com',
    SourceArn: POOL_ARN,
  });
  expect(attachment().DependsOn).toContain(id);
});

test('the function that attaches may read and write this pool, and nothing else', () => {
  trigger();
  const [[id, { Properties }]] = poolPolicy();
  expect(Properties.PolicyDocument.Statement).toEqual([
    { Effect: 'Allow', Action: ['cognito-idp:DescribeUserPool', 'cognito-idp:UpdateUserPool'], Resource: POOL_ARN },
    { Effect: 'Allow', Action: 'cloudformation:DescribeStacks', Resource: { Ref: 'AWS::StackId' } },
  ]);
  expect(attachment().DependsOn).toContain(id);
  expect(one('Custom::CognitoFormerTrigger')[1].DependsOn).toContain(id);
});

test('of a pool that sends SMS, it may pass the role that is declared', () => {
  const smsRole = Role.fromRoleArn(stack, 'SmsRole', 'arn:aws:iam::123456789012:role/sms');
  trigger({ importedPool: { smsRole } });
  expect(poolPolicy()[0][1].Properties.PolicyDocument.Statement[2]).toEqual({
    Effect: 'Allow',
    Action: 'iam:PassRole',
    Resource: 'arn:aws:iam::123456789012:role/sms',
    Condition: { StringEquals: { 'iam:PassedToService': 'cognito-idp.amazonaws.com' } },
  });
  expect(attachment().Properties.SmsRoleArn).toBe('arn:aws:iam::123456789012:role/sms');
});

test('another function gives way where that is declared', () => {
  trigger({ importedPool: { displaceExisting: true } });
  expect(attachment().Properties.DisplaceExisting).toBe('true');
  expect(one('Custom::CognitoFormerTrigger')[1].Properties.DisplaceExisting).toBe('true');
});

test('a schedule looks after the trigger where that is declared, and goes before it', () => {
  trigger({ importedPool: { checkEvery: Duration.hours(1) } });
  const [, { Properties, DependsOn }] = one('AWS::Events::Rule');
  expect(Properties.ScheduleExpression).toBe('rate(1 hour)');
  const [id] = one('Custom::CognitoPoolTrigger');
  expect(DependsOn).toContain(id);
  const [{ Input }] = Properties.Targets;
  const [look] = one('Custom::CognitoFormerTrigger');
  const text = Input['Fn::Join'][1]
    .map((part: any) => (typeof part === 'string' ? part : part.Ref === look ? `${POOL_ID}/` : 'arn:function'))
    .join('');
  expect(decode(JSON.parse(text))).toEqual({
    step: 'ATTACH',
    userPoolId: POOL_ID,
    functionArn: 'arn:function',
    displaceExisting: false,
    formerArn: undefined,
    smsRoleArn: undefined,
  });
});

test('one function serves the triggers of a stack', () => {
  trigger();
  trigger({ userPool: imported('Second', 'eu-west-1_second') }, 'More');
  const template = Template.fromStack(stack);
  template.resourceCountIs('Custom::CognitoPoolTrigger', 2);
  template.resourceCountIs('AWS::Lambda::Function', 4); // two of messages, one that attaches, one of the framework
});

test('a function of one’s own is attached', () => {
  const handler = new Function(stack, 'Mine', {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('//'),
  });
  trigger({ handler });
  expect(attachment().Properties.FunctionArn).toEqual(stack.resolve(handler.functionArn));
});

describe('the digest of the stack', () => {
  const digest = (define: (stack: Stack) => void = () => undefined): string => {
    app = new App({ context: { 'aws:cdk:disable-asset-staging': true } });
    stack = new Stack(app, 'Stack');
    trigger();
    define(stack);
    return attachment().Properties.StackDigest;
  };
  const queue = (name: string) => (scope: Stack) =>
    void new CfnResource(scope, 'Queue', { type: 'AWS::SQS::Queue', properties: { QueueName: name } });

  test('is the same for the same app, also when it is synthesized again', () => {
    const first = digest(queue('a'));
    expect(attachment().Properties.StackDigest).toBe(first);
    expect(digest(queue('a'))).toBe(first);
  });

  test('is another one when a resource comes, changes, or is overridden', () => {
    const overridden = (scope: Stack) =>
      new CfnResource(scope, 'Queue', { type: 'AWS::SQS::Queue' }).addPropertyOverride('QueueName', 'c');
    const digests = [digest(), digest(queue('a')), digest(queue('b')), digest(overridden)];
    expect(new Set(digests).size).toBe(4);
  });

  test('of two triggers does not wait for each other', () => {
    trigger();
    trigger({ userPool: imported('Second', 'eu-west-1_second') }, 'More');
    const resources = Object.values(Template.fromStack(stack).findResources('Custom::CognitoPoolTrigger'));
    expect(resources.map(({ Properties }) => Properties.StackDigest)).toEqual([
      expect.stringMatching(/^[\da-f]{16}$/),
      expect.stringMatching(/^[\da-f]{16}$/),
    ]);
  });
});

describe('refused at synth', () => {
  test('importedPool with a pool of this app', () => {
    expect(() => trigger({ userPool: new UserPool(stack, 'Own'), importedPool: {} })).toThrow(
      /^Stack\/Messages: importedPool is for imported pools, and this app declares the user pool Stack\/Own.*leave importedPool out/,
    );
  });

  test.each([Duration.seconds(30), Duration.seconds(90)])('a check every %s', (checkEvery) => {
    expect(() => trigger({ importedPool: { checkEvery } })).toThrow(
      /Stack\/Messages: checkEvery must be whole minutes, at least one, got/,
    );
  });

  test('a second trigger of one pool', () => {
    trigger();
    expect(() => trigger({}, 'Second')).toThrow(
      /Stack\/Second: Stack\/Messages is the trigger of .* already.*addTemplate/,
    );
  });

  test('a pool of another Region', () => {
    stack = new Stack(app, 'There', { env: { account: '123456789012', region: 'us-east-1' } });
    const userPool = UserPool.fromUserPoolArn(
      stack,
      'Pool',
      `arn:aws:cognito-idp:eu-west-1:123456789012:userpool/${POOL_ID}`,
    );
    expect(() => trigger({ userPool })).toThrow(/is in eu-west-1, and Cognito calls functions of its own Region alone/);
  });
});

test('what only the pool’s own declaration tells is not warned of', () => {
  trigger();
  Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
});

test('an own pool gets nothing of all this', () => {
  trigger({ userPool: new UserPool(stack, 'Own') });
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::Lambda::Function', 1);
  template.resourceCountIs('Custom::CognitoPoolTrigger', 0);
  template.resourceCountIs('Custom::CognitoFormerTrigger', 0);
});

test('metricReattachedTriggers counts by pool', () => {
  const metric = trigger().metricReattachedTriggers();
  expect(metric).toMatchObject({
    namespace: 'CognitoUserAttributes',
    metricName: 'ReattachedTriggers',
    dimensions: { service: 'CustomMessageTrigger', UserPoolId: POOL_ID },
    statistic: 'Sum',
  });
});

describe('the physical id', () => {
  const former = { userPoolId: POOL_ID, formerArn: 'arn:aws:lambda:eu-west-1:123456789012:function:other:live' };
  test.each([
    former,
    { userPoolId: POOL_ID, formerArn: undefined },
    { ...former, previous: { userPoolId: 'eu-west-1_before', formerArn: undefined } },
  ])('keeps what was there before: %p', (kept) => {
    expect(decodeFormer(encodeFormer(kept)!)).toEqual(kept);
  });

  test('is never longer than CloudFormation takes', () => {
    expect(encodeFormer({ userPoolId: POOL_ID, formerArn: 'a'.repeat(1010) })).toBeUndefined();
  });

  test.each(['', 'pool', 'pool/arn/more'])('of others is refused: %p', (id) => {
    expect(() => decodeFormer(id)).toThrow('Former must be');
  });
});

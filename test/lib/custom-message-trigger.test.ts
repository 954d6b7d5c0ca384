import { App, CfnCondition, CfnResource, Fn, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import {
  CfnUserPool,
  type IUserPoolRef,
  UserPool,
  UserPoolEmail,
  UserPoolOperation,
  VerificationEmailStyle,
} from 'aws-cdk-lib/aws-cognito';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CustomMessageSource } from '../../lib/custom-message-source';
import { CustomMessageTrigger } from '../../lib/custom-message-trigger';
import { decodeMessages } from '../../lib/private/contracts/message';
import { ownedUserPool } from '../../lib/private/owned-user-pool';

let app: App;
let stack: Stack;

beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
});

function trigger(userPool: IUserPoolRef, scope: Construct = stack): CustomMessageTrigger {
  const messages = new CustomMessageTrigger(scope, 'Messages', { userPool });
  messages.addTemplate(CustomMessageSource.SIGN_UP, { sms: 'Your code is {{code}}' });
  return messages;
}

const someFunction = (id = 'Other') =>
  new Function(stack, id, { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('//') });

/** The references that lead to the trigger's function. */
const handlerArn = (template: Template) => {
  const [id] = Object.keys(
    template.findResources('AWS::Lambda::Function', { Properties: { Architectures: ['arm64'] } }),
  );
  return { 'Fn::GetAtt': [id, 'Arn'] };
};

/** The trigger of the only pool, and the one permission that lets Cognito call it. */
function expectWired(template: Template, others: Record<string, unknown> = {}) {
  template.hasResourceProperties('AWS::Cognito::UserPool', {
    LambdaConfig: { CustomMessage: handlerArn(template), ...others },
  });
  const [pool] = Object.keys(template.findResources('AWS::Cognito::UserPool'));
  const permission = {
    Action: 'lambda:InvokeFunction',
    Principal: 'cognito-idp.amazonaws.com',
    FunctionName: handlerArn(template),
    SourceArn: { 'Fn::GetAtt': [pool, 'Arn'] },
  };
  expect(Object.values(template.findResources('AWS::Lambda::Permission', { Properties: permission }))).toHaveLength(1);
}

describe('the pool', () => {
  test('an L2 gets the trigger and the permission', () => {
    trigger(new UserPool(stack, 'Pool'));
    expectWired(Template.fromStack(stack));
  });

  test('an L2 keeps its other triggers', () => {
    const pool = new UserPool(stack, 'Pool', { lambdaTriggers: { preSignUp: someFunction() } });
    trigger(pool);
    pool.addTrigger(UserPoolOperation.POST_CONFIRMATION, someFunction('Later'));
    expectWired(Template.fromStack(stack), { PreSignUp: Match.anyValue(), PostConfirmation: Match.anyValue() });
  });

  test('an L1 gets the trigger and the permission', () => {
    trigger(new CfnUserPool(stack, 'Pool'));
    expectWired(Template.fromStack(stack));
  });

  test('an L1 keeps its other triggers', () => {
    trigger(new CfnUserPool(stack, 'Pool', { lambdaConfig: { preSignUp: 'arn:pre' } }));
    expectWired(Template.fromStack(stack), { PreSignUp: 'arn:pre' });
  });

  test('an L1 whose triggers are not known yet keeps them', () => {
    trigger(new CfnUserPool(stack, 'Pool', { lambdaConfig: Lazy.any({ produce: () => ({ preSignUp: 'arn:pre' }) }) }));
    expectWired(Template.fromStack(stack), { PreSignUp: 'arn:pre' });
  });

  test('the L1 inside an L2 is wired through the L2', () => {
    const pool = new UserPool(stack, 'Pool');
    trigger(pool.node.defaultChild as CfnUserPool);
    pool.addTrigger(UserPoolOperation.PRE_SIGN_UP, someFunction());
    expectWired(Template.fromStack(stack), { PreSignUp: Match.anyValue() });
  });

  test('a construct of one’s own that passes a pool on is that pool', () => {
    class CompanyPool extends Construct implements IUserPoolRef {
      private readonly pool = new UserPool(this, 'Inner');
      public readonly userPoolRef = this.pool.userPoolRef;
      public readonly env = this.pool.env;
    }
    trigger(new CompanyPool(stack, 'Company'));
    expectWired(Template.fromStack(stack));
  });

  test.each<[string, () => IUserPoolRef]>([
    ['an L2', () => new UserPool(stack, 'Pool', { lambdaTriggers: { customMessage: someFunction() } })],
    ['an L1', () => new CfnUserPool(stack, 'Pool', { lambdaConfig: { customMessage: 'arn:other' } })],
    [
      'an L1 with CloudFormation’s names',
      () =>
        new CfnUserPool(stack, 'Pool', { lambdaConfig: Lazy.any({ produce: () => ({ CustomMessage: 'arn:other' }) }) }),
    ],
  ])('%s with a CustomMessage trigger is refused, not rewired', (_, pool) => {
    expect(() => trigger(pool())).toThrow(
      /^Stack\/Pool.* has a CustomMessage trigger already.*remove the other.*addTemplate/,
    );
  });

  test.each<[string, () => IUserPoolRef]>([
    ['an L2', () => new UserPool(stack, 'Pool')],
    ['an L1', () => new CfnUserPool(stack, 'Pool')],
    [
      'an L1 with triggers of later',
      () => new CfnUserPool(stack, 'Pool', { lambdaConfig: Lazy.any({ produce: () => ({}) }) }),
    ],
  ])('%s takes one CustomMessageTrigger', (_, make) => {
    const pool = make();
    trigger(pool);
    expect(() => new CustomMessageTrigger(stack, 'Second', { userPool: pool })).toThrow(
      /has a CustomMessage trigger already/,
    );
  });

  test('triggers behind a CloudFormation condition are refused', () => {
    new CfnCondition(stack, 'Condition', { expression: Fn.conditionEquals('a', 'b') });
    const lambdaConfig = Fn.conditionIf('Condition', { PreSignUp: 'arn:pre' }, Fn.ref('AWS::NoValue'));
    expect(() => trigger(new CfnUserPool(stack, 'Pool', { lambdaConfig }))).toThrow(
      /declare the triggers as an object/,
    );
  });

  test.each<[string, () => IUserPoolRef]>([
    ['UserPool.fromUserPoolId', () => UserPool.fromUserPoolId(stack, 'Pool', 'eu-central-1_abc')],
    [
      'UserPool.fromUserPoolArn',
      () =>
        UserPool.fromUserPoolArn(
          stack,
          'Pool',
          'arn:aws:cognito-idp:eu-central-1:111111111111:userpool/eu-central-1_abc',
        ),
    ],
    ['CfnUserPool.fromUserPoolId', () => CfnUserPool.fromUserPoolId(stack, 'Pool', 'eu-central-1_abc')],
  ])('an imported pool (%s) is refused with the remedy', (_, pool) => {
    expect(() => trigger(pool())).toThrow(
      /Stack\/Messages: .*Stack\/Pool is imported.*in the app that declares the pool/,
    );
  });

  test('a pool of another stack depends on the trigger’s, not the other way round', () => {
    const other = new Stack(app, 'PoolStack');
    trigger(new UserPool(other, 'L2'));
    new CustomMessageTrigger(stack, 'More', { userPool: new CfnUserPool(other, 'L1') }).addTemplate(
      CustomMessageSource.SIGN_UP,
      { sms: 'Your code is {{code}}' },
    );
    expect(() => app.synth()).not.toThrow();
    expect(other.dependencies).toEqual([stack]);
    expect(stack.dependencies).toEqual([]);
    Template.fromStack(other).resourceCountIs('AWS::Lambda::Permission', 2);
  });
});

test('no other CustomMessage trigger takes the place of this one', () => {
  const pool = new UserPool(stack, 'Pool');
  trigger(pool);
  expect(() => pool.addTrigger(UserPoolOperation.CUSTOM_MESSAGE, someFunction())).toThrow(/already exists/);
});

test('an owned pool is found by itself, its default child or its id, whatever its class', () => {
  const pool = new UserPool(stack, 'Pool');
  expect(ownedUserPool(pool)).toBe(pool.node.defaultChild);
  expect(ownedUserPool(new CfnUserPool(stack, 'L1'))).toBe(stack.node.findChild('L1'));
  expect(ownedUserPool(UserPool.fromUserPoolId(stack, 'Again', pool.userPoolId))).toBe(pool.node.defaultChild);
  const opaque = { userPoolId: Lazy.string({ produce: () => 'id' }), userPoolArn: 'arn' };
  const withOpaqueId = <T extends IUserPoolRef>(one: T): T =>
    Object.defineProperty(one, 'userPoolRef', { value: opaque });
  expect(ownedUserPool(withOpaqueId(pool))).toBe(pool.node.defaultChild);
  const l1 = new CfnUserPool(stack, 'Opaque');
  expect(ownedUserPool(withOpaqueId(l1))).toBe(l1);
  const made = new CfnResource(stack, 'Made', { type: 'Custom::UserPool' });
  expect(ownedUserPool(UserPool.fromUserPoolId(stack, 'ByResource', made.ref))).toBeUndefined();
  expect(ownedUserPool(UserPool.fromUserPoolId(stack, 'Imported', 'eu-central-1_abc'))).toBeUndefined();
});

describe('the function', () => {
  test('is small, current and within the time that Cognito waits', () => {
    trigger(new UserPool(stack, 'Pool'));
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Timeout: 5,
      MemorySize: 256,
      Description: Match.stringLikeRegexp('CustomMessage'),
      LoggingConfig: { LogFormat: 'JSON', LogGroup: Match.anyValue() },
    });
  });

  test('keeps its log for a month, and not longer than itself', () => {
    trigger(new UserPool(stack, 'Pool'));
    Template.fromStack(stack).hasResource('AWS::Logs::LogGroup', {
      Properties: { RetentionInDays: 30 },
      DeletionPolicy: 'Delete',
    });
  });

  test('may write to its own log and do nothing else', () => {
    trigger(new UserPool(stack, 'Pool', { enableSmsRole: false }));
    const template = Template.fromStack(stack);
    const [logGroup] = Object.keys(template.findResources('AWS::Logs::LogGroup'));
    const [role] = Object.keys(template.findResources('AWS::IAM::Role'));
    template.resourceCountIs('AWS::IAM::Role', 1);
    template.resourcePropertiesCountIs('AWS::IAM::Role', { ManagedPolicyArns: Match.anyValue() }, 0);
    const policies = Object.values(template.findResources('AWS::IAM::Policy'));
    expect(policies).toHaveLength(1);
    expect(policies[0].Properties).toMatchObject({
      Roles: [{ Ref: role }],
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: { 'Fn::GetAtt': [logGroup, 'Arn'] },
          },
        ],
      },
    });
    expect(JSON.stringify(policies)).not.toContain('*');
  });

  test('knows nothing of the pool, which depends on it', () => {
    trigger(new UserPool(stack, 'Pool'));
    const template = Template.fromStack(stack); // throws on a circle
    const [pool] = Object.keys(template.findResources('AWS::Cognito::UserPool'));
    for (const type of ['AWS::Lambda::Function', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::Logs::LogGroup']) {
      expect(JSON.stringify(template.findResources(type))).not.toContain(`"${pool}"`);
    }
  });
});

describe('templates', () => {
  const environment = (template: Template) => {
    const [handler] = Object.values(template.findResources('AWS::Lambda::Function'));
    return handler.Properties.Environment.Variables.MESSAGES;
  };

  test('reach the function as declared, in their order, also those added last', () => {
    const messages = trigger(new UserPool(stack, 'Pool'));
    const mail = { subject: 'S', html: '<p class="x">\n{{code}}</p>' };
    messages.addTemplate(CustomMessageSource.FORGOT_PASSWORD, { when: { campaign: 'blue' }, ...mail });
    expect(decodeMessages(environment(Template.fromStack(stack))).templates).toEqual([
      { source: 'CustomMessage_SignUp', when: {}, sms: 'Your code is {{code}}' },
      { source: 'CustomMessage_ForgotPassword', when: { campaign: 'blue' }, ...mail },
    ]);
  });

  test('may hold tokens that are known at synthesis, and none that are known only at deployment', () => {
    const messages = trigger(new UserPool(stack, 'Pool'));
    const known = Lazy.string({ produce: () => '"quoted"' });
    messages.addTemplate(CustomMessageSource.RESEND_CODE, { subject: 'S', html: `<p>{{code}} ${known}</p>` });
    expect(decodeMessages(environment(Template.fromStack(stack)) as string).templates[1].html).toBe(
      '<p>{{code}} "quoted"</p>',
    );
  });

  test.each(['subject', 'html', 'sms'] as const)('with a token of the deployment in %s do not synthesize', (part) => {
    const messages = trigger(new UserPool(stack, 'Pool'));
    const text = `{{code}} ${new Bucket(stack, 'Bucket').bucketName}`;
    messages.addTemplate(CustomMessageSource.RESEND_CODE, { subject: 'S', html: '<p>{{code}}</p>', [part]: text });
    expect(() => Template.fromStack(stack)).toThrow(/holds a token that is known only at deployment/);
  });

  test('are refused with a trigger that has lost its pool', () => {
    const pool = new CfnUserPool(stack, 'Pool');
    trigger(pool);
    pool.lambdaConfig = { preSignUp: 'arn:aws:lambda:eu-west-1:111111111111:function:other' };
    expect(() => Template.fromStack(stack)).toThrow(/Stack\/Pool has lost this trigger/);
  });

  test('without fault pass synthesis, and all faults of all templates stop it at once', () => {
    const messages = trigger(new UserPool(stack, 'Pool'));
    expect(() => app.synth()).not.toThrow();
    messages.addTemplate(CustomMessageSource.SIGN_UP, { sms: 'again {{code}}' });
    messages.addTemplate(CustomMessageSource.RESEND_CODE, { sms: 'no code', subject: 'x'.repeat(200) });
    messages.addTemplate(CustomMessageSource.FORGOT_PASSWORD, { sms: '{{code}} {{{username}}}' });
    expect(messages.node.validate()).toEqual([
      expect.stringMatching(/ResendCode.*has a subject but no html/),
      expect.stringMatching(/ResendCode.*subject: is 200 characters/),
      expect.stringMatching(/ResendCode.*sms: lacks {{code}}/),
      expect.stringMatching(/ForgotPassword.*sms: {{{username}}} is a raw form/),
      expect.stringMatching(/SignUp.*could match the same metadata/),
    ]);
    expect(() => app.synth({ force: true })).toThrow(/Stack\/Messages.*lacks {{code}}/s);
  });

  test('are what the construct is for: one without any does not synthesize', () => {
    new CustomMessageTrigger(stack, 'Messages', { userPool: new UserPool(stack, 'Pool') });
    expect(() => app.synth()).toThrow(/has no templates/);
  });
});

describe('a warning', () => {
  const WITHOUT_SES = Match.stringLikeRegexp('UserPoolEmail.withSES');
  const withEmail = (userPool: IUserPoolRef) =>
    trigger(userPool).addTemplate(CustomMessageSource.FORGOT_PASSWORD, {
      subject: 'Your code',
      html: '<p>{{code}}</p>',
    });

  test.each<[string, () => IUserPoolRef]>([
    ['by default', () => new UserPool(stack, 'Pool')],
    ['where it says so', () => new UserPool(stack, 'Pool', { email: UserPoolEmail.withCognito() })],
    ['as an L1', () => new CfnUserPool(stack, 'Pool')],
  ])('tells of e-mails on a pool that sends through Cognito’s own sender %s', (_, pool) => {
    withEmail(pool());
    Annotations.fromStack(stack).hasWarning('/Stack/Messages', WITHOUT_SES);
  });

  test('is not given where the pool sends through SES', () => {
    withEmail(
      new UserPool(stack, 'Pool', {
        email: UserPoolEmail.withSES({ fromEmail: 'a@b.example', sesRegion: 'eu-west-1' }),
      }),
    );
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('tells of e-mails with a code on a pool that verifies by a link', () => {
    const email = UserPoolEmail.withSES({ fromEmail: 'a@b.example', sesRegion: 'eu-west-1' });
    const userVerification = { emailStyle: VerificationEmailStyle.LINK };
    const messages = trigger(new UserPool(stack, 'Pool', { email, userVerification }));
    messages.addTemplate(CustomMessageSource.RESEND_CODE, { subject: 'Your code', html: '<p>{{code}}</p>' });
    Annotations.fromStack(stack).hasWarning('/Stack/Messages', Match.stringLikeRegexp('verifies by a link'));
  });

  test('is not given where there are SMS alone', () => {
    trigger(new UserPool(stack, 'Pool'));
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });
});

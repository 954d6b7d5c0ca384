import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { App, Aspects, CfnCondition, CfnResource, Fn, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import {
  CfnUserPool,
  type IUserPoolRef,
  StringAttribute,
  UserPool,
  UserPoolEmail,
  UserPoolOperation,
  VerificationEmailStyle,
} from 'aws-cdk-lib/aws-cognito';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CustomMessageSource } from '../../lib/custom-message-source';
import { CustomMessageTrigger, type CustomMessageTriggerProps } from '../../lib/custom-message-trigger';
import { DefaultMessageReason } from '../../lib/default-message-reason';
import { MessageTemplates } from '../../lib/message-templates';
import { MetadataKey } from '../../lib/metadata-key';
import { MESSAGE_SOURCES, REASONS } from '../../lib/private/contracts/message';
import { ownedUserPool } from '../../lib/private/owned-user-pool';

let app: App;
let stack: Stack;

beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack');
});

function trigger(
  userPool: IUserPoolRef,
  scope: Construct = stack,
  props: Partial<CustomMessageTriggerProps> = {},
): CustomMessageTrigger {
  const messages = new CustomMessageTrigger(scope, 'Messages', { userPool, ...props });
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

/** What lies beside the function, or in the layer: each file by its path in the asset. */
const assetOf = (type: 'AWS::Lambda::Function' | 'AWS::Lambda::LayerVersion'): Record<string, string> => {
  const assembly = app.synth({ force: true });
  const { template } = assembly.getStackArtifact(stack.artifactId);
  const resources: any[] = Object.values(template.Resources);
  const [{ Properties }] = resources.filter(({ Type }) => Type === type);
  const { S3Key } = Properties.Code ?? Properties.Content;
  const directory = path.join(assembly.directory, `asset.${path.parse(S3Key).name}`);
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const file = path.join(parentPath, name);
      return [path.relative(directory, file), readFileSync(file, 'utf8')];
    }),
  );
};

describe('templates', () => {
  test('travel with the function’s code, also those added last, and in no template of CloudFormation', () => {
    const messages = trigger(new UserPool(stack, 'Pool'), stack, { metadata: [MetadataKey.of('campaign')] });
    const mail = { subject: 'Telling subject', html: '<p class="x">\n{{code}}</p>' };
    messages.addTemplate(CustomMessageSource.FORGOT_PASSWORD, { when: { campaign: 'blue' }, locale: 'de_AT', ...mail });
    const asset = assetOf('AWS::Lambda::Function');
    expect(Object.keys(asset)).toContain('index.js');
    expect(JSON.parse(asset['messages/index.json'])).toEqual({
      metadata: { campaign: { maxLength: 64 } },
      sources: {
        CustomMessage_SignUp: [{ when: {}, texts: { sms: { '': 'CustomMessage_SignUp/0/any.sms.json' } } }],
        CustomMessage_ForgotPassword: [
          {
            when: { campaign: ['blue'] },
            texts: { email: { 'de-at': 'CustomMessage_ForgotPassword/0/de-at.email.json' } },
          },
        ],
      },
    });
    expect(JSON.parse(asset['messages/CustomMessage_ForgotPassword/0/de-at.email.json'])).toEqual({
      subject: ['Telling subject'],
      html: ['<p class="x">\n', ['value', 'code'], '</p>'],
    });
    expect(JSON.stringify(Template.fromStack(stack))).not.toContain('Telling subject');
  });

  test('come out of a directory, beside those of the app’s own code', () => {
    const messages = new CustomMessageTrigger(stack, 'Messages', {
      userPool: new UserPool(stack, 'Pool', { customAttributes: {} }),
      templates: MessageTemplates.fromDirectory('examples/tenants/messages', {
        variants: { 'new-tenant': { when: { campaign: 'new-tenant' } } },
      }),
      metadata: [MetadataKey.oneOf('campaign', ['new-tenant', 'blue']), MetadataKey.of('tenant', { maxLength: 40 })],
    });
    messages.addTemplate(CustomMessageSource.SIGN_UP, { when: { campaign: 'blue' }, sms: 'Blue: {{code}}' });
    const index = JSON.parse(assetOf('AWS::Lambda::Function')['messages/index.json']);
    expect(Object.keys(index.sources)).toEqual(MESSAGE_SOURCES);
    expect(index.sources.CustomMessage_SignUp).toMatchObject([
      { when: { campaign: ['blue'] }, texts: { sms: { '': expect.any(String) } } },
      { when: {}, texts: { email: { 'de-at': expect.any(String) } } },
    ]);
    expect(index.sources.CustomMessage_UpdateUserAttribute[0]).toMatchObject({ name: 'new-tenant' });
  });

  test('give the same asset for the same words, and another for others', () => {
    const keyFor = (sms: string): string => {
      const fresh = new App();
      const one = new Stack(fresh, 'Stack');
      const messages = new CustomMessageTrigger(one, 'Messages', { userPool: new UserPool(one, 'Pool') });
      messages.addTemplate(CustomMessageSource.SIGN_UP, { sms });
      const [handler] = Object.values(Template.fromStack(one).findResources('AWS::Lambda::Function'));
      return handler.Properties.Code.S3Key;
    };
    expect(keyFor('It is {{code}}')).toBe(keyFor('It is {{code}}'));
    expect(keyFor('It is {{code}}')).not.toBe(keyFor('It was {{code}}'));
  });

  test('may hold tokens that are known at synthesis, and none that are known only at deployment', () => {
    const messages = trigger(new UserPool(stack, 'Pool'));
    const known = Lazy.string({ produce: () => '"quoted"' });
    messages.addTemplate(CustomMessageSource.RESEND_CODE, { subject: 'S', html: `<p>{{code}} ${known}</p>` });
    expect(assetOf('AWS::Lambda::Function')['messages/CustomMessage_ResendCode/0/any.email.json']).toContain(
      '\\"quoted\\"',
    );
  });

  test('of a variant may ask for what is known at synthesis', () => {
    const campaign = Lazy.string({ produce: () => 'new-tenant' });
    const messages = new CustomMessageTrigger(stack, 'Messages', {
      userPool: new UserPool(stack, 'Pool'),
      templates: MessageTemplates.fromDirectory('examples/tenants/messages', {
        variants: { 'new-tenant': { when: { campaign } } },
      }),
      metadata: [MetadataKey.of('campaign'), MetadataKey.of('tenant', { maxLength: 40 })],
    });
    expect(messages.node.validate()).toEqual([]);
    const { sources } = JSON.parse(assetOf('AWS::Lambda::Function')['messages/index.json']);
    expect(sources.CustomMessage_AdminCreateUser[0].when).toEqual({ campaign: ['new-tenant'] });
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

  test('without fault pass synthesis', () => {
    trigger(new UserPool(stack, 'Pool'));
    expect(() => app.synth()).not.toThrow();
  });

  test('survive that an app is synthesized again, as tests do', () => {
    trigger(new UserPool(stack, 'Pool'));
    const before = JSON.stringify(Template.fromStack(stack));
    Annotations.fromStack(stack);
    Annotations.fromStack(stack);
    expect(JSON.stringify(Template.fromStack(stack))).toBe(before);
    expect(() => app.synth({ force: true })).not.toThrow();
  });

  test('added between two syntheses are in the second', () => {
    const messages = trigger(new UserPool(stack, 'Pool'));
    const key = () => {
      const { template } = app.synth({ force: true }).getStackArtifact(stack.artifactId);
      const [handler] = Object.values<any>(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
      return handler.Properties.Code.S3Key;
    };
    const before = key();
    messages.addTemplate(CustomMessageSource.RESEND_CODE, { sms: '{{code}} again' });
    expect(key()).not.toBe(before);
  });

  test('that an aspect adds when the code has been made do not get lost', () => {
    const messages = trigger(new UserPool(stack, 'Pool'));
    const late = new Construct(stack, 'Late');
    Aspects.of(app).add({
      visit: (node) => {
        if (node === late) messages.addTemplate(CustomMessageSource.RESEND_CODE, { sms: '{{code}} again' });
      },
    });
    expect(() => app.synth()).toThrow(/a template was added when the code had been made already: call addTemplate\(\)/);
  });

  test('can be read by Lambda, whatever the umask of whoever synthesizes', () => {
    const umask = process.umask(0o077);
    trigger(new UserPool(stack, 'Pool'));
    const assembly = app.synth();
    process.umask(umask);
    const [code] = readdirSync(assembly.directory, { recursive: true }).filter((file) =>
      String(file).endsWith('messages/index.json'),
    );
    const file = path.join(assembly.directory, String(code));
    expect((statSync(file).mode & 0o777).toString(8)).toBe('644');
  });

  test('stop synthesis with all their faults at once', () => {
    const messages = trigger(new UserPool(stack, 'Pool'));
    messages.addTemplate(CustomMessageSource.SIGN_UP, { sms: 'again {{code}}' });
    messages.addTemplate(CustomMessageSource.RESEND_CODE, { sms: 'no code', subject: 'x'.repeat(200) });
    messages.addTemplate(CustomMessageSource.FORGOT_PASSWORD, { sms: '{{code}} {{{username}}}' });
    expect(messages.node.validate()).toEqual([
      expect.stringMatching(/ResendCode.*has subject but no html/),
      expect.stringMatching(/ResendCode.*subject: is 200 characters/),
      expect.stringMatching(/ResendCode.*sms: lacks {{code}}/),
      expect.stringMatching(/ForgotPassword.*sms: {{{username}}} is a raw form/),
      expect.stringMatching(/SignUp.*says what .* says already/),
    ]);
    expect(() => app.synth()).toThrow(/Stack\/Messages.*lacks {{code}}/s);
  });

  test('are what the construct is for: one without any does not synthesize', () => {
    new CustomMessageTrigger(stack, 'Messages', { userPool: new UserPool(stack, 'Pool') });
    expect(() => app.synth()).toThrow(/has no templates/);
  });

  test('know the pool’s custom attributes', () => {
    const pool = new UserPool(stack, 'Pool', { customAttributes: { tenant: new StringAttribute({ mutable: true }) } });
    const messages = trigger(pool);
    messages.addTemplate(CustomMessageSource.RESEND_CODE, { sms: '{{code}} {{userAttributes.custom:tenant}}' });
    expect(messages.node.validate()).toEqual([]);
    messages.addTemplate(CustomMessageSource.FORGOT_PASSWORD, { sms: '{{code}} {{userAttributes.custom:tennant}}' });
    expect(messages.node.validate()).toEqual([expect.stringMatching(/custom:tennant.* is unknown to the user pool/)]);
  });
});

describe('a link', () => {
  const withLink = (pool: IUserPoolRef) => {
    const messages = trigger(pool);
    messages.addTemplate(CustomMessageSource.RESEND_CODE, { subject: 'S', html: '<p>{{link}}</p>' });
    return messages.node.validate();
  };

  test('may take the place of the code on a pool that verifies by one', () => {
    expect(
      withLink(new UserPool(stack, 'Pool', { userVerification: { emailStyle: VerificationEmailStyle.LINK } })),
    ).toEqual([]);
  });

  test('may do so where it is not known what the pool verifies by', () => {
    const verificationMessageTemplate = Lazy.any({ produce: () => ({}) });
    expect(withLink(new CfnUserPool(stack, 'Pool', { verificationMessageTemplate }))).toEqual([]);
  });

  test.each<[string, () => IUserPoolRef]>([
    ['an L2', () => new UserPool(stack, 'Pool')],
    ['an L1', () => new CfnUserPool(stack, 'Pool')],
  ])('stands for nothing on %s that verifies by a code', (_, pool) => {
    expect(withLink(pool())).toEqual([
      expect.stringMatching(/verifies by a code.*write {{code}}, or set the emailStyle/),
    ]);
  });
});

describe('a function of one’s own', () => {
  const withOwn = () => {
    const handler = someFunction('Own');
    trigger(new UserPool(stack, 'Pool'), stack, { handler });
    return handler;
  };

  test('is the pool’s trigger, with the messages in a layer', () => {
    const handler = withOwn();
    const template = Template.fromStack(stack);
    const [layer] = Object.keys(template.findResources('AWS::Lambda::LayerVersion'));
    template.resourceCountIs('AWS::Lambda::Function', 1);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Layers: [{ Ref: layer }],
      Environment: { Variables: { COGNITO_MESSAGES: '/opt/messages' } },
    });
    template.hasResourceProperties('AWS::Cognito::UserPool', {
      LambdaConfig: { CustomMessage: stack.resolve(handler.functionArn) },
    });
  });

  test('may be of another stack, which does not depend on the trigger’s', () => {
    const other = new Stack(app, 'Other');
    const handler = new Function(other, 'Own', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('//'),
    });
    trigger(new UserPool(stack, 'Pool'), stack, { handler });
    expect(() => app.synth()).not.toThrow();
    expect(other.dependencies).toEqual([]);
    Template.fromStack(other).resourceCountIs('AWS::Lambda::LayerVersion', 1);
  });

  test('keeps whatever else stands in its scope', () => {
    const handler = someFunction('Own');
    new Bucket(handler, 'Messages');
    new CustomMessageTrigger(handler, 'Words', { userPool: new UserPool(stack, 'Pool'), handler }).addTemplate(
      CustomMessageSource.SIGN_UP,
      { sms: 'Your code is {{code}}' },
    );
    Template.fromStack(stack).resourceCountIs('AWS::S3::Bucket', 1);
  });

  test('has the messages of one trigger alone', () => {
    const handler = withOwn();
    expect(
      () => new CustomMessageTrigger(stack, 'Again', { userPool: new UserPool(stack, 'Second'), handler }),
    ).toThrow(/Stack\/Again: the handler Stack\/Own has the messages of another CustomMessageTrigger already/);
  });

  test('runs on Node.js', () => {
    const handler = new Function(stack, 'Python', {
      runtime: Runtime.PYTHON_3_13,
      handler: 'index.handler',
      code: Code.fromInline('#'),
    });
    expect(() => trigger(new UserPool(stack, 'Pool'), stack, { handler })).toThrow(
      /Stack\/Messages: the handler Stack\/Python does not run on Node.js/,
    );
  });

  test('finds the messages alone in the layer', () => {
    withOwn();
    expect(Object.keys(assetOf('AWS::Lambda::LayerVersion')).sort()).toEqual([
      'messages/CustomMessage_SignUp/0/any.sms.json',
      'messages/index.json',
    ]);
  });
});

describe('metrics', () => {
  test('are those that the function writes, of this pool', () => {
    const pool = new UserPool(stack, 'Pool');
    const messages = trigger(pool);
    const dimensions = { service: 'CustomMessageTrigger', UserPoolId: pool.userPoolId };
    const common = { namespace: 'CognitoUserAttributes', statistic: 'Sum', dimensions };
    expect(messages.metricRenderedMessages()).toMatchObject({ ...common, metricName: 'RenderedMessages' });
    expect(messages.metricDefaultMessages()).toMatchObject({ ...common, metricName: 'DefaultMessages' });
    expect(messages.metricRefusedMetadata()).toMatchObject({ ...common, metricName: 'RefusedMetadata' });
    expect(messages.metricDefaultMessages({ reason: DefaultMessageReason.NO_VALUE, label: 'L' })).toMatchObject({
      label: 'L',
      dimensions: { ...dimensions, Reason: 'NoValue' },
    });
  });

  test('name every reason that the function gives, and no other', () => {
    expect(Object.values(DefaultMessageReason)).toEqual(REASONS);
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

  test('is not given where an e-mail holds the link', () => {
    const email = UserPoolEmail.withSES({ fromEmail: 'a@b.example', sesRegion: 'eu-west-1' });
    const userVerification = { emailStyle: VerificationEmailStyle.LINK };
    const messages = trigger(new UserPool(stack, 'Pool', { email, userVerification }));
    messages.addTemplate(CustomMessageSource.RESEND_CODE, { subject: 'Your link', html: '<p>{{link}}</p>' });
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('tells of a text that the longest values would make too long', () => {
    const messages = trigger(new UserPool(stack, 'Pool'), stack, {
      metadata: [MetadataKey.of('a', { maxLength: 140 })],
    });
    messages.addTemplate(CustomMessageSource.RESEND_CODE, { sms: '{{code}} {{clientMetadata.a}}' });
    const words = 'with long values.*ResendCode.*sms: up to 147 characters';
    Annotations.fromStack(stack).hasWarning('/Stack/Messages', Match.stringLikeRegexp(words));
  });

  test('tells of users whose language nobody speaks', () => {
    const messages = trigger(new UserPool(stack, 'Pool'));
    messages.addTemplate(CustomMessageSource.RESEND_CODE, { sms: 'Code: {{code}}', locale: 'de' });
    const words = 'users of other languages.*add texts in the defaultLocale.*ResendCode.*de';
    Annotations.fromStack(stack).hasWarning('/Stack/Messages', Match.stringLikeRegexp(words));
  });

  test('tells of users whom only a template for others speaks to', () => {
    const metadata = [MetadataKey.of('tier'), MetadataKey.of('campaign')];
    const messages = new CustomMessageTrigger(stack, 'Messages', { userPool: new UserPool(stack, 'Pool'), metadata });
    messages.addTemplate(CustomMessageSource.SIGN_UP, { when: { tier: 'gold' }, locale: 'de', sms: 'Gold: {{code}}' });
    const both = { tier: 'none', campaign: 'spring' };
    messages.addTemplate(CustomMessageSource.SIGN_UP, { when: both, sms: 'Spring: {{code}}' });
    Annotations.fromStack(stack).hasWarning('/Stack/Messages', Match.stringLikeRegexp("when tier is 'gold', de"));
  });

  test('is not given where a more general template speaks to everybody', () => {
    const messages = trigger(new UserPool(stack, 'Pool'), stack, { metadata: [MetadataKey.of('tier')] });
    messages.addTemplate(CustomMessageSource.SIGN_UP, { when: { tier: 'gold' }, locale: 'de', sms: 'Gold: {{code}}' });
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('is not given where a default locale is spoken', () => {
    const messages = trigger(new UserPool(stack, 'Pool'), stack, { defaultLocale: 'de-AT' });
    messages.addTemplate(CustomMessageSource.RESEND_CODE, { sms: 'Code: {{code}}', locale: 'de' });
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('is not given where there are SMS alone', () => {
    trigger(new UserPool(stack, 'Pool'));
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });
});

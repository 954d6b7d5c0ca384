import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Aws, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import {
  CfnUserPool,
  CfnUserPoolClient,
  type IUserPoolClientRef,
  type IUserPoolRef,
  StringAttribute,
  UserPool,
  UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { MetadataKey, UserAttributesApi, UserAttributesEndpoint, WritableAttribute } from '../../lib';
import { METRICS } from '../../lib/private/contracts/api';
import { PROBLEMS } from '../../lib/private/contracts/api-problems';
import { type ApiOptions, ApiStack, mistakesIn, mistakesOf, newApp, stagedFile } from './private/api/api-stack';

const EMAIL = { writable: [WritableAttribute.of('email')] };

const stackWith = (options: ApiOptions = {}): ApiStack => {
  const stack = new ApiStack();
  stack.addApi(options);
  return stack;
};

const imported = (stack: Stack, id = 'Imported') => UserPoolClient.fromUserPoolClientId(stack, id, `${id}-id`);

describe('the routes', () => {
  const keysOf = (options: ApiOptions) =>
    stackWith(options)
      .properties('AWS::ApiGatewayV2::Route')
      .map(({ RouteKey }) => RouteKey);

  const ADDRESS = [
    'GET /me/attributes',
    'PATCH /me/attributes',
    'POST /me/attributes/{name}/verification-code',
    'POST /me/attributes/{name}/verification',
    'DELETE /me/attributes/{name}',
  ];

  // API Gateway keeps a stage's settings of a route that goes, and then refuses every change of the stage.
  test.each<[string, ApiOptions]>([
    ['an address', EMAIL],
    ['no address', {}],
    ['nothing that can be changed', { writable: [], readable: ['email'] }],
  ])('of %s are all there are', (_, options) => expect(keysOf(options)).toEqual(ADDRESS));

  test('all lead to the one function, which each may call', () => {
    const stack = stackWith(EMAIL);
    const template = Template.fromStack(stack);
    const [integration] = Object.keys(template.findResources('AWS::ApiGatewayV2::Integration'));
    const [handler] = Object.keys(template.findResources('AWS::Lambda::Function'));
    const [api] = Object.keys(template.findResources('AWS::ApiGatewayV2::Api'));
    expect(stack.resource('AWS::ApiGatewayV2::Integration')).toEqual({
      ApiId: { Ref: api },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: { 'Fn::GetAtt': [handler, 'Arn'] },
      PayloadFormatVersion: '2.0',
    });
    for (const { Target } of stack.properties('AWS::ApiGatewayV2::Route')) {
      expect(Target).toEqual({ 'Fn::Join': ['', ['integrations/', { Ref: integration }]] });
    }
    const sources = stack.properties('AWS::Lambda::Permission').map(({ SourceArn, Principal, FunctionName }) => {
      expect([Principal, FunctionName]).toEqual(['apigateway.amazonaws.com', { 'Fn::GetAtt': [handler, 'Arn'] }]);
      return JSON.stringify(SourceArn).replace(/^.*"(.*?)"\]\]\}$/, '$1');
    });
    expect(sources).toEqual(ADDRESS.map((key) => `/*/*${key.split(' ')[1]}`));
    expect(JSON.stringify(stack.properties('AWS::Lambda::Permission'))).toContain(`{"Ref":"${api}"}`);
  });

  test('each ask for an access token with the scope that lets its owner change attributes', () => {
    const stack = stackWith(EMAIL);
    const [authorizer] = Object.keys(Template.fromStack(stack).findResources('AWS::ApiGatewayV2::Authorizer'));
    for (const route of stack.properties('AWS::ApiGatewayV2::Route')) {
      expect(route).toMatchObject({
        AuthorizationType: 'JWT',
        AuthorizerId: { Ref: authorizer },
        AuthorizationScopes: ['aws.cognito.signin.user.admin'],
      });
    }
  });
});

describe('the authorizer', () => {
  const jwtOf = (stack: ApiStack) => stack.resource('AWS::ApiGatewayV2::Authorizer').JwtConfiguration;
  const issuer = (parts: unknown[]) => ({ 'Fn::Join': ['', parts] });

  test('reads the token from the header that browsers and tools send', () => {
    expect(stackWith().resource('AWS::ApiGatewayV2::Authorizer')).toMatchObject({
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      Name: 'StackApiDBBEC0DB',
    });
  });

  const HERE = ['https://cognito-idp.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }, '/'];
  const POOL = { Ref: 'PoolD3F588B8' };

  class CompanyPool extends Construct implements IUserPoolRef {
    private readonly pool = new UserPool(this, 'Inner', { enableSmsRole: false });
    public readonly userPoolRef = this.pool.userPoolRef;
    public readonly env = this.pool.env;
  }

  test.each<[string, (stack: ApiStack) => IUserPoolRef, unknown]>([
    ['an L2', (stack) => stack.pool, issuer([...HERE, POOL])],
    ['the L1 in it', (stack) => stack.pool.node.defaultChild as CfnUserPool, issuer([...HERE, POOL])],
    ['an L1', (stack) => new CfnUserPool(stack, 'L1'), issuer([...HERE, { Ref: 'L1' }])],
    ['one’s own construct', (stack) => new CompanyPool(stack, 'Own'), issuer([...HERE, { Ref: 'OwnInnerF608EDC1' }])],
    [
      'a pool of a known id',
      (stack) => UserPool.fromUserPoolId(stack, 'There', 'eu-west-1_abc'),
      issuer([...HERE.slice(0, -1), '/eu-west-1_abc']),
    ],
    [
      'an L1 of a known id',
      (stack) => CfnUserPool.fromUserPoolId(stack, 'There', 'eu-west-1_abc'),
      issuer([...HERE.slice(0, -1), '/eu-west-1_abc']),
    ],
    [
      'a pool of another Region',
      (stack) =>
        UserPool.fromUserPoolArn(stack, 'There', 'arn:aws:cognito-idp:ap-south-1:111111111111:userpool/ap-south-1_abc'),
      issuer(['https://cognito-idp.ap-south-1.', { Ref: 'AWS::URLSuffix' }, '/ap-south-1_abc']),
    ],
  ])('trusts %s as issuer', (_, poolOf, expected) => {
    const stack = new ApiStack();
    stack.addApi({ userPool: poolOf(stack), userPoolClients: [imported(stack)] });
    expect(jwtOf(stack).Issuer).toEqual(expected);
  });

  test('trusts a pool of another stack, in the Region of that stack, as does the function', () => {
    const app = newApp();
    const there = new ApiStack(app, 'There', { env: { account: '111111111111', region: 'eu-central-1' } });
    const client = there.addClient('Client', { writes: ['nickname'], reads: ['nickname'] });
    const stack = new ApiStack(app, 'Stack', { env: { account: '111111111111', region: 'eu-central-1' } });
    stack.addApi({ userPool: there.pool, userPoolClients: [client] });
    const { Issuer, Audience } = jwtOf(stack);
    expect(Issuer['Fn::Join'][1]).toEqual([
      'https://cognito-idp.eu-central-1.',
      { Ref: 'AWS::URLSuffix' },
      '/',
      { 'Fn::ImportValue': expect.stringMatching(/^There:ExportsOutputRefPool/) },
    ]);
    expect(Audience).toEqual([{ 'Fn::ImportValue': expect.stringMatching(/^There:ExportsOutputRefPoolClient/) }]);
    expect(stack.resource('AWS::Lambda::Function').Environment.Variables.USER_POOL_REGION).toBe('eu-central-1');
    expect(there.dependencies).toEqual([]);
    expect(mistakesIn(app, '[Stack/Api]')).toEqual([]);
  });

  test.each<[string, (stack: ApiStack) => IUserPoolClientRef, unknown]>([
    ['an L2', (stack) => stack.addEagerClient(), { Ref: 'PoolClient8A3E5EB7' }],
    [
      'the L1 in it',
      (stack) => stack.addEagerClient().node.defaultChild as CfnUserPoolClient,
      { Ref: 'PoolClient8A3E5EB7' },
    ],
    [
      'an L1',
      (stack) =>
        new CfnUserPoolClient(stack, 'L1', { userPoolId: stack.pool.userPoolId, writeAttributes: ['nickname'] }),
      { Ref: 'L1' },
    ],
    ['one of a known id', (stack) => imported(stack), 'Imported-id'],
    [
      'one whose id is a token',
      (stack) => UserPoolClient.fromUserPoolClientId(stack, 'Given', new CfnParameter(stack, 'ClientId').valueAsString),
      { Ref: 'ClientId' },
    ],
  ])('takes tokens of %s', (_, clientOf, expected) => {
    const stack = new ApiStack();
    stack.addApi({ userPoolClients: [clientOf(stack)] });
    expect(jwtOf(stack).Audience).toEqual([expected]);
  });

  test('takes tokens of several clients, in their order', () => {
    const stack = new ApiStack();
    stack.addApi({ userPoolClients: [imported(stack, 'Web'), imported(stack, 'Phone')] });
    expect(jwtOf(stack).Audience).toEqual(['Web-id', 'Phone-id']);
  });
});

describe('the function', () => {
  test('is small, current, and answers before API Gateway gives up', () => {
    expect(stackWith().resource('AWS::Lambda::Function')).toEqual({
      Description: 'Lets the users of a Cognito user pool change their own attributes',
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: 512,
      Timeout: 10,
      Code: { S3Bucket: expect.anything(), S3Key: expect.stringMatching(/^[0-9a-f]{64}\.zip$/) },
      Environment: {
        Variables: { USER_POOL_REGION: { Ref: 'AWS::Region' }, USER_POOL_ID: { Ref: 'PoolD3F588B8' } },
      },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: 'ApiLogsCD139AD4' } },
      Role: { 'Fn::GetAtt': ['ApiRoleDE7A08EC', 'Arn'] },
    });
  });

  test('knows nothing but which pool it is, in the pool’s Region', () => {
    const stack = new ApiStack();
    const arn = 'arn:aws:cognito-idp:ap-south-1:111111111111:userpool/ap-south-1_abc';
    stack.addApi({ userPool: UserPool.fromUserPoolArn(stack, 'There', arn), userPoolClients: [imported(stack)] });
    expect(stack.resource('AWS::Lambda::Function').Environment.Variables).toEqual({
      USER_POOL_REGION: 'ap-south-1',
      USER_POOL_ID: 'ap-south-1_abc',
    });
  });

  test('may write its own log and nothing else', () => {
    const stack = stackWith();
    expect(stack.resource('AWS::IAM::Role')).toEqual({
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }],
      },
    });
    expect(stack.resource('AWS::IAM::Policy')).toMatchObject({
      Roles: [{ Ref: 'ApiRoleDE7A08EC' }],
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: { 'Fn::GetAtt': ['ApiLogsCD139AD4', 'Arn'] },
          },
        ],
      },
    });
  });

  test('is the handler, to be given to alarms and the like', () => {
    const stack = new ApiStack();
    const api = stack.addApi();
    expect(stack.resolve(api.handler.functionArn)).toEqual({ 'Fn::GetAtt': ['ApiHandler8AD6A8DF', 'Arn'] });
  });

  test('can be changed by `cdk deploy --hotswap`', () => {
    const stack = new ApiStack();
    stack.node.setContext('aws:cdk:enable-asset-metadata', true);
    stack.addApi();
    const [{ Metadata }] = stack.resources('AWS::Lambda::Function');
    expect(Metadata).toMatchObject({
      'aws:asset:property': 'Code',
      'aws:asset:path': expect.stringMatching(/^asset\./),
    });
  });
});

describe('logs', () => {
  test('are kept for a month, and not longer than the API', () => {
    const groups = stackWith().resources('AWS::Logs::LogGroup');
    expect(groups).toHaveLength(2);
    for (const group of groups) {
      expect(group).toMatchObject({ Properties: { RetentionInDays: 30 }, DeletionPolicy: 'Delete' });
    }
  });

  test('of accesses tell when, which route and how it went: no path, header, query, token or address', () => {
    const { AccessLogSettings } = stackWith().resource('AWS::ApiGatewayV2::Stage');
    expect(AccessLogSettings.DestinationArn).toEqual({ 'Fn::GetAtt': ['ApiAccessLogs50B185DB', 'Arn'] });
    expect(Object.values(JSON.parse(AccessLogSettings.Format)).sort()).toEqual([
      '$context.error.responseType',
      '$context.integrationLatency',
      '$context.requestId',
      '$context.requestTime',
      '$context.responseLatency',
      '$context.responseLength',
      '$context.routeKey',
      '$context.status',
    ]);
  });
});

describe('CORS', () => {
  const corsOf = (endpoint?: UserAttributesEndpoint) =>
    stackWith({ endpoint }).resource('AWS::ApiGatewayV2::Api').CorsConfiguration;

  test.each([
    ['by default', undefined],
    ['without origins', UserAttributesEndpoint.create()],
    ['with an empty list of them', UserAttributesEndpoint.create({ allowOrigins: [] })],
  ])('lets no page of another origin call it %s', (_, endpoint) => expect(corsOf(endpoint)).toBeUndefined());

  test('lets the pages of the origins do what there are routes for, and see when to try again', () => {
    const allowOrigins = ['https://app.example.com', 'http://localhost:5173'];
    expect(corsOf(UserAttributesEndpoint.create({ allowOrigins }))).toEqual({
      AllowOrigins: allowOrigins,
      AllowMethods: ['GET', 'PATCH', 'POST', 'DELETE'],
      AllowHeaders: ['authorization', 'content-type'],
      ExposeHeaders: ['retry-after'],
      MaxAge: 600,
    });
  });

  test('takes an origin that is known only at deployment', () => {
    const stack = new ApiStack();
    const origin = new CfnParameter(stack, 'Origin').valueAsString;
    stack.addApi({ endpoint: UserAttributesEndpoint.create({ allowOrigins: [origin] }) });
    expect(stack.resource('AWS::ApiGatewayV2::Api').CorsConfiguration.AllowOrigins).toEqual([{ Ref: 'Origin' }]);
  });

  test('takes a list of origins that is known only at deployment', () => {
    const allowOrigins = Fn.split(',', Aws.STACK_NAME);
    expect(corsOf(UserAttributesEndpoint.create({ allowOrigins })).AllowOrigins).toEqual({
      'Fn::Split': [',', { Ref: 'AWS::StackName' }],
    });
  });
});

describe('the rates', () => {
  const settingsOf = (options: ApiOptions) =>
    stackWith({ ...EMAIL, ...options }).resource('AWS::ApiGatewayV2::Stage').RouteSettings;
  const limits = (rate: number, burst = 2 * rate) => ({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst });

  test('are, unless declared, below what Cognito takes of an account', () => {
    expect(settingsOf({})).toEqual({
      'GET /me/attributes': limits(60),
      'PATCH /me/attributes': limits(10),
      'POST /me/attributes/{name}/verification-code': limits(5),
      'POST /me/attributes/{name}/verification': limits(5),
      'DELETE /me/attributes/{name}': limits(10),
    });
  });

  test('are as declared, with bursts in whole requests', () => {
    expect(settingsOf({ rates: { reads: 100, changes: 2.25, codes: 0.1 } })).toEqual({
      'GET /me/attributes': limits(100),
      'PATCH /me/attributes': limits(2.25, 5),
      'POST /me/attributes/{name}/verification-code': limits(0.1, 1),
      'POST /me/attributes/{name}/verification': limits(0.1, 1),
      'DELETE /me/attributes/{name}': limits(2.25, 5),
    });
  });

  test('leave what is not declared at its default', () => {
    expect(settingsOf({ rates: { codes: 1 } })).toMatchObject({
      'GET /me/attributes': limits(60),
      'POST /me/attributes/{name}/verification': limits(1),
    });
  });

  test('may be known only at deployment, and are then their own bursts', () => {
    const stack = new ApiStack();
    stack.addApi({ rates: { reads: new CfnParameter(stack, 'Reads', { type: 'Number' }).valueAsNumber } });
    expect(stack.resource('AWS::ApiGatewayV2::Stage').RouteSettings['GET /me/attributes']).toEqual({
      ThrottlingRateLimit: { Ref: 'Reads' },
      ThrottlingBurstLimit: { Ref: 'Reads' },
    });
  });

  test('are set when the routes are there', () => {
    const stack = stackWith(EMAIL);
    const routes = Object.keys(Template.fromStack(stack).findResources('AWS::ApiGatewayV2::Route'));
    expect(routes).toHaveLength(5);
    expect(stack.resources('AWS::ApiGatewayV2::Stage')[0].DependsOn).toEqual(expect.arrayContaining(routes));
  });
});

test('the stage is the only one, and deploys by itself', () => {
  expect(stackWith().resource('AWS::ApiGatewayV2::Stage')).toMatchObject({ StageName: '$default', AutoDeploy: true });
});

describe('the definition beside the function', () => {
  test('holds all that is declared, under Cognito’s names', () => {
    const stack = stackWith({
      writable: [
        WritableAttribute.of('givenName'),
        WritableAttribute.of('timezone', { maxLength: 40, pattern: '[A-Z][a-z]+/[A-Z][a-z]+' }),
        WritableAttribute.oneOf('locale', ['de', 'en-GB']),
        WritableAttribute.of('custom.theme', { maxLength: 5 }),
        WritableAttribute.of('phoneNumber'),
      ],
      metadata: [MetadataKey.of('tone'), MetadataKey.oneOf('campaign', ['spring', 'fall'])],
      endpoint: UserAttributesEndpoint.create(),
    });
    expect(stack.definitions).toEqual([
      {
        routes: {
          'GET /me/attributes': 'read',
          'PATCH /me/attributes': 'change',
          'POST /me/attributes/{name}/verification-code': 'sendCode',
          'POST /me/attributes/{name}/verification': 'confirm',
          'DELETE /me/attributes/{name}': 'remove',
        },
        readable: ['given_name', 'zoneinfo', 'locale', 'custom:theme', 'phone_number', 'phone_number_verified'],
        writable: {
          given_name: { maxLength: 2048 },
          zoneinfo: { maxLength: 40, pattern: '[A-Z][a-z]+/[A-Z][a-z]+' },
          locale: { maxLength: 5, values: ['de', 'en-GB'] },
          'custom:theme': { maxLength: 5 },
          phone_number: { maxLength: 2048 },
        },
        metadata: { tone: { maxLength: 64 }, campaign: { maxLength: 6, values: ['spring', 'fall'] } },
      },
    ]);
  });

  test('has what people may read as declared, once', () => {
    const [{ readable }] = stackWith({
      readable: ['sub', 'givenName', 'given_name', 'email_verified', 'custom.tenant', 'custom:tenant'],
    }).definitions;
    expect(readable).toEqual(['sub', 'given_name', 'email_verified', 'custom:tenant']);
  });

  test('takes the pool’s limit where it is lower, and the declared one otherwise', () => {
    const stack = new ApiStack();
    const userPool = new CfnUserPool(stack, 'L1', {
      schema: [
        { name: 'theme', mutable: true, stringAttributeConstraints: { maxLength: '10' } },
        { name: 'note', mutable: true, stringAttributeConstraints: { maxLength: '500' } },
        { name: 'open', mutable: true, stringAttributeConstraints: { minLength: '2' } },
        { name: 'nickname', mutable: true, stringAttributeConstraints: { maxLength: '20' } },
        { name: 'volume', mutable: true, attributeDataType: 'Number', numberAttributeConstraints: { maxValue: '9' } },
      ],
    });
    stack.addApi({
      userPool,
      userPoolClients: [imported(stack)],
      writable: [
        WritableAttribute.of('custom:theme'),
        WritableAttribute.of('custom:note', { maxLength: 50 }),
        WritableAttribute.of('custom:open'),
        WritableAttribute.of('nickname', { maxLength: 30 }),
        WritableAttribute.of('custom:volume'),
      ],
    });
    expect(stack.definitions[0].writable).toEqual({
      'custom:theme': { maxLength: 10 },
      'custom:note': { maxLength: 50 },
      'custom:open': { maxLength: 2048 },
      nickname: { maxLength: 20 },
      'custom:volume': { maxLength: 2048 },
    });
  });

  test('marks what the pool requires, and by what people sign in', () => {
    const stack = new ApiStack();
    const userPool = stack.addPool('Required', {
      standardAttributes: { familyName: { required: true, mutable: true } },
      signInAliases: { email: true },
    });
    stack.addApi({
      userPool,
      userPoolClients: [stack.addEagerClient('Eager', userPool)],
      writable: ['family_name', 'email', 'nickname'].map((name) => WritableAttribute.of(name)),
    });
    expect(stack.definitions[0].writable).toEqual({
      family_name: { maxLength: 2048, required: true },
      email: { maxLength: 2048, required: true },
      nickname: { maxLength: 2048 },
    });
  });

  test('does not mark an alias, which people can do without', () => {
    expect(stackWith(EMAIL).definitions[0].writable).toEqual({ email: { maxLength: 2048 } });
  });

  test('is in no template', () => {
    const stack = stackWith({ writable: [WritableAttribute.oneOf('locale', ['xx-telling'])] });
    expect(stack.definitions[0].writable.locale.values).toEqual(['xx-telling']);
    expect(JSON.stringify(Template.fromStack(stack))).not.toContain('xx-telling');
  });

  test('makes another asset where it is another, and the same where it is the same', () => {
    const keyOf = (maxLength: number) =>
      stackWith({ writable: [WritableAttribute.of('nickname', { maxLength })] }).resource('AWS::Lambda::Function').Code
        .S3Key;
    expect(keyOf(10)).toBe(keyOf(10));
    expect(keyOf(10)).not.toBe(keyOf(11));
  });
});

describe('the address', () => {
  test('is that of the attributes', () => {
    const stack = new ApiStack();
    expect(stack.resolve(stack.addApi().attributesUrl)).toEqual({
      'Fn::Join': ['', [{ 'Fn::GetAtt': ['ApiHttpApi4C294DC0', 'ApiEndpoint'] }, '/me/attributes']],
    });
  });

  test('is at the API’s own host', () => {
    const stack = new ApiStack();
    expect(stack.resolve(stack.addApi().httpApi.apiId)).toEqual({ Ref: 'ApiHttpApi4C294DC0' });
  });
});

describe('the OpenAPI document', () => {
  test('tells of the routes that there are', () => {
    const { openApi } = new ApiStack().addApi(EMAIL);
    expect(openApi).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) });
    expect(Object.keys(openApi.paths as object)).toContain('/me/attributes/{name}/verification');
  });

  test('becomes one file among the assets, that nobody has to unpack', () => {
    const stack = new ApiStack();
    const api = stack.addApi();
    api.openApi.servers = [{ url: 'https://api.example.com' }];
    const asset = api.openApiAsset();
    (stack.node.root as App).synth();
    expect(asset.isFile).toBe(true);
    expect(asset.isZipArchive).toBe(false);
    expect(JSON.parse(stagedFile(`${asset.assetHash}.json`))).toEqual(api.openApi);
  });

  test('is deployed once, however often it is asked for', () => {
    const api = new ApiStack().addApi();
    expect(api.openApiAsset()).toBe(api.openApiAsset());
  });

  test('is not deployed where nobody asks for it', () => {
    const api = new ApiStack().addApi();
    expect(api.node.tryFindChild('OpenApi')).toBeUndefined();
  });
});

describe('metrics', () => {
  const dimensions = { service: 'UserAttributesApi', UserPoolId: expect.anything() };
  const api = () => new ApiStack().addApi();

  test.each<[string, (one: UserAttributesApi) => unknown]>([
    [METRICS.requests, (one) => one.metricRequests()],
    [METRICS.changedAttributes, (one) => one.metricChangedAttributes()],
    [METRICS.sentCodes, (one) => one.metricSentCodes()],
    [METRICS.problems, (one) => one.metricProblems()],
    ['Anything', (one) => one.metric('Anything')],
  ])('%s are sums of what this pool’s function writes', (metricName, metricOf) => {
    expect(metricOf(api())).toMatchObject({
      namespace: 'CognitoUserAttributes',
      metricName,
      statistic: 'Sum',
      dimensions,
    });
  });

  test('take options', () => {
    for (const metric of [
      api().metricRequests({ label: 'L' }),
      api().metricChangedAttributes({ label: 'L' }),
      api().metricSentCodes({ label: 'L' }),
      api().metricProblems({ label: 'L' }),
      api().metric('Requests', { label: 'L' }),
    ]) {
      expect(metric.label).toBe('L');
    }
  });

  test('count problems of one kind, beside dimensions of one’s own', () => {
    expect(Object.keys(PROBLEMS)).toContain('code-mismatch');
    const metric = api().metricProblems({ problem: 'code-mismatch', dimensionsMap: { a: 'b' }, label: 'L' });
    expect(metric).toMatchObject({ label: 'L', dimensions: { ...dimensions, Problem: 'code-mismatch', a: 'b' } });
  });

  test('stand in alarms', () => {
    const stack = new ApiStack();
    new Alarm(stack, 'Guessing', {
      metric: stack.addApi(EMAIL).metricProblems({ problem: 'code-mismatch' }),
      threshold: 20,
      evaluationPeriods: 1,
    });
    expect(stack.resource('AWS::CloudWatch::Alarm').Dimensions).toEqual([
      { Name: 'Problem', Value: 'code-mismatch' },
      { Name: 'UserPoolId', Value: { Ref: 'PoolD3F588B8' } },
      { Name: 'service', Value: 'UserAttributesApi' },
    ]);
  });
});

// What has another logical id is replaced: the address of the API changes, and its log is gone.
test('logical ids stay what they are', () => {
  const template = Template.fromStack(stackWith(EMAIL)).toJSON();
  const ids = Object.entries<any>(template.Resources).map(([id, { Type }]) => `${id} ${Type}`);
  expect(ids.filter((id) => id.startsWith('Api'))).toEqual([
    'ApiHttpApi4C294DC0 AWS::ApiGatewayV2::Api',
    'ApiAccessLogs50B185DB AWS::Logs::LogGroup',
    'ApiStage4697DF29 AWS::ApiGatewayV2::Stage',
    'ApiLogsCD139AD4 AWS::Logs::LogGroup',
    'ApiRoleDE7A08EC AWS::IAM::Role',
    'ApiRoleDefaultPolicyEAA3579A AWS::IAM::Policy',
    'ApiHandler8AD6A8DF AWS::Lambda::Function',
    'ApiAuthorizer787544C1 AWS::ApiGatewayV2::Authorizer',
    'ApiReadIntegration3BD30425 AWS::ApiGatewayV2::Integration',
    'ApiReadIntegrationPermission801B2626 AWS::Lambda::Permission',
    'ApiReadFCF9B65B AWS::ApiGatewayV2::Route',
    'ApiChangeIntegrationPermissionDBEC5255 AWS::Lambda::Permission',
    'ApiChange6688EA38 AWS::ApiGatewayV2::Route',
    'ApiSendCodeIntegrationPermissionE097FE2F AWS::Lambda::Permission',
    'ApiSendCode4D21674F AWS::ApiGatewayV2::Route',
    'ApiConfirmIntegrationPermission6CB5D0CC AWS::Lambda::Permission',
    'ApiConfirm78334735 AWS::ApiGatewayV2::Route',
    'ApiRemoveIntegrationPermissionDED91454 AWS::Lambda::Permission',
    'ApiRemoveD421FE15 AWS::ApiGatewayV2::Route',
  ]);
});

test('two syntheses of the same app are the same, and so are those of two', () => {
  const app = newApp();
  const stack = new ApiStack(app);
  stack.addApi(EMAIL);
  const templateOf = () => JSON.stringify(app.synth({ force: true }).getStackArtifact('Stack').template);
  const first = templateOf();
  expect(templateOf()).toBe(first);
  expect(JSON.stringify(Template.fromStack(stackWith(EMAIL)))).toBe(JSON.stringify(Template.fromStack(stack)));
});

describe('the folder for temporary files', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'api-tmpdir-'));
    jest.spyOn(jest.requireActual<typeof import('node:os')>('node:os'), 'tmpdir').mockReturnValue(folder);
  });

  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  test('is left as it was', () => {
    const stack = new ApiStack(newApp());
    stack.addApi(EMAIL).openApiAsset();
    Template.fromStack(stack);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is left as it was when an asset cannot be made', () => {
    const api = new ApiStack().addApi();
    new Construct(api, 'OpenApi');
    expect(() => api.openApiAsset()).toThrow(/already a Construct with name 'OpenApi'/);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('keeps the assets of an app that does not stage them', () => {
    const app = new App({ context: { 'aws:cdk:disable-asset-staging': true }, outdir: path.join(folder, 'cdk.out') });
    const { assetPath } = new ApiStack(app).addApi(EMAIL).openApiAsset();
    app.synth();
    expect(readdirSync(folder)).toHaveLength(3);
    expect(JSON.parse(readFileSync(assetPath, 'utf8'))).toHaveProperty('openapi');
  });
});

test('an API may have a pool and clients that get their settings afterwards', () => {
  const stack = new ApiStack();
  const userPool = new UserPool(stack, 'Late', { customAttributes: { theme: new StringAttribute({ mutable: true }) } });
  const client = userPool.addClient('Client');
  stack.addApi({
    userPool,
    userPoolClients: [client],
    writable: [WritableAttribute.of('email'), WritableAttribute.of('custom:theme')],
  });
  const l1 = userPool.node.defaultChild as CfnUserPool;
  l1.userAttributeUpdateSettings = { attributesRequireVerificationBeforeUpdate: ['email'] };
  const resource = client.node.defaultChild as CfnUserPoolClient;
  resource.writeAttributes = ['email', 'custom:theme'];
  resource.readAttributes = ['email', 'email_verified', 'custom:theme'];
  expect(stack.mistakes).toEqual([]);
});

test('a declaration without a mistake has none', () => expect(mistakesOf(EMAIL)).toEqual([]));

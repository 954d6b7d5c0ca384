import { readFileSync } from 'node:fs';
import { App, Aspects, CfnResource, type IAspect, NestedStack, RemovalPolicy, Stack, Stage, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import {
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { CfnFunction, Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct, IConstruct } from 'constructs';
import {
  CompareWith,
  CustomMessageSource,
  CustomMessageTrigger,
  FormerValues,
  MissingUsers,
  ResourceDefaults,
  type ResourceDefaultsProps,
  SeedEngine,
  SeedSource,
  UserAttributesApi,
  UserAttributesEndpoint,
  UserAttributesSeeder,
  UserPassword,
  WritableAttribute,
} from '../../lib';

const ENV = { account: '111111111111', region: 'eu-west-1' };

/** Everything that the library makes anything for. */
const everything = (stack: Stack): void => {
  const userPool = new UserPool(stack, 'Pool');
  const imported = UserPool.fromUserPoolId(stack, 'Imported', 'eu-west-1_imported');
  const source = SeedSource.inline([
    { username: 'ann', attributes: { nickname: 'A' }, password: UserPassword.generated() },
  ]);
  const missingUsers = MissingUsers.create({});
  new UserAttributesSeeder(stack, 'Lambda', {
    userPool,
    source,
    missingUsers,
    formerValues: FormerValues.RESTORE,
  });
  new UserAttributesSeeder(stack, 'Runs', { userPool, source, missingUsers, engine: SeedEngine.stepFunctions() });
  for (const [id, pool] of Object.entries({ Messages: userPool, ImportedMessages: imported })) {
    new CustomMessageTrigger(stack, id, { userPool: pool }).addTemplate(CustomMessageSource.SIGN_UP, {
      sms: 'Your code is {{code}}',
    });
  }
  new UserAttributesApi(stack, 'Api', {
    userPool,
    userPoolClients: [userPool.addClient('Client')],
    writable: [WritableAttribute.of('nickname')],
    endpoint: UserAttributesEndpoint.create({ allowOrigins: ['https://example.com'] }),
  });
};

interface Resource {
  readonly Type: string;
  readonly Properties: any;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
}

const resources = (stack: Stack): [string, Resource][] => Object.entries(Template.fromStack(stack).toJSON().Resources);
const ofType = (stack: Stack, type: string): [string, Resource][] =>
  resources(stack).filter(([, { Type }]) => Type === type);

const withDefaults = (make: (shared: Stack) => ResourceDefaultsProps, build: (stack: Stack) => void = everything) => {
  const app = new App({ context: { 'aws:cdk:disable-asset-staging': true } });
  const shared = new Stack(app, 'Shared', { env: ENV });
  const stack = new Stack(app, 'Stack', { env: ENV });
  ResourceDefaults.of(app).set(make(shared));
  build(stack);
  return { app, shared, stack };
};

test('without defaults, nothing is said of networks, keys, boundaries and tags', () => {
  const { stack } = withDefaults(() => ({}));
  const text = JSON.stringify(resources(stack));
  for (const word of ['VpcConfig', 'KmsKey', 'KMSMaster', 'PermissionsBoundary', '"Tags"', 'ENIManagement']) {
    expect(text).not.toContain(word);
  }
});

describe('a VPC', () => {
  const inVpc = (props: Omit<ResourceDefaultsProps, 'vpc'> = {}) =>
    withDefaults((shared) => ({ ...props, vpc: new Vpc(shared, 'Vpc', { maxAzs: 2 }) }));

  test('is where every function runs, those of aws-cdk-lib’s framework too, in private subnets', () => {
    const { stack } = inVpc();
    const functions = ofType(stack, 'AWS::Lambda::Function');
    expect(functions.length).toBeGreaterThan(15);
    for (const [id, { Properties }] of functions) {
      expect([id, Properties.VpcConfig?.SubnetIds]).toEqual([
        id,
        [1, 2].map((zone) => ({
          'Fn::ImportValue': expect.stringMatching(`VpcPrivateSubnet${zone}`),
        })),
      ]);
    }
  });

  test('asks for network interfaces, which every function’s role may manage', () => {
    const { stack } = inVpc();
    const roles = new Map(ofType(stack, 'AWS::IAM::Role'));
    for (const [id, { Properties }] of ofType(stack, 'AWS::Lambda::Function')) {
      const role = roles.get(Properties.Role['Fn::GetAtt'][0]);
      expect([id, JSON.stringify(role?.Properties.ManagedPolicyArns)]).toEqual([
        id,
        expect.stringContaining(':iam::aws:policy/service-role/AWSLambdaENIManagementAccess'),
      ]);
    }
  });

  test('goes with subnets and security groups of one’s own', () => {
    const { stack } = withDefaults((shared) => {
      const vpc = new Vpc(shared, 'Vpc', {
        natGateways: 0,
        subnetConfiguration: [{ name: 'inner', subnetType: SubnetType.PRIVATE_ISOLATED }],
      });
      const securityGroups = [SecurityGroup.fromSecurityGroupId(shared, 'Group', 'sg-1')];
      return { vpc, vpcSubnets: { subnetGroupName: 'inner' }, securityGroups };
    });
    for (const [, { Properties }] of ofType(stack, 'AWS::Lambda::Function')) {
      expect(JSON.stringify(Properties.VpcConfig)).toMatch(/"SecurityGroupIds":\["sg-1"\].*innerSubnet1/);
    }
    expect(ofType(stack, 'AWS::EC2::SecurityGroup')).toEqual([]);
  });

  test('has its endpoints of the same stack before the first function is called, and until the last has been', () => {
    const stack = new Stack(new App({ context: { 'aws:cdk:disable-asset-staging': true } }), 'Stack');
    const vpc = new Vpc(stack, 'Vpc', {
      natGateways: 0,
      subnetConfiguration: [{ name: 'inner', subnetType: SubnetType.PRIVATE_ISOLATED }],
    });
    ResourceDefaults.of(stack).set({ vpc });
    everything(stack);
    vpc.addInterfaceEndpoint('Cognito', { service: new InterfaceVpcEndpointAwsService('cognito-idp') });
    vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
    const other = new Vpc(stack, 'Other');
    other.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
    const byId = new Map(resources(stack));
    const endpoints = [...byId].flatMap(([id, { Type }]) => (Type === 'AWS::EC2::VPCEndpoint' ? id : []));
    const own = endpoints.filter((id) => id.startsWith('Vpc'));
    expect(own).toHaveLength(2);
    const providers = [...byId.values()].flatMap(({ Type, Properties }) =>
      /^Custom::Cognito/.test(Type) ? Properties.ServiceToken['Fn::GetAtt'][0] : [],
    );
    expect(new Set(providers).size).toBe(3);
    for (const id of providers) {
      const dependencies = byId.get(id)!.DependsOn!.filter((dependency) => endpoints.includes(dependency));
      expect([id, dependencies.sort()]).toEqual([id, own.sort()]);
    }
  });

  test('has them before a nested stack with functions, too', () => {
    const stack = new Stack(new App({ context: { 'aws:cdk:disable-asset-staging': true } }), 'Stack');
    const vpc = new Vpc(stack, 'Vpc');
    ResourceDefaults.of(stack).set({ vpc });
    everything(new NestedStack(stack, 'Nested'));
    vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
    const [[endpoint]] = ofType(stack, 'AWS::EC2::VPCEndpoint');
    const [[, nested]] = ofType(stack, 'AWS::CloudFormation::Stack');
    expect(nested.DependsOn).toContain(endpoint);
  });

  test('is missed where its subnets are given alone', () => {
    expect(() => withDefaults(() => ({ vpcSubnets: { subnetGroupName: 'inner' } }))).toThrow(
      'Stack/Lambda: the resource defaults have vpcSubnets or securityGroups, and no vpc: pass the VPC that they are of',
    );
  });
});

describe('a key', () => {
  const withKey = () => withDefaults((shared) => ({ encryptionKey: new Key(shared, 'Key') }));
  const arn = { 'Fn::ImportValue': expect.stringMatching(/^Shared:ExportsOutputFnGetAttKey/) };

  test('is that of log groups, functions, buckets and generated passwords', () => {
    const { stack } = withKey();
    for (const [id, { Properties }] of ofType(stack, 'AWS::Logs::LogGroup')) {
      expect([id, Properties.KmsKeyId]).toEqual([id, arn]);
    }
    for (const [id, { Properties }] of ofType(stack, 'AWS::Lambda::Function')) {
      expect([id, Properties.KmsKeyArn]).toEqual([id, arn]);
    }
    for (const [id, { Properties }] of ofType(stack, 'AWS::SecretsManager::Secret')) {
      expect([id, Properties.KmsKeyId]).toEqual([id, arn]);
    }
    const [[, { Properties: bucket }]] = ofType(stack, 'AWS::S3::Bucket');
    expect(bucket.BucketEncryption.ServerSideEncryptionConfiguration).toEqual([
      { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { KMSMasterKeyID: arn, SSEAlgorithm: 'aws:kms' } },
    ]);
  });

  test('lets CloudWatch Logs encrypt, for log groups of the account alone', () => {
    const { shared } = withKey();
    const [[, { Properties }]] = ofType(shared, 'AWS::KMS::Key');
    const statements = Properties.KeyPolicy.Statement.filter(({ Principal }: any) => Principal.Service);
    expect(statements).toEqual([
      expect.objectContaining({
        Principal: { Service: 'logs.eu-west-1.amazonaws.com' },
        Condition: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': {
              'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:eu-west-1:111111111111:log-group:*']],
            },
          },
        },
      }),
    ]);
  });

  test('may be used by every function that has it, for its environment', () => {
    const { stack } = withKey();
    const policies = ofType(stack, 'AWS::IAM::Policy').map(([, { Properties }]) => Properties);
    const mayDecrypt = new Set(
      policies
        .filter(({ PolicyDocument }) => JSON.stringify(PolicyDocument).includes('"kms:Decrypt"'))
        .flatMap(({ Roles }) => Roles.map(({ Ref }: { Ref: string }) => Ref)),
    );
    for (const [id, { Properties }] of ofType(stack, 'AWS::Lambda::Function')) {
      expect([id, mayDecrypt.has(Properties.Role['Fn::GetAtt'][0])]).toEqual([id, true]);
    }
  });

  test.each([
    ['of this app', (stack: Stack) => new Key(stack, 'Key').addAlias('company')],
    ['by its name', (stack: Stack) => Alias.fromAliasName(stack, 'Key', 'alias/company')],
  ])('is not its alias %s, which log groups and policies do not take', (_, aliasOf) => {
    const stack = new Stack(new App(), 'Stack');
    expect(() => ResourceDefaults.of(stack).set({ encryptionKey: aliasOf(stack) })).toThrow(
      'Stack: encryptionKey is an alias, and neither log groups nor policies take one: pass the key behind it, such as Key.fromKeyArn() or Key.fromLookup()',
    );
  });

  test('may be an imported one', () => {
    const { stack } = withDefaults((shared) => ({
      encryptionKey: Key.fromKeyArn(shared, 'Key', 'arn:aws:kms:eu-west-1:222222222222:key/abc'),
    }));
    expect(JSON.stringify(resources(stack))).toContain('arn:aws:kms:eu-west-1:222222222222:key/abc');
  });
});

test('a permissions boundary is that of every role', () => {
  const { stack } = withDefaults((shared) => ({
    permissionsBoundary: ManagedPolicy.fromManagedPolicyName(shared, 'Boundary', 'company'),
  }));
  const roles = ofType(stack, 'AWS::IAM::Role').filter(([id]) => !id.startsWith('Pool')); // the pool's own
  expect(roles.length).toBeGreaterThan(15);
  for (const [id, { Properties }] of roles) {
    expect([id, JSON.stringify(Properties.PermissionsBoundary)]).toEqual([
      id,
      expect.stringContaining('policy/company'),
    ]);
  }
});

test('what a boundary has to allow stands in docs/platform.md, action by action', () => {
  const { stack } = withDefaults(
    (shared) => ({ encryptionKey: new Key(shared, 'Key') }),
    (own) => {
      everything(own);
      const userPool = UserPool.fromUserPoolId(own, 'Everybody', 'eu-west-1_everybody');
      const source = SeedSource.inline([{ username: 'ann', attributes: {}, groups: ['admins'], enabled: true }]);
      const missingUsers = MissingUsers.create({ deleteWhenUndeclared: true });
      const compareWith = CompareWith.LIVE_POOL;
      const engine = SeedEngine.stepFunctions();
      new UserAttributesSeeder(own, 'Most', { userPool, source, missingUsers, compareWith });
      new UserAttributesSeeder(own, 'MostRuns', { userPool, source, missingUsers, compareWith, engine });
      const people = Bucket.fromBucketName(own, 'People', 'people');
      new UserAttributesSeeder(own, 'Object', {
        userPool,
        source: SeedSource.fromBucket(people, 'users.csv', { version: 'v1' }),
      });
    },
  );
  const told = readFileSync('docs/platform.md', 'utf8');
  const actions = ofType(stack, 'AWS::IAM::Policy')
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement.flatMap(({ Action }: any) => Action))
    .filter((action) => !told.includes(`\`${action}\``));
  expect([...new Set(actions)]).toEqual([]);
});

test('log groups keep what is written for as long as the defaults say', () => {
  const { stack } = withDefaults(() => ({ logRetention: RetentionDays.ONE_YEAR }));
  const groups = ofType(stack, 'AWS::Logs::LogGroup');
  expect(groups.length).toBeGreaterThan(10);
  for (const [id, { Properties }] of groups) expect([id, Properties.RetentionInDays]).toEqual([id, 365]);
});

describe('a removal policy', () => {
  test('to retain is that of log groups and buckets', () => {
    const { stack } = withDefaults(() => ({ removalPolicy: RemovalPolicy.RETAIN }));
    for (const type of ['AWS::Logs::LogGroup', 'AWS::S3::Bucket']) {
      for (const [id, { DeletionPolicy }] of ofType(stack, type)) expect([id, DeletionPolicy]).toEqual([id, 'Retain']);
    }
  });

  test('to retain leaves no log group whose name a stack would need that is made again under the same name', () => {
    const { stack } = withDefaults(() => ({ removalPolicy: RemovalPolicy.RETAIN }));
    const names = ofType(stack, 'AWS::Logs::LogGroup').flatMap(([, { Properties }]) => Properties.LogGroupName ?? []);
    const ofItsOwn = { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] };
    expect(names).toEqual([{ 'Fn::Join': ['', ['/aws/vendedlogs/states/Stack-', ofItsOwn, '-seed-runs']] }]);
  });

  test('to destroy empties the bucket first, and after the seeders that write into it', () => {
    const { stack } = withDefaults(() => ({ removalPolicy: RemovalPolicy.DESTROY }));
    const [[, bucket]] = ofType(stack, 'AWS::S3::Bucket');
    expect(bucket.DeletionPolicy).toBe('Delete');
    const [[emptying]] = ofType(stack, 'Custom::S3AutoDeleteObjects');
    const seeders = ofType(stack, 'Custom::CognitoUserAttributes');
    expect(seeders).toHaveLength(2);
    for (const [id, { DependsOn }] of seeders)
      expect([id, DependsOn]).toEqual([id, expect.arrayContaining([emptying])]);
  });

  test('to take a snapshot is refused, since neither buckets nor log groups know it', () => {
    expect(() => ResourceDefaults.of(new App()).set({ removalPolicy: RemovalPolicy.SNAPSHOT })).toThrow(
      'the app: removalPolicy is SNAPSHOT, which neither buckets nor log groups know: declare RETAIN, or DESTROY',
    );
  });

  test('of a bucket of one’s own is its author’s, and its seeder goes before what empties it', () => {
    const { stack } = withDefaults(
      () => ({ removalPolicy: RemovalPolicy.RETAIN }),
      (own) => {
        new UserAttributesSeeder(own, 'Seeder', {
          userPool: UserPool.fromUserPoolId(own, 'Pool', 'eu-west-1_imported'),
          source: SeedSource.inline([{ username: 'ann', attributes: { nickname: 'A' } }]),
          engine: SeedEngine.stepFunctions({
            bucket: new Bucket(own, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true }),
          }),
        });
      },
    );
    const [[, { DeletionPolicy }]] = ofType(stack, 'AWS::S3::Bucket');
    expect(DeletionPolicy).toBe('Delete');
    const [[emptying]] = ofType(stack, 'Custom::S3AutoDeleteObjects');
    const [[, { DependsOn }]] = ofType(stack, 'Custom::CognitoUserAttributes');
    expect(DependsOn).toContain(emptying);
  });
});

test('tags are on everything that the library makes, and on nothing else', () => {
  const { stack } = withDefaults(
    () => ({ tags: { 'cost-center': '42' } }),
    (own) => {
      everything(own);
      new Function(own, 'Other', {
        runtime: Runtime.NODEJS_24_X,
        handler: 'index.handler',
        code: Code.fromInline('//'),
      });
    },
  );
  const others = /^(Other|Pool)/;
  for (const type of ['AWS::Lambda::Function', 'AWS::S3::Bucket', 'AWS::Logs::LogGroup', 'AWS::IAM::Role']) {
    for (const [id, { Properties }] of ofType(stack, type)) {
      const tag = Properties.Tags?.find(({ Key: key }: { Key: string }) => key === 'cost-center')?.Value;
      expect([id, tag]).toEqual([id, others.test(id) ? undefined : '42']);
    }
  }
});

test('a handler, an HTTP API and a bucket that are passed in stay as they are', () => {
  const { stack } = withDefaults(
    (shared) => ({ encryptionKey: new Key(shared, 'Key'), tags: { ours: 'yes' } }),
    (own) => {
      const handler = new Function(own, 'Own', {
        runtime: Runtime.NODEJS_24_X,
        handler: 'index.handler',
        code: Code.fromInline('//'),
      });
      new CustomMessageTrigger(own, 'Messages', { userPool: new UserPool(own, 'Pool'), handler }).addTemplate(
        CustomMessageSource.SIGN_UP,
        { sms: 'Your code is {{code}}' },
      );
    },
  );
  const [[, { Properties }]] = ofType(stack, 'AWS::Lambda::Function');
  expect(Properties.KmsKeyArn).toBeUndefined();
  expect(Properties.Tags).toBeUndefined();
});

describe('scopes', () => {
  const seeder = (scope: Construct) =>
    new UserAttributesSeeder(scope, 'Seeder', {
      userPool: UserPool.fromUserPoolId(scope, 'Pool', 'eu-west-1_imported'),
      source: SeedSource.inline([{ username: 'ann', attributes: { nickname: 'A' } }]),
    });

  test('a stack’s say goes before its stage’s, and that before the app’s, one by one; tags are joined', () => {
    const app = new App({ context: { 'aws:cdk:disable-asset-staging': true } });
    const stage = new Stage(app, 'Prod');
    const stack = new Stack(stage, 'Stack');
    ResourceDefaults.of(app).set({
      logRetention: RetentionDays.ONE_DAY,
      removalPolicy: RemovalPolicy.RETAIN,
      tags: { by: 'app', app: 'yes' },
    });
    ResourceDefaults.of(stage).set({ logRetention: RetentionDays.ONE_YEAR, tags: { by: 'stage' } });
    ResourceDefaults.of(stack).set({ logRetention: undefined, tags: { stack: 'yes' } });
    seeder(stack);
    for (const [, { Properties, DeletionPolicy }] of ofType(stack, 'AWS::Logs::LogGroup')) {
      expect(Properties.RetentionInDays).toBe(365);
      expect(DeletionPolicy).toBe('Retain');
      expect(Properties.Tags).toEqual([
        { Key: 'app', Value: 'yes' },
        { Key: 'by', Value: 'stage' },
        { Key: 'stack', Value: 'yes' },
      ]);
    }
  });

  test('other stages and stacks are left alone', () => {
    const app = new App({ context: { 'aws:cdk:disable-asset-staging': true } });
    const [prod, dev] = ['Prod', 'Dev'].map((id) => new Stack(new Stage(app, id), 'Stack'));
    seeder(dev);
    ResourceDefaults.of(Stage.of(prod)!).set({ logRetention: RetentionDays.ONE_YEAR });
    seeder(prod);
    const retention = (stack: Stack) => ofType(stack, 'AWS::Logs::LogGroup')[0][1].Properties.RetentionInDays;
    expect([retention(prod), retention(dev)]).toEqual([365, 30]);
  });

  test('hold for constructs of another copy of the library, too', () => {
    const stack = new Stack(new App({ context: { 'aws:cdk:disable-asset-staging': true } }), 'Stack');
    ResourceDefaults.of(stack).set({ logRetention: RetentionDays.ONE_YEAR });
    jest.isolateModules(() => {
      const copy = jest.requireActual<typeof import('../../lib')>('../../lib');
      expect(copy.UserAttributesSeeder).not.toBe(UserAttributesSeeder);
      new copy.UserAttributesSeeder(stack, 'Seeder', {
        userPool: UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_imported'),
        source: copy.SeedSource.inline([{ username: 'ann', attributes: { nickname: 'A' } }]),
      });
    });
    const groups = ofType(stack, 'AWS::Logs::LogGroup');
    expect(groups.map(([, { Properties }]) => Properties.RetentionInDays)).toEqual([365, 365]);
  });

  test('of constructs below a stack are refused, since a stack’s constructs share functions', () => {
    const stack = new Stack(new App(), 'Stack');
    expect(() => ResourceDefaults.of(new UserPool(stack, 'Pool')).set({})).toThrow(
      'Stack/Pool: resource defaults are those of a stack, a stage or an app, since constructs of a stack share functions; write ResourceDefaults.of(Stack.of(this))',
    );
  });

  test.each([
    ['the stack', (stack: Stack): IConstruct => stack, 'Stack'],
    ['the app', (stack: Stack): IConstruct => stack.node.root, 'the app'],
  ])('what comes after the first construct of %s would not hold, and is refused', (_, scopeOf, where) => {
    const stack = new Stack(new App(), 'Stack');
    seeder(stack);
    expect(() => ResourceDefaults.of(scopeOf(stack)).set({ logRetention: RetentionDays.ONE_DAY })).toThrow(
      `${where}: Stack/Seeder has been made without these resource defaults: set them before constructs of this library are made`,
    );
  });
});

describe('what others do to resources goes before the defaults', () => {
  test('aspects', () => {
    const everyFunction: IAspect = {
      visit: (node) => {
        if (node instanceof CfnFunction) node.memorySize = 3008;
        if (node instanceof LogGroup)
          (node.node.defaultChild as CfnResource).addPropertyOverride('RetentionInDays', 731);
      },
    };
    const { app, stack } = withDefaults(() => ({ logRetention: RetentionDays.ONE_DAY }));
    Aspects.of(app).add(everyFunction);
    for (const [, { Properties }] of ofType(stack, 'AWS::Lambda::Function')) expect(Properties.MemorySize).toBe(3008);
    for (const [, { Properties }] of ofType(stack, 'AWS::Logs::LogGroup')) expect(Properties.RetentionInDays).toBe(731);
  });

  test('tags of a nearer scope', () => {
    const app = new App({ context: { 'aws:cdk:disable-asset-staging': true } });
    const stack = new Stack(app, 'Stack');
    ResourceDefaults.of(app).set({ tags: { team: 'platform' } });
    const messages = new CustomMessageTrigger(stack, 'Messages', { userPool: new UserPool(stack, 'Pool') });
    messages.addTemplate(CustomMessageSource.SIGN_UP, { sms: 'Your code is {{code}}' });
    Tags.of(messages.handler).add('team', 'people');
    const handler = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'))[0];
    expect(handler.Properties.Tags).toEqual([{ Key: 'team', Value: 'people' }]);
  });
});

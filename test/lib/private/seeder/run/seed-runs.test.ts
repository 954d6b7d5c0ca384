import { CfnResource, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { SeedRuns } from '../../../../../lib/private/seeder/run/seed-runs';
import { RunsStack } from './runs-stack';

const statements = (template: Template, id: RegExp): any[] =>
  Object.entries<any>(template.findResources('AWS::IAM::Policy'))
    .filter(([logicalId]) => id.test(logicalId))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);

const rolesOf = (template: Template, id: RegExp): string[] =>
  Object.entries<any>(template.findResources('AWS::IAM::Policy'))
    .filter(([logicalId]) => id.test(logicalId))
    .flatMap(([, { Properties }]) => Properties.Roles.map(({ Ref }: { Ref: string }) => Ref.slice(0, -8)))
    .map((role: string) => role.replace('CognitoUserAttributesRuns', ''));

const ALL_ROLES = ['StepsListRole', 'StepsPlanRole', 'StepsApplyRole', 'StepsReportRole', 'ProviderExecutionRole'];

test('the seeders of a stack share one state machine and its parts', () => {
  const stack = new RunsStack();
  expect(SeedRuns.of(stack)).toBe(stack.runs);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::StepFunctions::StateMachine', 2); // its own, and the framework's waiter
  template.resourceCountIs('AWS::Lambda::Function', 10); // five steps, two before them, three of the framework
  expect(stack.runs.serviceToken).toBe(SeedRuns.of(stack).serviceToken);
});

describe('the functions', () => {
  const template = Template.fromStack(new RunsStack());

  test.each([
    ['index.list', 1024, 900],
    ['index.plan', 2048, 900],
    ['index.apply', 1769, 900],
    ['index.tally', 512, 300],
    ['index.report', 512, 300],
    ['index.onEvent', 512, 840],
    ['index.isComplete', 512, 300],
  ])('%s has %d MB and %d seconds', (Handler, MemorySize, Timeout) => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Handler,
      MemorySize,
      Timeout,
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      LoggingConfig: { LogGroup: Match.anyValue() },
    });
  });

  test('write to log groups of their own, which go with them', () => {
    const groups: any[] = Object.values(template.findResources('AWS::Logs::LogGroup'));
    expect(groups).toHaveLength(7);
    for (const { DeletionPolicy, Properties } of groups) {
      expect([DeletionPolicy, Properties.RetentionInDays]).toEqual(['Delete', 30]);
    }
    const managed = Object.values<any>(template.findResources('AWS::IAM::Role')).map((role) => role.Properties);
    expect(managed.filter(({ ManagedPolicyArns }) => ManagedPolicyArns)).toEqual([]);
  });
});

describe('the state machine', () => {
  const template = Template.fromStack(new RunsStack());

  test('is traced and logged, without the data of executions', () => {
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false, Destinations: Match.anyValue() },
      TracingConfiguration: { Enabled: true },
      StateMachineType: Match.absent(), // STANDARD
      DefinitionString: Match.objectLike({
        'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('"TimeoutSeconds":604800')])],
      }),
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: '/aws/vendedlogs/states/Stack-seed-runs' });
  });

  test('may run, stop and redrive the children of its maps', () => {
    const found = statements(template, /DistributedMapPolicy/);
    expect(found.map(({ Action }) => Action)).toEqual([
      'states:StartExecution',
      ['states:DescribeExecution', 'states:StopExecution'],
      'states:RedriveExecution',
    ]);
    const redriven = found[2].Resource.map((arn: any) => arn['Fn::Join'][1].at(-1));
    expect(redriven.sort()).toEqual(['/ApplyChunks:*', '/ApplyMessages:*']);
  });

  test('that ends early asks for its report', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: {
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
          stateMachineArn: [{ Ref: Match.stringLikeRegexp('StateMachine') }],
        },
      },
      Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('StepsReportFunction'), 'Arn'] } })],
    });
    template.resourceCountIs('AWS::Lambda::Permission', 1);
  });
});

describe('the provider', () => {
  const template = Template.fromStack(new RunsStack());

  test('starts, describes and stops executions of this state machine alone', () => {
    const states = statements(template, /ProviderExecutionRoleDefaultPolicy/).filter(({ Action }) =>
      JSON.stringify(Action).includes('states:'),
    );
    expect(states.map(({ Action }) => Action)).toEqual([
      'states:StartExecution',
      ['states:DescribeExecution', 'states:StopExecution'],
    ]);
    for (const { Resource } of states) {
      expect(JSON.stringify(Resource)).toMatch(/\{"Ref":"CognitoUserAttributesRunsStateMachine\w+"\}/);
    }
  });

  test('knows which state machine it is', () => {
    for (const Handler of ['index.onEvent', 'index.isComplete']) {
      template.hasResourceProperties('AWS::Lambda::Function', {
        Handler,
        Environment: { Variables: { STATE_MACHINE_ARN: { Ref: Match.stringLikeRegexp('RunsStateMachine') } } },
      });
    }
  });

  test('asks every ten seconds, and answers within the hour that CloudFormation waits', () => {
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      DefinitionString: Match.objectLike({
        'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('"IntervalSeconds":10,"MaxAttempts":342,')])],
      }),
      LoggingConfiguration: Match.absent(),
    });
  });

  test('logs no events', () => {
    const frameworks = Object.values<any>(
      template.findResources('AWS::Lambda::Function', {
        Properties: { Handler: Match.stringLikeRegexp('^framework\\.') },
      }),
    );
    expect(frameworks).toHaveLength(3);
    for (const { Properties } of frameworks) expect(Properties.LoggingConfig.ApplicationLogLevel).toBe('FATAL');
  });
});

describe('the bucket of the stack', () => {
  test('is there where it is needed', () => {
    const stack = new RunsStack();
    Template.fromStack(new RunsStack()).resourceCountIs('AWS::S3::Bucket', 0);
    expect(stack.runs.bucket).toBe(stack.runs.bucket);
    Template.fromStack(stack).resourceCountIs('AWS::S3::Bucket', 1);
  });

  const template = Template.fromStack(new RunsStack().withDefaults());

  test('is encrypted, closed, and kept with its objects for 90 days', () => {
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        LifecycleConfiguration: {
          Rules: [
            { Prefix: 'runs/', ExpirationInDays: 90, Status: 'Enabled' },
            { Prefix: 'former/', ExpirationInDays: 90, Status: 'Enabled' },
            { Prefix: 'reports/', ExpirationInDays: 90, Status: 'Enabled' },
            { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' },
          ],
        },
        VersioningConfiguration: Match.absent(),
      },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
      },
    });
  });

  test('is read and written by all functions, below runs/ and seeders/', () => {
    const id = /^CognitoUserAttributesRunsBucketPolicy/;
    expect(rolesOf(template, id).sort()).toEqual([...ALL_ROLES].sort());
    const below = (folder: string) => ({
      'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.any(String), 'Arn'] }, `/${folder}/*`]],
    });
    expect(statements(template, id)).toEqual([
      { Action: ['s3:GetObject', 's3:PutObject'], Effect: 'Allow', Resource: [below('runs'), below('seeders')] },
      { Action: 's3:DeleteObject', Effect: 'Allow', Resource: below('runs') },
      { Action: 's3:ListBucket', Effect: 'Allow', Resource: { 'Fn::GetAtt': [expect.any(String), 'Arn'] } },
    ]);
  });
});

describe('a seeder’s permissions', () => {
  test('are those of each step, on the seeder’s pool', () => {
    const template = Template.fromStack(new RunsStack().withDefaults());
    const Resource = { 'Fn::GetAtt': [expect.stringMatching(/^Pool/), 'Arn'] };
    const granted = (id: RegExp) => [rolesOf(template, id), statements(template, id)];
    expect(granted(/^SeederListPolicy/)).toEqual([
      ['StepsListRole'],
      [
        {
          Action: ['cognito-idp:ListUsers', 'cognito-idp:ListUsersInGroup', 'cognito-idp:DescribeUserPool'],
          Effect: 'Allow',
          Resource,
        },
      ],
    ]);
    expect(granted(/^SeederPlanPolicy/)).toEqual([
      ['StepsPlanRole'],
      [{ Action: 'cognito-idp:AdminGetUser', Effect: 'Allow', Resource }],
    ]);
    expect(granted(/^SeederApplyPolicy/)).toEqual([
      ['StepsApplyRole'],
      [
        {
          Action: [
            'cognito-idp:AdminGetUser',
            'cognito-idp:AdminUpdateUserAttributes',
            'cognito-idp:AdminDeleteUserAttributes',
          ],
          Effect: 'Allow',
          Resource,
        },
      ],
    ]);
    expect(rolesOf(template, /^Seeder(Source|Bucket)Policy/)).toEqual([]);
  });

  test('include where the declared users stand, for the plan', () => {
    const stack = new RunsStack();
    const source = [new PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/users.csv'] })];
    stack.grant('Seeder', { source });
    const template = Template.fromStack(stack);
    expect(rolesOf(template, /^SeederSourcePolicy/)).toEqual(['StepsPlanRole']);
    expect(statements(template, /^SeederSourcePolicy/)).toMatchObject([{ Resource: 'arn:aws:s3:::b/users.csv' }]);
  });

  test('are other policies for another pool, source or bucket, as the former are needed until the end', () => {
    const policies = (options: Parameters<RunsStack['grant']>[1]): string[] => {
      const stack = new RunsStack();
      stack.grant('Seeder', options);
      return Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Policy')).filter((id) =>
        /^Seeder/.test(id),
      );
    };
    const source = (key: string) => [new PolicyStatement({ actions: ['s3:GetObject'], resources: [key] })];
    const one = policies({ source: source('arn:aws:s3:::b/one') });
    expect(one).toHaveLength(4);
    expect(policies({ source: source('arn:aws:s3:::b/one') })).toEqual(one);
    expect(policies({ pool: 'Other', source: source('arn:aws:s3:::b/one') }).filter((id) => one.includes(id))).toEqual([
      one.find((id) => id.startsWith('SeederSource')),
    ]);
    expect(policies({ source: source('arn:aws:s3:::b/other') }).filter((id) => one.includes(id))).toHaveLength(3);
  });

  test('on a bucket of its own are all functions’, its key included', () => {
    const stack = new RunsStack();
    const encryptionKey = new Key(stack, 'Key');
    const bucket = new Bucket(stack, 'Own', { encryption: BucketEncryption.KMS, encryptionKey });
    stack.grant('Seeder', { bucket });
    const template = Template.fromStack(stack);
    expect(rolesOf(template, /^SeederBucketPolicy/).sort()).toEqual([...ALL_ROLES].sort());
    expect(statements(template, /^SeederBucketPolicy/).map(({ Action }) => Action)).toEqual([
      ['s3:GetObject', 's3:PutObject'],
      's3:DeleteObject',
      's3:ListBucket',
      ['kms:Decrypt', 'kms:GenerateDataKey'],
    ]);
  });

  test('and all parts of the runs are there before the seeder, and go after it', () => {
    const stack = new RunsStack();
    const seeder = new CfnResource(stack, 'Resource', { type: 'Custom::CognitoUserAttributes' });
    seeder.node.addDependency(stack.grant('Seeder'));
    void stack.runs.bucket; // as late as another seeder may ask for it
    const template = Template.fromStack(stack).toJSON();
    const parts = Object.keys(template.Resources).filter((id) => /^(CognitoUserAttributesRuns|Seeder)/.test(id));
    expect([...template.Resources.Resource.DependsOn].sort()).toEqual(parts.sort());
  });
});

test('each stack has runs of its own', () => {
  const [one, other] = [new RunsStack(), new RunsStack()];
  expect(one.runs).not.toBe(other.runs);
  expect(Stack.of(one.runs)).toBe(one);
});

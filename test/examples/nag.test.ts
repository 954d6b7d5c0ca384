import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type App, Stack, Validations } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks } from 'cdk-nag';
import { exampleFolders, runExample, runProgram } from '../support/example-apps';
import { onLowestCdk } from '../support/cdk-version';
import { type Finding, findingsIn, findingsOf, type Standing, stands } from '../support/findings';

/** What aws-cdk-lib's Provider makes, and how: only some of it can be set. */
const FRAMEWORK: Standing[] = [
  [
    /^IAM5\[Resource::<\w+(Provider\w*Function|IsCompleteFunction|OnEventFunction)\w+\.Arn>:\*\]$/,
    /Framework(Complete)?Role\/DefaultPolicy\//,
    'the framework may call any version of the one function; there is one',
  ],
  [
    /^IAM5\[Resource::<\w+Providerframework(isComplete|onTimeout)\w+\.Arn>:\*\]$/,
    /\/waiter-state-machine\/Role\//,
    'so may the waiter; the role is the framework’s own',
  ],
  [/^SF1$/, /\/waiter-state-machine\/Resource$/, 'its events hold the URL by which CloudFormation is answered'],
  [/^SF2$/, /\/waiter-state-machine\/Resource$/, 'the framework has no such setting'],
  // aws-cdk-lib 2.276 has Node.js 24 there.
  ...(onLowestCdk
    ? ([[/^L1$/, /\/framework-\w+\/Resource$/, 'its runtime is the latest that the lowest aws-cdk-lib knows']] as const)
    : []),
];

/** What the library makes. */
const LIBRARY: Standing[] = [
  [
    /^IAMNoInlinePolicy$/,
    /Policy\w*\/Resource$/,
    'a policy per function and seeder, which goes with them; a managed policy could be attached to anybody else, and a role takes ten',
  ],
  [
    /^LambdaInsideVPC$/,
    /\/(Handler|\w*Function|framework-\w+)\/Resource$/,
    'the functions call public endpoints of AWS alone, or nobody; a VPC is the author’s',
  ],
  [
    /^LambdaConcurrency$/,
    /\/(Handler|\w*Function|framework-\w+)\/Resource$/,
    'reserved concurrency is taken from the account, and a trigger or an API at its limit turns people away; the API has rates, runs have a pace',
  ],
  [
    /^LambdaDLQ$/,
    /\/(Handler|\w*Function|framework-\w+)\/Resource$/,
    'Cognito, API Gateway, Step Functions and the framework wait for the answer, and see an error; what CloudFormation sends, it takes for failed; what EventBridge sends is tried three times, and asks for what the next run or check does too',
  ],
  [
    /^CloudWatchLogGroupEncrypted$/,
    /Logs?\/Resource$/,
    'encrypted with CloudWatch’s own key, and no value of an attribute is in it; a key is the author’s',
  ],
  [
    /^IAM5\[Resource::<\w+Steps(List|Plan|Apply|ReportTally|Report)Function\w+\.Arn>:\*\]$/,
    /^CognitoUserAttributesRuns\/StateMachine\/Role\//,
    'a task may call any version of the one function; there is one',
  ],
  [
    /^IAM5\[Resource::\*\]$/,
    /^CognitoUserAttributesRuns\/StateMachine\/Role\//,
    'the delivery of logs and traces knows no resources: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html',
  ],
  [
    /^IAM5\[Resource::arn:.*:execution:.*StateMachine\w+.*:\*\]$/,
    /^CognitoUserAttributesRuns\/(StateMachine\/DistributedMapPolicy|Provider\/Execution\/Role)\//,
    'the names of executions are made as they start',
  ],
  [
    /^IAM5\[Resource::<CognitoUserAttributesBucket\w+\.Arn>\/(runs|seeders|former|reports)\/\*\]$/,
    /\/BucketPolicy\w+\/Resource$/,
    'the names of objects are made as users are changed',
  ],
  [
    /^IAM5\[Resource::arn:.*-assets-.*\/\*\.cognito-seed\]$/,
    /\/SourcePolicy\w+\/Resource$/,
    'former declarations lie among the assets, under names of which a template knows the latest',
  ],
  [
    /^(S1|S3BucketLoggingEnabled)$/,
    /^CognitoUserAttributesBucket\/Resource$/,
    'logs need a bucket of the author’s: who wants them brings the bucket of the seeders too',
  ],
  [
    /^(S3BucketVersioningEnabled|S3BucketReplicationEnabled|S3BucketDefaultLockEnabled)$/,
    /^CognitoUserAttributesBucket\/Resource$/,
    'what a run leaves is deleted after 90 days, and people’s values are kept no longer, nowhere else and in no former version',
  ],
  [
    /^S3DefaultEncryptionKMS$/,
    /^CognitoUserAttributesBucket\/Resource$/,
    'encrypted with S3’s own key; a key is the author’s',
  ],
  [
    /^(SMG4|SecretsManagerRotationEnabled)$/,
    /\/Password\w+\/Resource$/,
    'a password rotates with its user: who rotates it deploys the seeder afterwards',
  ],
  [
    /^SecretsManagerUsingKMSKey$/,
    /\/Password\w+\/Resource$/,
    'encrypted with Secrets Manager’s own key; a secret with another is the author’s',
  ],
];

/** What the examples declare beside it. */
const EXAMPLES: Standing[] = [
  [
    /^IAM4\[.*AWSLambdaENIManagementAccess\]$/,
    /\/(Framework)?Role\/Resource$/,
    'who declares a VPC gives its functions network interfaces; AWS keeps the list of what that takes',
  ],
  [/^COG1$/, /(^|\/)Pool\/Resource$/, 'Cognito’s default is what the rule wants, and a template need not repeat it'],
  [/^COG2$/, /(^|\/)Pool\/Resource$/, 'how people sign in is no part of the example'],
  [/^COG8$/, /(^|\/)Pool\/Resource$/, 'the Plus plan costs by the user, and no part of the example needs it'],
  [
    /^(IAM5\[Resource::\*\]|IAMNoInlinePolicy)$/,
    /^Pool\/smsRole\/Resource$/,
    'the role is aws-cdk-lib’s own: an SMS goes to a number, which is no resource',
  ],
];

/** What people write without the library is shown as they write it. */
const WITHOUT: Standing[] = [
  [
    /^(IAM4\[.*AWSLambdaBasicExecutionRole\]|IAMNoInlinePolicy|Lambda\w+|L1)$/,
    /^(Messages|Profile|AWS679f53fac002430cb0da5b7982bd2287)\//,
    'functions as aws-cdk-lib makes them',
  ],
  [/^APIG1$/, /^Stage\//, 'an access log takes a role, a format and ten lines more'],
];

const STANDING = [...FRAMEWORK, ...LIBRARY, ...EXAMPLES];

const outdir = mkdtempSync(path.join(tmpdir(), 'examples-'));
afterAll(() => rmSync(outdir, { recursive: true }));

/** Without bundles, which no rule looks at. */
const synthesized = (folder: string): App => {
  const app = runExample(folder, {
    outdir: path.join(outdir, folder),
    context: { 'aws:cdk:bundling-stacks': [] },
  });
  app.synth();
  return app;
};

describe('of an example, cdk-nag finds what stands for a reason and nothing else', () => {
  const found = new Map<string, Finding[]>();
  const withoutReason = (findings: Finding[], reasons: Standing[]) =>
    findings.filter((finding) => !reasons.some((standing) => stands(finding, standing)));

  test.each(exampleFolders())('%s', (folder) => {
    const app = synthesized(folder);
    const findings = findingsIn(app);
    const reasons = folder === 'without' ? [...STANDING, ...WITHOUT] : STANDING;
    expect(withoutReason(findings, reasons)).toEqual([]);
    found.set(folder, findings);

    // (which it would, were there a mistake)
    new Bucket(
      app.node.findAll().find((construct) => Stack.isStack(construct))!,
      'Mistake',
    );
    expect(withoutReason(findingsIn(app), reasons).map(({ rule }) => rule)).toContain('S10');
  });

  test('of a network, a key and a boundary nothing, where ResourceDefaults has them', () => {
    const settled = /^(LambdaInsideVPC|CloudWatchLogGroupEncrypted|S3DefaultEncryptionKMS|SecretsManagerUsingKMSKey)$/;
    const settledIn = (folder: string) => (found.get(folder) ?? []).filter(({ rule }) => settled.test(rule));
    expect(settledIn('tenants').length).toBeGreaterThan(3);
    expect(settledIn('platform')).toEqual([]);
  });

  test('and a reason that no finding needs any more has to go', () => {
    expect(
      [...STANDING, ...WITHOUT].filter(
        (standing) => ![...found.values()].flat().some((finding) => stands(finding, standing)),
      ),
    ).toEqual([]);
  });
});

describe('the acknowledgements of docs/compliance.md', () => {
  const [, program] = /```ts nofixture\n(.*?)```/s.exec(
    readFileSync(path.join(__dirname, '../../docs/compliance.md'), 'utf8'),
  )!;
  const DOCUMENTED = [AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks];
  const run = (text: string, name: string): App => runProgram(text, { outdir: path.join(outdir, name) });
  const findings = (app: App): Finding[] => DOCUMENTED.flatMap((Pack) => findingsOf(new Pack(), app));

  test('leave no finding', () => {
    const app = run(program, 'acknowledged');
    expect(findings(app)).toEqual([]);
    if (!onLowestCdk) app.synth(); // throws where a plugin has a finding
  });

  test('are each needed', () => {
    const acknowledge = jest.spyOn(Validations.prototype, 'acknowledge').mockReturnValue();
    const app = run(program, 'unacknowledged');
    if (!onLowestCdk) expect(() => app.synth()).toThrow('AwsSolutions-SMG4');
    const found = findings(app).map(({ rule }) => rule);
    const acknowledged = acknowledge.mock.calls
      .flat()
      .map(({ id }) => id.replace(/^(AwsSolutions|HIPAA.*?|NIST.*?)-/, ''));
    acknowledge.mockRestore();
    expect(acknowledged.filter((rule) => !found.includes(rule))).toEqual(onLowestCdk ? [] : ['L1']);
  });
});

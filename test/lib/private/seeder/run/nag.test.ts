import type { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { onLowestCdk } from '../../../../support/cdk-version';
import { RunsStack } from './runs-stack';

interface Violation {
  readonly ruleName: string;
  readonly violatingResources: readonly { readonly constructPath: string }[];
}

/** Which finding, where, and why it stays. */
const ACKNOWLEDGED: readonly (readonly [rule: RegExp, place: RegExp, reason: string])[] = [
  [
    /^IAM5\[Resource::<\w+Steps(List|Plan|Apply|ReportTally|Report)Function\w+\.Arn>:\*\]$/,
    /^StateMachine\/Role\//,
    'a task may call any version of the one function; there is one',
  ],
  [
    /^IAM5\[Resource::\*\]$/,
    /^StateMachine\/Role\//,
    'the delivery of logs and traces knows no resources: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html',
  ],
  [
    /^IAM5\[Resource::arn:.*:execution:.*StateMachine\w+.*:\*\]$/,
    /^StateMachine\/DistributedMapPolicy\//,
    'a distributed map describes, stops and redrives its own executions, whose names are made as they start',
  ],
  [
    /^IAM5\[Resource::arn:.*:execution:.*StateMachine\w+.*:\*\]$/,
    /^Provider\/Execution\/Role\//,
    'the names of executions are made as they start',
  ],
  [
    /^IAM5\[Resource::<\w+Provider\w+Function\w+\.Arn>:\*\]$/,
    /^Provider\/Framework(Complete)?Role\//,
    'the framework may call any version of the one function; there is one',
  ],
  [
    /^IAM5\[Resource::<\w+Providerframework\w+\.Arn>:\*\]$/,
    /^Provider\/Provider\/waiter-state-machine\/Role\//,
    'so does the waiter; the role is the framework’s own',
  ],
  ...(onLowestCdk
    ? ([[/^L1$/, /^Provider\/Provider\/framework-/, 'its runtime is the latest that this aws-cdk-lib knows']] as const)
    : []),
  [
    /^SF1$/,
    /^Provider\/Provider\/waiter-state-machine\//,
    'its events hold the URL by which CloudFormation is answered',
  ],
  [/^SF2$/, /^Provider\/Provider\/waiter-state-machine\//, 'the framework has no such setting'],
  [
    /^S1$/,
    /^Stack\/CognitoUserAttributesBucket\//,
    'logs need a bucket of the author’s: who wants them brings the bucket of the runs too',
  ],
  [
    /^IAM5\[Resource::<\w+Bucket\w+\.Arn>\/(runs|seeders)\/\*\]$/,
    /^BucketPolicy\w+\//,
    'the names of objects are made by the runs',
  ],
];

test('of the runs, cdk-nag finds what is acknowledged and nothing else', () => {
  const stack = new RunsStack().withDefaults();
  (stack.node.root as App).synth();
  const { violations } = new AwsSolutionsChecks(stack.node.root as App).validateScope(stack) as {
    violations: Violation[];
  };
  const findings = violations
    .flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => [ruleName.replace('AwsSolutions-', ''), constructPath]),
    )
    .filter(([, place]) => !place.startsWith('Stack/Pool/')) // the test's own
    .map(([rule, place]) => [rule, place.replace('Stack/CognitoUserAttributesRuns/', '')]);
  const isCovered = ([rule, place]: string[], [rules, places]: readonly [RegExp, RegExp, string]) =>
    rules.test(rule) && places.test(place);
  expect(findings.filter((finding) => !ACKNOWLEDGED.some((one) => isCovered(finding, one)))).toEqual([]);
  // An acknowledgement that nothing needs any more has to go.
  expect(ACKNOWLEDGED.filter((one) => !findings.some((finding) => isCovered(finding, one)))).toEqual([]);
});

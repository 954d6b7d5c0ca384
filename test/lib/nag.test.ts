import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { administrators } from '../../examples/tenants/administrators';
import { TenantsStack } from '../../examples/tenants/tenants-stack';

interface Violation {
  readonly ruleName: string;
  readonly violatingResources: readonly { readonly constructPath: string }[];
}

test('of what the library makes, cdk-nag finds what aws-cdk-lib’s Provider does and nothing else', () => {
  const app = new App({ context: { 'aws:cdk:disable-asset-staging': true } });
  const stack = new TenantsStack(app, 'Tenants', { administrators });
  app.synth();
  const { violations } = new AwsSolutionsChecks(app).validateScope(stack) as { violations: Violation[] };
  const findings = violations
    .flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    )
    .filter((finding) => !finding.includes('Tenants/Pool/')); // the example's own settings
  expect(findings).toEqual([
    // The framework invokes any version of the one function.
    expect.stringMatching(
      /^AwsSolutions-IAM5\[Resource::<CognitoUserAttributesProviderFunction\w+\.Arn>:\*\] .*FrameworkRole/,
    ),
    // Its runtime is the latest that this aws-cdk-lib knows in every Region.
    expect.stringMatching(/^AwsSolutions-L1 .*framework-onEvent/),
  ]);
});

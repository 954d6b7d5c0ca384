import { createHash } from 'node:crypto';
import { CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * A text that is another one whenever a resource of the stack changes, but for those of the types that hold such texts: so
 * CloudFormation asks a custom resource in every deployment that does anything. The same app gives the same text.
 */
export const stackDigest = (scope: Construct, exceptTypes: readonly string[]): string =>
  Lazy.uncachedString({
    // References across stacks are settled when the app has been prepared.
    produce: ({ preparing }) => (preparing ? '' : digestOf(Stack.of(scope), exceptTypes)),
  });

const digestOf = (stack: Stack, exceptTypes: readonly string[]): string => {
  const resources = stack.node
    .findAll()
    .filter((construct): construct is CfnResource => CfnResource.isCfnResource(construct) && construct.stack === stack)
    .filter(({ cfnResourceType }) => !exceptTypes.includes(cfnResourceType));
  const hashes = resources.map((resource) => hash(JSON.stringify(stack.resolve(rendered(resource)))));
  return hash(hashes.sort().join()).slice(0, 16);
};

/** As the template has it, overrides and dependencies included. */
const rendered = (resource: CfnResource): object =>
  (resource as unknown as { _toCloudFormation(): object })._toCloudFormation();

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

import type { CfnResource } from 'aws-cdk-lib';

/** A property as the template will have it: what addPropertyOverride() says goes before what the resource was given. */
export const overridden = <T>(resource: CfnResource, name: string, given: T): T => {
  const overrides = resource['rawOverrides']?.Properties ?? {};
  return Object.hasOwn(overrides, name) ? overrides[name] : given;
};

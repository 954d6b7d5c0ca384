import type { CfnResource } from 'aws-cdk-lib';

/** A property as the template will have it: what addPropertyOverride() says goes before what the resource was given. */
export const overridden = <T>(resource: CfnResource, name: string, given: T): T =>
  isOverridden(resource, name) ? overridesOf(resource)[name] : given;

/** Whether addPropertyOverride() says something of a property, or of a part of it. */
export const isOverridden = (resource: CfnResource, name: string): boolean =>
  Object.hasOwn(overridesOf(resource), name);

/** aws-cdk-lib tells them to nobody. */
const overridesOf = (resource: CfnResource) => resource['rawOverrides']?.Properties ?? {};

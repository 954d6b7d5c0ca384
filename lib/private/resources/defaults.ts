import { RemovalPolicy, Stack, Stage, Tags } from 'aws-cdk-lib';
import { PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { ResourceDefaultsProps } from '../../resource-defaults';

interface Scope {
  defaults: ResourceDefaultsProps;
  /** The path of the first construct that was made by them. */
  user?: string;
}

/** On the construct itself: a team's package and its app may each have a copy of this library, and what the app sets holds for both. */
const SCOPE = Symbol.for('cdk-cognito-user-attributes.ResourceDefaults');

const scopeOf = (construct: IConstruct): Scope => {
  const scope = construct as { [SCOPE]?: Scope };
  if (!scope[SCOPE]) Object.defineProperty(scope, SCOPE, { value: { defaults: {} } });
  return scope[SCOPE]!;
};

/** @throws Error where they would not hold for everything that is made below the scope */
export const setDefaults = (construct: IConstruct, defaults: ResourceDefaultsProps): void => {
  const where = construct.node.path || 'the app';
  if (!Stack.isStack(construct) && !Stage.isStage(construct)) {
    throw new Error(
      `${where}: resource defaults are those of a stack, a stage or an app, since constructs of a stack share functions; write ResourceDefaults.of(Stack.of(this))`,
    );
  }
  const scope = scopeOf(construct);
  if (defaults.encryptionKey && 'aliasName' in defaults.encryptionKey) {
    throw new Error(
      `${where}: encryptionKey is an alias, and neither log groups nor policies take one: pass the key behind it, such as Key.fromKeyArn() or Key.fromLookup()`,
    );
  }
  if (defaults.removalPolicy === RemovalPolicy.SNAPSHOT) {
    throw new Error(
      `${where}: removalPolicy is SNAPSHOT, which neither buckets nor log groups know: declare RETAIN, or DESTROY`,
    );
  }
  if (scope.user !== undefined) {
    throw new Error(
      `${where}: ${scope.user} has been made without these resource defaults: set them before constructs of this library are made`,
    );
  }
  scope.defaults = joined(scope.defaults, defaults);
};

/** What holds for a construct: the nearest scope's say, one by one. */
export const defaultsOf = (construct: IConstruct): ResourceDefaultsProps => {
  const all = construct.node.scopes.filter((scope) => Stack.isStack(scope) || Stage.isStage(scope)).map(scopeOf);
  for (const scope of all) scope.user ??= construct.node.path;
  const defaults = all.map((scope) => scope.defaults).reduce(joined, {});
  if (!defaults.vpc && (defaults.vpcSubnets ?? defaults.securityGroups)) {
    throw new Error(
      `${construct.node.path}: the resource defaults have vpcSubnets or securityGroups, and no vpc: pass the VPC that they are of`,
    );
  }
  return defaults;
};

/** Marks a construct of the library, and all in it, as the defaults say. */
export const markWithDefaults = (construct: IConstruct): void => {
  const { permissionsBoundary, tags = {} } = defaultsOf(construct);
  if (permissionsBoundary) PermissionsBoundary.of(construct).apply(permissionsBoundary);
  for (const [key, value] of Object.entries(tags)) Tags.of(construct).add(key, value);
};

const joined = (far: ResourceDefaultsProps, near: ResourceDefaultsProps): ResourceDefaultsProps => ({
  ...far,
  ...Object.fromEntries(Object.entries(near).filter(([, value]) => value !== undefined)),
  ...((far.tags ?? near.tags) && { tags: { ...far.tags, ...near.tags } }),
});

import { Annotations, CustomResource, Stack, Token } from 'aws-cdk-lib';
import type { IUserPoolRef } from 'aws-cdk-lib/aws-cognito';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnPermission, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { ImportedPoolOptions } from '../../imported-pool-options';
import { encodeAttachment, encodeLook } from '../contracts/pool-trigger';
import { differ, poolRoleArn, roleDependencies, roleStatements } from '../pool-role';
import { PoolTriggerProvider } from './pool-trigger-provider';
import { stackDigest } from './stack-digest';

const LOOK_TYPE = 'Custom::CognitoFormerTrigger';
const ATTACHMENT_TYPE = 'Custom::CognitoPoolTrigger';

/**
 * Attaches the function to a pool that another app declares, by a custom resource that merges it into the pool's settings.
 *
 * @throws Error where it cannot be attached there
 */
export function attachToImportedPool(
  scope: Construct,
  userPool: IUserPoolRef,
  handler: IFunction,
  options: ImportedPoolOptions = {},
): void {
  const { userPoolId, userPoolArn } = userPool.userPoolRef;
  const { displaceExisting = false, smsRole, poolRole } = options;
  validate(scope, userPool, options);
  const provider = PoolTriggerProvider.of(scope);
  const other = provider.claim(userPoolId, scope);
  if (other) {
    throw new Error(
      `${scope.node.path}: ${other.node.path} is the trigger of the user pool ${userPool.node.path} already, and a pool takes one only: call addTemplate on the CustomMessageTrigger that is there`,
    );
  }

  const permission = new CfnPermission(scope, 'CustomMessageCognito', {
    action: 'lambda:InvokeFunction',
    functionName: handler.functionArn,
    principal: 'cognito-idp.amazonaws.com',
    sourceArn: userPoolArn,
    // As AWS has it in its guide, beside the ARN, which tells the account too.
    ...(poolRole ? { sourceAccount: userPool.env.account } : {}),
  });
  warnOfAccounts(scope, userPool, options);
  const policies = provider.grant(scope, statements(scope, userPoolArn, options));

  const trigger = {
    userPoolId,
    poolRoleArn: poolRoleArn(poolRole),
    functionArn: handler.functionArn,
    displaceExisting,
  };
  const { serviceToken } = provider;
  const look = new CustomResource(scope, 'Former', {
    serviceToken,
    resourceType: LOOK_TYPE,
    properties: encodeLook(trigger),
  });
  const wire = encodeAttachment(trigger, { former: look.ref, smsRoleArn: smsRole?.roleRef.roleArn });
  const attachment = new CustomResource(scope, 'Attachment', {
    serviceToken,
    resourceType: ATTACHMENT_TYPE,
    properties: { ...wire, StackDigest: stackDigest(scope, [ATTACHMENT_TYPE]) },
  });
  const needed = [...policies, ...roleDependencies(scope, poolRole)];
  look.node.addDependency(...needed);
  attachment.node.addDependency(permission, ...needed);
  if (options.checkEvery) {
    const rule = new Rule(scope, 'Check', {
      description: 'Attaches a CustomMessage trigger again where somebody has taken it from its user pool',
      schedule: Schedule.rate(options.checkEvery),
      targets: [new LambdaFunction(provider.handler, { event: RuleTargetInput.fromObject(wire) })],
    });
    // Removed before the trigger is: nothing attaches it again afterwards.
    rule.node.addDependency(attachment);
  }
}

function statements(
  scope: Construct,
  userPoolArn: string,
  { smsRole, poolRole }: ImportedPoolOptions,
): PolicyStatement[] {
  return [
    ...(poolRole
      ? roleStatements(poolRole)
      : [
          new PolicyStatement({
            actions: ['cognito-idp:DescribeUserPool', 'cognito-idp:UpdateUserPool'],
            resources: [userPoolArn],
          }),
        ]),
    // Whether an update that is refused is the way back from another one.
    new PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [Stack.of(scope).stackId] }),
    // Whoever updates the pool passes it on.
    ...(smsRole && !poolRole
      ? [
          new PolicyStatement({
            actions: ['iam:PassRole'],
            resources: [smsRole.roleRef.roleArn],
            conditions: { StringEquals: { 'iam:PassedToService': 'cognito-idp.amazonaws.com' } },
          }),
        ]
      : []),
  ];
}

function warnOfAccounts(scope: Construct, { env, node }: IUserPoolRef, { poolRole }: ImportedPoolOptions): void {
  if (!poolRole) return;
  const warn = (id: string, text: string) =>
    Annotations.of(scope).addWarningV2(`cdk-cognito-user-attributes:${id}`, `the user pool ${node.path} ${text}`);
  // Nobody but AWS can settle it, and a trigger that Cognito may not call fails sign-ups.
  if (env.account !== Stack.of(scope).account) {
    warn(
      'triggerOfAnotherAccount',
      `is in account ${env.account}: AWS documents that its functions are of its Region, and not whether they may be of another account; have a message sent before you rely on it, or deploy the trigger in that account`,
    );
  } else if (Token.isUnresolved(env.account) && !Token.isUnresolved(poolRole.env.account)) {
    warn(
      'poolOfUnknownAccount',
      `is imported by its id and counts as one of this stack's account, and poolRole is of ${poolRole.env.account}: import the pool by its ARN (UserPool.fromUserPoolArn()), unless this stack is deployed there`,
    );
  }
}

function validate(scope: Construct, userPool: IUserPoolRef, { checkEvery, poolRole }: ImportedPoolOptions): void {
  const refuse = (rule: string): never => {
    throw new Error(`${scope.node.path}: ${rule}`);
  };
  if (checkEvery && !checkEvery.isUnresolved()) {
    const minutes = checkEvery.toMinutes({ integral: false });
    if (minutes < 1 || !Number.isInteger(minutes)) {
      refuse(`checkEvery must be whole minutes, at least one, got ${checkEvery.toHumanString()}`);
    }
  }
  const { region, account } = Stack.of(scope);
  const theirs = userPool.env ?? { region, account };
  if (differ(theirs.region, region)) {
    refuse(
      `the user pool ${userPool.node.path} is in ${theirs.region}, and Cognito calls functions of its own Region alone: deploy the trigger there, got ${region}`,
    );
  }
  if (!poolRole && differ(theirs.account, account)) {
    refuse(
      `the user pool ${userPool.node.path} is in account ${theirs.account}, this stack in ${account}: declare importedPool: { poolRole }, a role of account ${theirs.account} that trusts this stack's account, or deploy the trigger there`,
    );
  }
  if (!poolRole) return;
  if (poolRoleArn(poolRole) === undefined) {
    refuse("poolRole of importedPool must be a role: declare Role.fromRoleArn(this, 'PoolRole', 'arn:…')");
  }
  if (differ(theirs.account, poolRole.env.account)) {
    refuse(
      `poolRole is of account ${poolRole.env.account}, and the user pool ${userPool.node.path} counts as one of ${theirs.account}: import the pool by its ARN (UserPool.fromUserPoolArn()), or declare a role of its account`,
    );
  }
}

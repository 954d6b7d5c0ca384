import { CustomResource, Stack, Token } from 'aws-cdk-lib';
import type { IUserPoolRef } from 'aws-cdk-lib/aws-cognito';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { type IRoleRef, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnPermission, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { ImportedPoolOptions } from '../../imported-pool-options';
import { encodeAttachment, encodeLook } from '../contracts/pool-trigger';
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
  const { displaceExisting = false, smsRole } = options;
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
  });
  const policies = provider.grant(scope, statements(scope, userPoolArn, smsRole));

  const trigger = { userPoolId, functionArn: handler.functionArn, displaceExisting };
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
  look.node.addDependency(...policies);
  attachment.node.addDependency(permission, ...policies);
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

function statements(scope: Construct, userPoolArn: string, smsRole: IRoleRef | undefined): PolicyStatement[] {
  return [
    new PolicyStatement({
      actions: ['cognito-idp:DescribeUserPool', 'cognito-idp:UpdateUserPool'],
      resources: [userPoolArn],
    }),
    // Whether an update that is refused is the way back from another one.
    new PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [Stack.of(scope).stackId] }),
    ...(smsRole
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

function validate(scope: Construct, userPool: IUserPoolRef, { checkEvery }: ImportedPoolOptions): void {
  const refuse = (rule: string): never => {
    throw new Error(`${scope.node.path}: ${rule}`);
  };
  if (checkEvery && !checkEvery.isUnresolved()) {
    const minutes = checkEvery.toMinutes({ integral: false });
    if (minutes < 1 || !Number.isInteger(minutes)) {
      refuse(`checkEvery must be whole minutes, at least one, got ${checkEvery.toHumanString()}`);
    }
  }
  const { region } = Stack.of(scope);
  const theirs = userPool.env?.region;
  if (theirs !== undefined && !Token.isUnresolved(theirs) && !Token.isUnresolved(region) && theirs !== region) {
    refuse(
      `the user pool ${userPool.node.path} is in ${theirs}, and Cognito calls functions of its own Region alone: deploy the trigger there, got ${region}`,
    );
  }
}

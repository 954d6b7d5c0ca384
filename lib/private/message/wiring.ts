import { Stack, Token } from 'aws-cdk-lib';
import { CfnUserPool, type UserPool, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';

const PERMISSION_ID = 'CustomMessageCognito';

/**
 * Makes the function the pool's CustomMessage trigger and lets Cognito call it for this pool. The permission stands in the
 * pool's stack: it names both, and the pool's stack depends on the function's already.
 *
 * @throws Error where the pool has such a trigger, which it would displace
 */
export function attachCustomMessage(pool: CfnUserPool, handler: IFunction): void {
  if (hasCustomMessage(pool)) {
    throw new Error(
      `${pool.node.path} has a CustomMessage trigger already, and a pool takes one only: remove the other (lambdaTriggers.customMessage, addTrigger or lambdaConfig), or call addTemplate on the CustomMessageTrigger that is there`,
    );
  }
  const l2 = owner(pool);
  if (l2) {
    l2.addTrigger(UserPoolOperation.CUSTOM_MESSAGE, handler);
    return;
  }
  setTrigger(pool, handler.functionArn);
  handler.addPermission(PERMISSION_ID, {
    principal: new ServicePrincipal('cognito-idp.amazonaws.com'),
    sourceArn: pool.attrArn,
    scope: pool,
  });
}

/**
 * Whether the pool is known to send e-mails through Cognito's own sender. AWS documents that such a pool refuses an e-mail
 * written by a trigger, and with it the sign-up or update; pools have been seen that do not.
 *
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-message.html
 */
export function sendsWithoutSes({ emailConfiguration }: CfnUserPool): boolean {
  if (Token.isUnresolved(emailConfiguration)) return false;
  const account = (emailConfiguration as CfnUserPool.EmailConfigurationProperty | undefined)?.emailSendingAccount;
  return !Token.isUnresolved(account) && account !== 'DEVELOPER';
}

/** What the pool verifies an address by; undefined where that is known only at deployment. */
export function verifiesBy({ verificationMessageTemplate: template }: CfnUserPool): 'code' | 'link' | undefined {
  if (Token.isUnresolved(template)) return undefined;
  const { defaultEmailOption: option } =
    (template as CfnUserPool.VerificationMessageTemplateProperty | undefined) ?? {};
  if (Token.isUnresolved(option)) return undefined;
  return option === 'CONFIRM_WITH_LINK' ? 'link' : 'code';
}

/** Somebody may assign other triggers to an L1 after the function has been attached. */
export function displacement(pool: CfnUserPool, handler: IFunction): string[] {
  if (Token.isUnresolved(pool.lambdaConfig) && !owner(pool)) return []; // attached by an override
  const { customMessage, CustomMessage = customMessage } = triggers(pool);
  return JSON.stringify(CustomMessage) === JSON.stringify(Stack.of(pool).resolve(handler.functionArn))
    ? []
    : [`${pool.node.path} has lost this trigger: add other triggers to its lambdaConfig, rather than assign a new one`];
}

/** Whether the pool has a CustomMessage trigger, this library's or another. */
export function hasCustomMessage(pool: CfnUserPool): boolean {
  const config = triggers(pool);
  return Boolean(config.customMessage ?? config.CustomMessage ?? pool.node.tryFindChild(PERMISSION_ID));
}

/** Whether a trigger sees who is created. */
export function hasPreSignUp(pool: CfnUserPool): boolean {
  const config = triggers(pool);
  return Boolean(config.preSignUp ?? config.PreSignUp);
}

/** The L2 around the resource. It renders its triggers itself, over whatever is assigned to the resource. */
function owner(pool: CfnUserPool): UserPool | undefined {
  const scope = pool.node.scope as Partial<UserPool> | undefined;
  return typeof scope?.addTrigger === 'function' && scope.node?.defaultChild === pool ? (scope as UserPool) : undefined;
}

function setTrigger(pool: CfnUserPool, arn: string): void {
  const config = pool.lambdaConfig;
  if (!Token.isUnresolved(config)) {
    pool.lambdaConfig = { ...(config as CfnUserPool.LambdaConfigProperty | undefined), customMessage: arn };
    return;
  }
  if (Object.keys(triggers(pool)).some((key) => key === 'Ref' || key.startsWith('Fn::'))) {
    throw new Error(
      `${pool.node.path} takes its lambdaConfig from a CloudFormation function, which no trigger can be added to: declare the triggers as an object`,
    );
  }
  pool.addPropertyOverride('LambdaConfig.CustomMessage', arn);
}

function triggers(pool: CfnUserPool): Record<string, unknown> {
  return Stack.of(pool).resolve(pool.lambdaConfig) ?? {};
}

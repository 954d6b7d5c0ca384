import { Token } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';

/**
 * Whether a pool keeps an address until its owner has confirmed the new one; undefined where that is known only at deployment.
 *
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-email-phone-verification.html
 */
export const keepsOriginal = (pool: CfnUserPool, name: string): boolean | undefined => {
  const settings = pool.userAttributeUpdateSettings;
  if (Token.isUnresolved(settings)) return undefined;
  const names = (settings as CfnUserPool.UserAttributeUpdateSettingsProperty | undefined)
    ?.attributesRequireVerificationBeforeUpdate;
  return Token.isUnresolved(names) ? undefined : (names ?? []).includes(name);
};

import { Token } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import { overridden } from '../../overrides';

/**
 * Whether a pool keeps an address until its owner has confirmed the new one; undefined where that is known only at deployment.
 *
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-email-phone-verification.html
 */
export const keepsOriginal = (pool: CfnUserPool, name: string): boolean | undefined => {
  const given = pool.userAttributeUpdateSettings;
  const settings: unknown = overridden(pool, 'UserAttributeUpdateSettings', given);
  if (Token.isUnresolved(settings)) return undefined;
  const { attributesRequireVerificationBeforeUpdate: own, AttributesRequireVerificationBeforeUpdate: names = own } =
    (settings ?? {}) as Readonly<Record<string, unknown>>;
  if (Token.isUnresolved(names)) return undefined;
  if (!Array.isArray(names)) return false;
  return names.includes(name) || (names.some((one) => Token.isUnresolved(one)) ? undefined : false);
};

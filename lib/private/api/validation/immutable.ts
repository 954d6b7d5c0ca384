import { Token } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import { schemaEntries } from '../../schema-entries';

/**
 * Whether a pool of this app is known to let nobody change an attribute. What stands in a schema without Mutable is immutable
 * (aws/aws-cdk#8624).
 */
export const isImmutable = (pool: CfnUserPool | undefined, name: string): boolean => {
  const entry = pool && schemaEntries(pool)?.get(name);
  return entry !== undefined && entry.mutable !== true && !Token.isUnresolved(entry.mutable);
};

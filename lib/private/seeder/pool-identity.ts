import { createHash } from 'node:crypto';
import { Token } from 'aws-cdk-lib';
import type { IUserPoolRef } from 'aws-cdk-lib/aws-cognito';
import { ownedUserPool } from '../owned-user-pool';

/** A few characters that are others for another pool, as far as pools can be told apart at synth. */
export const poolIdentity = (userPool: IUserPoolRef): string => {
  const { userPoolId } = userPool.userPoolRef;
  return digest(ownedUserPool(userPool)?.node.addr ?? (Token.isUnresolved(userPoolId) ? '' : userPoolId));
};

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

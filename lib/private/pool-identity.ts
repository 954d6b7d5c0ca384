import { createHash } from 'node:crypto';
import { Stage, Token } from 'aws-cdk-lib';
import type { IUserPoolRef } from 'aws-cdk-lib/aws-cognito';
import type { IConstruct } from 'constructs';
import { ownedUserPool } from './owned-user-pool';

/** A few characters that are others for another pool, as far as pools can be told apart at synth. */
export const poolIdentity = (userPool: IUserPoolRef): string => {
  const { userPoolId } = userPool.userPoolRef;
  const pool = ownedUserPool(userPool);
  return pool ? identity(pool) : digest(Token.isUnresolved(userPoolId) ? '' : userPoolId);
};

/** The same in every stage, as logical ids are. */
export const identity = (construct: IConstruct): string =>
  digest(construct.node.path.slice(Stage.of(construct)?.node.path.length));

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

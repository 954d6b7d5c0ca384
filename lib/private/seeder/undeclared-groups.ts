import { Token } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import { referenced } from '../owned-user-pool';
import { isGroup } from './declared-groups';
import { nearest } from './nearest';
import type { BoundSource } from './sources/bound-source';

/** Names that are told one by one. */
const TOLD = 10;

/** A group that users are to be members of, and that the app does not declare though it declares others for the pool. */
export interface UndeclaredGroup {
  readonly name: string;
  /** The declared group that may be meant. */
  readonly meant?: string;
}

/** @param pool that this app declares */
export const undeclaredGroups = (pool: CfnUserPool, { users = [] }: BoundSource): UndeclaredGroup[] => {
  const wanted = new Set(users.flatMap(({ groups = [] }) => groups).filter((name) => !Token.isUnresolved(name)));
  const declared = wanted.size > 0 ? groupNames(pool) : [];
  // One that only the deployment knows may be any.
  if (declared.length === 0 || declared.some((name) => Token.isUnresolved(name))) return [];
  const names = declared.filter((name) => name !== undefined);
  return [...wanted]
    .filter((name) => !names.includes(name))
    .slice(0, TOLD)
    .map((name) => ({ name, meant: nearest(name, names) }));
};

/** Of all groups that the app declares for the pool; undefined for one that CloudFormation names. */
const groupNames = (pool: CfnUserPool): (string | undefined)[] =>
  pool.node.root.node
    .findAll()
    .filter(isGroup)
    .filter(({ userPoolId }) => referenced(userPoolId) === pool)
    .map(({ groupName }) => groupName);

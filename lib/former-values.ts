/**
 * What becomes of the values that users had before the declaration's.
 */
export enum FormerValues {
  /**
   * Nobody remembers them: what leaves the declaration is deleted.
   */
  FORGET = 'FORGET',

  /**
   * They are remembered in the engine's bucket: in the stack's own encrypted, and until 90 days after the last deployment that
   * changed the seeder. They are put back wherever the declared value goes: at a rollback of CloudFormation's, whatever the
   * removal policy; with `prune`, when it leaves the declaration; and when the seeder is removed with `RemovalPolicy.DESTROY`.
   * What somebody has changed since stays.
   */
  RESTORE = 'RESTORE',
}

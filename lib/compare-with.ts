/**
 * What a seeder compares declared values with, to find out whose attributes it has to change.
 */
export enum CompareWith {
  /**
   * With what was declared at the latest deployment. Users who are declared as before are neither read nor written: the pool
   * is not asked about them, and what somebody has changed since stays.
   */
  PREVIOUS_DECLARATION = 'PREVIOUS_DECLARATION',

  /**
   * With what the pool holds. It is read in pages of 60 users with ListUsers, so that users who have their values already
   * cost no write, and what somebody has changed since is put right, at every deployment that changes the seeder. ListUsers
   * is eventually consistent.
   *
   * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html
   */
  LIVE_POOL = 'LIVE_POOL',
}

/**
 * Whether people are messaged when a declaration changes their e-mail address or phone number.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateUserAttributes.html
 */
export enum ContactVerification {
  /**
   * The address counts as verified at once, and nobody is messaged. For addresses that you know to be the user's.
   */
  MARK_VERIFIED = 'MARK_VERIFIED',

  /**
   * The address counts as unverified until its owner has confirmed it. When an address changes that the pool verifies
   * automatically, Cognito sends a code, and the pool's CustomMessage trigger may write the message. None is sent when a user is
   * created: AdminCreateUser sends none.
   */
  SEND_MESSAGE = 'SEND_MESSAGE',
}

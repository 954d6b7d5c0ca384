/**
 * What makes Cognito send a message, as the CustomMessage trigger names it.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-message.html
 */
export enum CustomMessageSource {
  /** Somebody signs up (SignUp): the code that confirms the account. */
  SIGN_UP = 'CustomMessage_SignUp',

  /**
   * An administrator creates a user (AdminCreateUser) or sends the invitation again: the user name and a temporary
   * password. The only message that must hold `{{username}}` besides `{{code}}`.
   */
  ADMIN_CREATE_USER = 'CustomMessage_AdminCreateUser',

  /** A user asks for the code of the sign-up again (ResendConfirmationCode). */
  RESEND_CODE = 'CustomMessage_ResendCode',

  /** A user has forgotten the password (ForgotPassword), or an administrator resets it (AdminResetUserPassword). */
  FORGOT_PASSWORD = 'CustomMessage_ForgotPassword',

  /**
   * A user's e-mail address or phone number changes (UpdateUserAttributes, AdminUpdateUserAttributes) and the pool
   * verifies it: the code that proves the new one. A change of any other attribute sends no message.
   */
  UPDATE_USER_ATTRIBUTE = 'CustomMessage_UpdateUserAttribute',

  /** A user asks for a code to verify an e-mail address or phone number (GetUserAttributeVerificationCode). */
  VERIFY_USER_ATTRIBUTE = 'CustomMessage_VerifyUserAttribute',

  /** A user signs in with multi-factor authentication: the code of the second factor. */
  AUTHENTICATION = 'CustomMessage_Authentication',
}

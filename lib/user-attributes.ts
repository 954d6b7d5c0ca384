/**
 * Attribute values of one user, under the names that aws-cdk-lib's `StandardAttributes` uses.
 *
 * Every value may be a token. An attribute that is left out is not touched; a blank value (`''`) deletes it. A value holds
 * at most 2,048 characters.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
 */
export interface UserAttributes {
  /**
   * The postal address, Cognito's `address`.
   *
   * @default - not touched
   */
  readonly address?: string;

  /**
   * The birthday as `YYYY-MM-DD`, exactly 10 characters. The year `0000` leaves the year out. Cognito's `birthdate`.
   *
   * @default - not touched
   */
  readonly birthdate?: string;

  /**
   * The e-mail address, Cognito's `email`. A declaration that changes it has to say whether its owner is messaged: see
   * `verification` of `UserAttributesSeederProps`.
   *
   * @default - not touched
   */
  readonly email?: string;

  /**
   * Whether the e-mail address counts as verified, Cognito's `email_verified`. `true` together with `email` changes the
   * address at once and messages nobody.
   *
   * @default - as `verification` says where `email` is declared, else not touched
   */
  readonly emailVerified?: boolean;

  /**
   * The surname, Cognito's `family_name`.
   *
   * @default - not touched
   */
  readonly familyName?: string;

  /**
   * The full name in displayable form, Cognito's `name`.
   *
   * @default - not touched
   */
  readonly fullname?: string;

  /**
   * The gender, Cognito's `gender`.
   *
   * @default - not touched
   */
  readonly gender?: string;

  /**
   * The first name, Cognito's `given_name`.
   *
   * @default - not touched
   */
  readonly givenName?: string;

  /**
   * When the user's data was last changed, in seconds since 1970, as a text. Cognito's `updated_at`.
   *
   * @default - not touched
   */
  readonly lastUpdateTime?: string;

  /**
   * The language as a BCP 47 tag such as `de-AT` or `de_AT`, Cognito's `locale`.
   *
   * @default - not touched
   */
  readonly locale?: string;

  /**
   * The middle name, Cognito's `middle_name`.
   *
   * @default - not touched
   */
  readonly middleName?: string;

  /**
   * The casual name, Cognito's `nickname`.
   *
   * @default - not touched
   */
  readonly nickname?: string;

  /**
   * The phone number in E.164, `+` and 1 to 15 digits. Cognito's `phone_number`. A declaration that changes it has to say
   * whether its owner is messaged: see `verification` of `UserAttributesSeederProps`.
   *
   * @default - not touched
   */
  readonly phoneNumber?: string;

  /**
   * Whether the phone number counts as verified, Cognito's `phone_number_verified`.
   *
   * @default - as `verification` says where `phoneNumber` is declared, else not touched
   */
  readonly phoneNumberVerified?: boolean;

  /**
   * The name by which the user wants to be known, which may be a sign-in name too. Cognito's `preferred_username`.
   *
   * @default - not touched
   */
  readonly preferredUsername?: string;

  /**
   * The address of the profile page, Cognito's `profile`.
   *
   * @default - not touched
   */
  readonly profilePage?: string;

  /**
   * The address of the profile picture, Cognito's `picture`.
   *
   * @default - not touched
   */
  readonly profilePicture?: string;

  /**
   * The time zone such as `Europe/Vienna`, Cognito's `zoneinfo`.
   *
   * @default - not touched
   */
  readonly timezone?: string;

  /**
   * The address of the user's web page or blog, Cognito's `website`.
   *
   * @default - not touched
   */
  readonly website?: string;

  /**
   * Custom attributes by name, with or without the prefix `custom:`. A name holds at most 20 characters without it.
   *
   * @default - no custom attribute is touched
   */
  readonly custom?: { readonly [name: string]: string };

  /**
   * Developer-only attributes by name, with or without the prefix `dev:`. A legacy of Cognito: prefer `custom` with the app
   * client's write permissions.
   *
   * @default - no developer-only attribute is touched
   * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SchemaAttributeType.html
   */
  readonly developer?: { readonly [name: string]: string };
}

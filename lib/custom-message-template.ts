/**
 * The words of one message. Declare an e-mail (`subject` and `html`), an SMS (`sms`) or both; what is left out, Cognito
 * sends in the pool's own words.
 *
 * The texts may hold these variables:
 *
 * | Variable | Stands for |
 * |---|---|
 * | `{{code}}` | the code or temporary password that Cognito fills in; `html` and `sms` must hold it, `subject` cannot |
 * | `{{username}}` | the user's name; for ADMIN_CREATE_USER `html` and `sms` must hold it, and `subject` cannot |
 * | `{{clientMetadata.KEY}}` | what the call that caused the message sent along as ClientMetadata |
 * | `{{userAttributes.NAME}}` | an attribute of the user, by its name in Cognito: `given_name`, `custom:tenant`; not `email`, `picture`, `profile` or `website`, which mail clients would link |
 *
 * Whoever may sign up or reset a password chooses ClientMetadata and most attributes, so a value is text and no more: HTML
 * is escaped and has no raw form, line breaks and control characters are removed, `{` and `}` cannot make a placeholder.
 * A variable stands in the text only, never inside a tag, and never as part of a web or e-mail address. An e-mail or an SMS
 * whose variable has no value (absent, blank, longer than 256 characters, or holding an address that a mail client would
 * link) goes out in the pool's own words.
 *
 * Tokens that are known at synthesis may stand in a text. One that is known only at deployment is an error: nothing could check
 * the text.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-message.html
 */
export interface CustomMessageTemplate {
  /**
   * The ClientMetadata for which this template is meant: every key named here must arrive with exactly this value.
   *
   * Of the templates that match, the one that names the most keys is used. Two templates of one source that could match the
   * same ClientMetadata must name different numbers of keys.
   *
   * @default - whatever ClientMetadata arrives, also none: the source's fallback
   */
  readonly when?: { [key: string]: string };

  /**
   * The e-mail's subject: 1 to 140 characters on one line, plain text. It goes with `html`.
   *
   * @default - no e-mail of this template's; Cognito sends the pool's own
   */
  readonly subject?: string;

  /**
   * The e-mail's body: HTML of 6 to 20,000 characters that holds `{{code}}`. It goes with `subject`. All templates of a trigger
   * together have 4,096 bytes.
   *
   * @default - no e-mail of this template's; Cognito sends the pool's own
   */
  readonly html?: string;

  /**
   * The SMS: plain text of 6 to 140 characters that holds `{{code}}`.
   *
   * @default - no SMS of this template's; Cognito sends the pool's own
   */
  readonly sms?: string;
}

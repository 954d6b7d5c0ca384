import type { MessageCondition } from './message-condition';

/**
 * The words of one message. Declare an e-mail (`subject` and `html`), an SMS (`sms`) or both; what is left out comes from
 * another template that fits, or in the pool's own words. E-mail and SMS are chosen each by itself.
 *
 * The texts may hold:
 *
 * | | Stands for |
 * |---|---|
 * | `{{code}}` | the code or temporary password that Cognito fills in; `html` and `sms` must hold it, `subject` cannot |
 * | `{{username}}` | the user's name; for ADMIN_CREATE_USER `html` and `sms` must hold it, and `subject` cannot |
 * | `{{link}}` | for SIGN_UP and RESEND_CODE on a pool that verifies by a link: the link, in `html` alone, in place of the code |
 * | `{{clientMetadata.KEY}}` | what the call that caused the message sent along, if the trigger's `metadata` declares the key |
 * | `{{userAttributes.NAME}}` | an attribute of the user, by its name in Cognito: `given_name`, `custom:tenant`; not `email`, `picture`, `profile` or `website`, which mail clients would link |
 * | `{{#userAttributes.NAME}} … {{/userAttributes.NAME}}` | what stands between, where there is such a value; with `^` in place of `#`, where there is none; likewise for ClientMetadata |
 * | `{{> NAME}}` | the file `partials/NAME.html` of the directory of messages, in `subject` and `sms` `partials/NAME.txt` |
 * | `{{! … }}` | nothing |
 *
 * Whoever may sign up or reset a password chooses ClientMetadata and most attributes, so a value is text and no more: HTML
 * is escaped and has no raw form, line breaks and control characters are removed, `{` and `}` cannot make a placeholder, and
 * blanks part what mail clients would link (`evil. com`). A variable stands in the text only, never inside a tag, and never
 * as part of a web or e-mail address. An e-mail or an SMS whose variable has no value (absent, blank, longer than 256
 * characters) goes out in the pool's own words, and so does one that gets too long: it is never cut.
 *
 * Tokens that are known at synthesis may stand in a text. One that is known only at deployment is an error: nothing could check
 * the text.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-message.html
 */
export interface CustomMessageTemplate extends MessageCondition {
  /**
   * The language of the texts, as a BCP 47 tag: `de`, `de-AT`, `zh-Hant`. Users whose locale is `de-AT` get `de-AT`, else
   * `de`, else the texts of the trigger's `defaultLocale`, else those without a locale.
   *
   * @default - for everybody whose language no other template speaks
   */
  readonly locale?: string;

  /**
   * The e-mail's subject: 1 to 140 characters on one line, plain text. It goes with `html`.
   *
   * @default - no e-mail of this template's
   */
  readonly subject?: string;

  /**
   * The e-mail's body: HTML of 6 to 20,000 characters that holds `{{code}}`. It goes with `subject`.
   *
   * @default - no e-mail of this template's
   */
  readonly html?: string;

  /**
   * The SMS: plain text of 6 to 140 characters that holds `{{code}}`.
   *
   * @default - no SMS of this template's
   */
  readonly sms?: string;
}

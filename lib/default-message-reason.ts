/** Why a message goes out in Cognito's own words, as the metric DefaultMessages names it. */
export enum DefaultMessageReason {
  /** No template fits the source, the ClientMetadata and the locale. */
  NO_TEMPLATE = 'NoTemplate',

  /** A variable has no value: it is absent, blank or too long, or broke the rule of its MetadataKey. */
  NO_VALUE = 'NoValue',

  /** Cognito gave no placeholder for the code, the user name or the link. */
  NO_PLACEHOLDER = 'NoPlaceholder',

  /** A value makes a web or e-mail address together with the text around it. */
  ADDRESS = 'Address',

  /** The text would be shorter or longer than Cognito takes. */
  LENGTH = 'Length',

  /** The text would hold characters that Cognito refuses. */
  CHARACTERS = 'Characters',

  /** Anything unforeseen; the function's log tells. */
  ERROR = 'Error',
}

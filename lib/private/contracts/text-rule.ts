/** What a text from outside must be like: a value of ClientMetadata, or of an attribute that people change themselves. */
export interface TextRuleWire {
  /** In UTF-16 code units. */
  readonly maxLength: number;
  readonly values?: readonly string[];
  /** The source of a regular expression that the whole value must match. */
  readonly pattern?: string;
}

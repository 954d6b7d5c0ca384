/**
 * The ClientMetadata for which a message is meant: all that is named here must hold. Every key has to be declared in the
 * `metadata` of the CustomMessageTrigger.
 *
 * Of the messages of one source that a call's ClientMetadata meets, the one that names the most keys is used, and of those
 * that name equally many, the one with more keys of one value alone. Two that could still tie are an error at synthesis.
 */
export interface MessageCondition {
  /**
   * The keys that must arrive with exactly this value.
   *
   * @default - none
   */
  readonly when?: { [key: string]: string };

  /**
   * The keys that must arrive with one of these values.
   *
   * @default - none
   */
  readonly whenOneOf?: { [key: string]: string[] };
}

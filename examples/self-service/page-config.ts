/** What lies beside the page as config.json: outputs of the stack, and where a local demo shows what it has delivered. */
export interface PageConfig {
  readonly attributesUrl: string;
  readonly cognitoEndpoint: string;
  readonly clientId: string;
  /** A list of `InboxMessage`, of the page's own origin. @default - people read their messages where they get them */
  readonly inbox?: string;
}

export interface InboxMessage {
  readonly to: string;
  /** An e-mail's. */
  readonly subject?: string;
  /** Where an e-mail's body is shown. */
  readonly url?: string;
  /** An SMS's. */
  readonly text?: string;
}

import type { MessageCondition } from './message-condition';

/** How a directory of messages is read. */
export interface MessageDirectoryOptions {
  /**
   * The ClientMetadata for which the variants are meant, by the names of their folders.
   *
   * @default - no variants: all messages are for whatever ClientMetadata arrives
   */
  readonly variants?: { [name: string]: MessageCondition };
}

/**
 * Where a CustomMessageTrigger takes its templates from.
 */
export class MessageTemplates {
  /**
   * A directory of files, one folder for each occasion:
   *
   * ```text
   * messages/
   *   sign-up/                 or admin-create-user, resend-code, forgot-password, update-user-attribute,
   *                            verify-user-attribute, authentication
   *     subject.txt            for everybody whose language has no folder
   *     body.html
   *     sms.txt
   *     de/                    in a language, as a BCP 47 tag
   *       subject.txt …
   *     new-tenant/            a variant, declared in `variants`; with files and languages like the folder around it
   *       subject.txt …
   *       de/subject.txt …
   *   partials/                shared pieces: {{> header}} is header.html in a body, header.txt elsewhere
   *     header.html
   *     de/header.html         the same in a language
   * ```
   *
   * A folder may have an e-mail (`subject.txt` with `body.html`), an SMS (`sms.txt`) or both. The files are UTF-8; white
   * space around a text counts for nothing. Files that begin with a dot or end with `.md` are left out. All that is wrong is
   * reported at synthesis, by file and line.
   *
   * @param path the directory; relative to where the app runs, usually the folder of cdk.json
   */
  public static fromDirectory(path: string, options: MessageDirectoryOptions = {}): MessageTemplates {
    return new MessageTemplates(path, options.variants ?? {});
  }

  private constructor(
    /** @internal */
    public readonly _directory: string,
    /** @internal */
    public readonly _variants: { readonly [name: string]: MessageCondition },
  ) {}
}

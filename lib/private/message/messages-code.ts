import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Lazy } from 'aws-cdk-lib';
import { Code, type CodeConfig } from 'aws-cdk-lib/aws-lambda';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { MESSAGES_FOLDER } from '../contracts/message';

/** Where there is nothing to deploy: the app is resolved before its validation reports why. */
const INVALID = 'invalid-messages';

/**
 * Code whose files are known only when all templates have been added, shortly before synthesis, while a function wants to
 * know where its code is at once.
 */
export class MessagesCode extends Code {
  private asset?: Asset;

  public bind(): CodeConfig {
    return {
      s3Location: {
        bucketName: Lazy.uncachedString({ produce: () => this.asset?.s3BucketName ?? INVALID }),
        objectKey: Lazy.uncachedString({ produce: () => this.asset?.s3ObjectKey ?? INVALID }),
      },
    };
  }

  /**
   * @param scope of the function or layer whose code it is
   * @param files by their names in the folder of messages
   * @param besides a folder whose files stand beside it
   */
  public make(scope: Construct, files: Readonly<Record<string, string>>, besides: string | undefined): void {
    const directory = mkdtempSync(path.join(tmpdir(), 'cognito-messages-'));
    if (besides !== undefined) cpSync(besides, directory, { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(directory, MESSAGES_FOLDER, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      chmodSync(file, 0o644); // Lambda runs as somebody else, whatever the umask of whoever synthesizes.
    }
    try {
      if (this.asset) scope.node.tryRemoveChild(ASSET_ID); // of an earlier synthesis
      this.asset = new Asset(scope, ASSET_ID, { path: directory });
    } finally {
      // Staging has made a copy, unless the app has turned it off.
      if (this.asset?.assetPath !== directory) rmSync(directory, { recursive: true });
    }
  }
}

const ASSET_ID = 'CognitoMessagesCode';

import * as path from 'node:path';
import { Lazy } from 'aws-cdk-lib';
import { Code, type CodeConfig } from 'aws-cdk-lib/aws-lambda';
import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { MESSAGES_FOLDER } from '../contracts/message';
import { filesAsset } from '../files-asset';

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
    if (this.asset) scope.node.tryRemoveChild(ASSET_ID); // of an earlier synthesis
    const inFolder = Object.entries(files).map(([name, text]) => [path.join(MESSAGES_FOLDER, name), text]);
    this.asset = filesAsset(scope, ASSET_ID, Object.fromEntries(inFolder), besides);
  }
}

const ASSET_ID = 'CognitoMessagesCode';

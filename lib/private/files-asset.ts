import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';

/**
 * An asset of files that synthesis makes, to be read by a function.
 *
 * @param files texts by path
 * @param besides a folder whose files stand beside them
 */
export const filesAsset = (
  scope: Construct,
  id: string,
  files: Readonly<Record<string, string>>,
  besides: string | undefined,
): Asset =>
  madeAsset(scope, id, (directory) => {
    if (besides !== undefined) cpSync(besides, directory, { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(directory, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      chmodSync(file, 0o644); // Lambda runs as somebody else, whatever the umask of whoever synthesizes.
    }
    return directory;
  });

/** An asset of one file, which whoever reads it does not have to unpack. */
export const fileAsset = (scope: Construct, id: string, name: string, text: string): Asset =>
  madeAsset(scope, id, (directory) => {
    const file = path.join(directory, name);
    writeFileSync(file, text);
    return file;
  });

/** @param make writes into an empty folder, and returns what of it is the asset */
function madeAsset(scope: Construct, id: string, make: (directory: string) => string): Asset {
  const directory = mkdtempSync(path.join(tmpdir(), 'cognito-files-'));
  let isInUse = false;
  try {
    const made = make(directory);
    const asset = new Asset(scope, id, { path: made });
    isInUse = asset.assetPath === made; // staging makes a copy, unless the app has turned it off
    return asset;
  } finally {
    if (!isInUse) rmSync(directory, { recursive: true });
  }
}

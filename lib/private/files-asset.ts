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
export function filesAsset(
  scope: Construct,
  id: string,
  files: Readonly<Record<string, string>>,
  besides: string | undefined,
): Asset {
  const directory = mkdtempSync(path.join(tmpdir(), 'cognito-files-'));
  let asset: Asset | undefined;
  try {
    if (besides !== undefined) cpSync(besides, directory, { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(directory, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
      chmodSync(file, 0o644); // Lambda runs as somebody else, whatever the umask of whoever synthesizes.
    }
    asset = new Asset(scope, id, { path: directory });
    return asset;
  } finally {
    // Staging has made a copy, unless the app has turned it off.
    if (asset?.assetPath !== directory) rmSync(directory, { recursive: true });
  }
}

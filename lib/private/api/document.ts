import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';

/** A JSON document as one file in the bucket of CDK's assets, which whoever reads it does not have to unpack. */
export function documentAsset(scope: Construct, id: string, document: unknown): Asset {
  const directory = mkdtempSync(path.join(tmpdir(), 'cognito-document-'));
  const file = path.join(directory, 'openapi.json');
  let asset: Asset | undefined;
  try {
    writeFileSync(file, JSON.stringify(document, undefined, 2));
    asset = new Asset(scope, id, { path: file });
    return asset;
  } finally {
    // Staging has made a copy, unless the app has turned it off.
    if (asset?.assetPath !== file) rmSync(directory, { recursive: true });
  }
}

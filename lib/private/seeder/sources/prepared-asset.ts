import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { AssetHashType } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import { encodeRow, PREPARED_EXTENSION, type SeedRow } from '../../contracts/seed-row';

export interface PreparedAsset {
  readonly bucket: string;
  readonly key: string;
  /** What lets a function read this declaration and its former ones. */
  readonly statement: PolicyStatement;
}

/** Takes sorted rows along as an asset. The same rows are the same asset, whoever synthesizes. */
export const preparedAsset = (scope: Construct, rows: readonly SeedRow[], name: string): PreparedAsset => {
  const text = rows.map(encodeRow).join('\n');
  const directory = mkdtempSync(join(tmpdir(), 'cognito-seed-'));
  const path = join(directory, `users${PREPARED_EXTENSION}`);
  writeFileSync(path, compressed(text));
  let asset: Asset | undefined;
  try {
    asset = new Asset(scope, 'File', {
      path,
      displayName: `${scope.node.id} ${name}`,
      // Of the text: what gzip makes of it differs between processors.
      assetHash: createHash('sha256').update(text).digest('hex'),
      assetHashType: AssetHashType.CUSTOM,
    });
    return {
      bucket: asset.s3BucketName,
      key: asset.s3ObjectKey,
      statement: new PolicyStatement({
        actions: ['s3:GetObject'],
        // The previous declaration is an asset of an earlier synthesis, whose name nobody knows any more.
        resources: [asset.bucket.arnForObjects(`*${PREPARED_EXTENSION}`)],
      }),
    };
  } finally {
    // Staging has made a copy, unless the app has turned it off.
    if (asset?.assetPath !== path) rmSync(directory, { recursive: true });
  }
};

/** Fast rather than small: a synthesis waits for it, and rows of one shape become small anyhow. */
const compressed = (text: string): Buffer => {
  const bytes = gzipSync(text, { level: 1 });
  bytes[OPERATING_SYSTEM] = 255; // unknown
  return bytes;
};

/** https://datatracker.ietf.org/doc/html/rfc1952#page-5 */
const OPERATING_SYSTEM = 9;

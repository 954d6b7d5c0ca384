import { Token } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucketRef } from 'aws-cdk-lib/aws-s3';
import type { SeedObjectOptions } from '../../../seed-file-options';
import type { FileFormat } from '../../contracts/seed-source';
import { checkFileOptions } from '../validation/file-options';
import type { Finding } from '../../finding';
import { type BindSource, NO_PASSWORDS } from './bound-source';

/** Users who are declared in an object that somebody else has put into a bucket: read and checked at deployment. */
export const objectSource =
  (bucket: IBucketRef, key: string, options: SeedObjectOptions): BindSource =>
  ({ node }, { verification }) => {
    if (!bucket?.bucketRef) throw new Error(`${node.path}: the bucket is missing; pass the one that holds the object`);
    return {
      source: {
        kind: 'object',
        object: {
          bucket: bucket.bucketRef.bucketName,
          key,
          version: options.version,
          checksum: options.checksum,
          format: formatOf(key, options) ?? 'csv',
          blankCells: options.blankCells ?? 'LEAVE_ALONE',
          ...(verification && { verification: `${verification}` }),
        },
      },
      actions: [],
      users: undefined,
      passwords: NO_PASSWORDS,
      statements: statementsFor(bucket, key, options),
      findings: () => checkObject(key, options),
      contacts: () => undefined,
      hasClientMetadata: () => false,
    };
  };

const formatOf = (key: string, { format }: SeedObjectOptions): FileFormat | undefined => {
  if (format !== undefined) return `${format}`;
  if (Token.isUnresolved(key) || typeof key !== 'string') return undefined;
  const [, extension] = /\.(csv|jsonl|ndjson)(?:\.gz)?$/i.exec(key) ?? [];
  return extension === undefined ? undefined : extension.toLowerCase() === 'csv' ? 'csv' : 'jsonl';
};

const statementsFor = (bucket: IBucketRef, key: string, { version }: SeedObjectOptions): PolicyStatement[] => {
  const encryptionKey = (bucket as { readonly encryptionKey?: IKey }).encryptionKey;
  return [
    new PolicyStatement({
      // S3 asks for another permission where a request names a version.
      actions: [version === undefined ? 's3:GetObject' : 's3:GetObjectVersion'],
      resources: [`${bucket.bucketRef.bucketArn}/${key}`],
    }),
    ...(encryptionKey ? [new PolicyStatement({ actions: ['kms:Decrypt'], resources: [encryptionKey.keyArn] })] : []),
  ];
};

const checkObject = (key: string, options: SeedObjectOptions): Finding[] => {
  const { version, checksum, format } = options;
  return [
    ...checkFileOptions(options),
    ...(typeof key !== 'string' || key === ''
      ? [{ rule: 'the key of the object is missing', remedy: 'pass the key under which it is in the bucket' }]
      : []),
    ...(Boolean(version) === Boolean(checksum)
      ? [
          {
            rule: 'exactly one of version and checksum says which object is meant',
            remedy: 'declare the version in a bucket with versioning, or else the checksum',
          },
        ]
      : []),
    ...(checksum && !Token.isUnresolved(checksum) && !/^[0-9a-f]{64}$/i.test(checksum)
      ? [
          {
            rule: 'checksum must be a SHA-256 of 64 hexadecimal digits',
            remedy: 'declare what sha256sum prints for the file',
          },
        ]
      : []),
    ...(format === undefined && formatOf(key, options) === undefined
      ? [
          {
            rule: 'the key does not say how the object declares users',
            remedy: 'declare format, or end the key with .csv, .jsonl or .ndjson, with or without .gz',
          },
        ]
      : []),
  ];
};

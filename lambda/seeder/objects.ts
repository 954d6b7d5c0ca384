import { createHash } from 'node:crypto';
import { Readable, Transform } from 'node:stream';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';

/** Reads objects out of buckets. */
export interface Objects {
  /** @returns undefined where there is no such object, or none that may be read: S3 does not tell one from the other */
  read(object: {
    readonly bucket: string;
    readonly key: string;
    readonly version?: string;
  }): Promise<Readable | undefined>;
}

export const createS3 = (): S3Client =>
  // The endpoints of emulators have no name for each bucket.
  new S3Client({ forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL ?? process.env.AWS_ENDPOINT_URL_S3) });

export const createObjects = (client: S3Client): Objects => ({
  read: async ({ bucket, key, version }) => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: version }));
      return Body as Readable;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  },
});

export const isAbsent = (error: unknown): boolean => {
  const { name = '', $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return (
    ['NoSuchKey', 'NoSuchBucket', 'NoSuchVersion', 'NotFound'].includes(name) ||
    [403, 404].includes($metadata?.httpStatusCode ?? 0)
  );
};

/** Passes bytes on, and knows their SHA-256 at the end. */
export const hashing = (): Transform & { digest(): string } => {
  const hash = createHash('sha256');
  const transform = new Transform({
    transform: (chunk: Buffer, _, done) => {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  return Object.assign(transform, { digest: () => hash.digest('hex') });
};

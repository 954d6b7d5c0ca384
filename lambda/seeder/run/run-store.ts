import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { compressed, linesOf } from '../rows/lines';
import { rowsOf } from '../rows/rows';
import type { Store } from '../store/store';

/** What a run keeps in its place of a bucket: small documents, and lines by the hundred thousand. */
export interface RunStore extends Store {
  readonly bucket: string;
  readonly prefix: string;
  /** @returns undefined where there is none */
  get<T>(name: string): Promise<T | undefined>;
  put(name: string, document: unknown): Promise<void>;
  /** @param lines as they are to be read by people */
  putLines(name: string, lines: readonly unknown[]): Promise<void>;
  lines(name: string): Promise<string[]>;
  /** Removes everything whose name begins so. */
  clear(prefix: string): Promise<void>;
}

/** Not what is forbidden: taken for nothing, it would be done again, or left undone. Our functions may list the bucket. */
const isMissing = (error: unknown): boolean =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 404;

export const createRunStore = (client: S3Client, bucket: string, prefix: string): RunStore => {
  const keyOf = (name: string) => `${prefix}/${name}`;
  const put = async (name: string, Body: string | Buffer, ContentType: string) => {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: keyOf(name), Body, ContentType }));
  };
  const open = async (name: string): Promise<Readable> => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(name) }));
    return Body as Readable;
  };
  return {
    bucket,
    prefix,
    get: async <T>(name: string) => {
      try {
        return JSON.parse(await text(await open(name))) as T;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    put: (name, document) => put(name, JSON.stringify(document), 'application/json'),
    putLines: (name, lines) =>
      put(name, lines.map((line) => `${JSON.stringify(line)}\n`).join(''), 'application/x-ndjson'),
    // A run is sorted in memory, so its compressed lines have room there, too.
    write: async (name, batches) => put(`${name}.gz`, await buffer(compressed(batches)), 'application/gzip'),
    read: async (name) => rowsOf(linesOf(await open(`${name}.gz`))),
    lines: async (name) => {
      const lines: string[] = [];
      for await (const batch of linesOf(await open(`${name}.gz`))) lines.push(...batch);
      return lines;
    },
    clear: async (start) => {
      for (;;) {
        const page = new ListObjectsV2Command({ Bucket: bucket, Prefix: keyOf(start), MaxKeys: 50 });
        const { Contents = [] } = await client.send(page);
        if (Contents.length === 0) return;
        await Promise.all(Contents.map(({ Key }) => client.send(new DeleteObjectCommand({ Bucket: bucket, Key }))));
      }
    },
  };
};

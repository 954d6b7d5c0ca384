import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { type LocalS3, startLocalS3 } from './local-s3';

const Bucket = 'runs';
let s3: LocalS3;
let client: S3Client;

beforeAll(async () => {
  s3 = await startLocalS3();
  // As in a function: nothing but the endpoint tells that this is not S3.
  client = new S3Client({
    endpoint: s3.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
});

afterEach(() => s3.setFaults());

afterAll(async () => {
  client.destroy();
  await s3.stop();
});

const read = async (Key: string, options: { Range?: string; VersionId?: string } = {}): Promise<string> =>
  (await client.send(new GetObjectCommand({ Bucket, Key, ...options }))).Body!.transformToString();

describe('an object', () => {
  test('is read as it was written, under any name', async () => {
    const Key = 'runs/größe & <more>+1/50% a.json';
    await client.send(new PutObjectCommand({ Bucket, Key, Body: '{"a":"ü"}', ContentType: 'application/json' }));
    expect(await read(Key)).toBe('{"a":"ü"}');
    expect(s3.get(Bucket, Key)?.toString()).toBe('{"a":"ü"}');
    expect(await client.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject({
      ContentLength: 10,
      ContentType: 'application/json',
    });
  });

  test('may be empty', async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'empty', Body: Buffer.alloc(0) }));
    expect(await read('empty')).toBe('');
  });

  test('arrives as a stream in chunks, with its checksum behind them', async () => {
    const text = 'users\n'.repeat(40_000);
    const Body = Readable.from([gzipSync(text, { level: 0 })]);
    const ContentLength = gzipSync(text, { level: 0 }).length;
    await client.send(
      new PutObjectCommand({
        Bucket,
        Key: 'stream',
        Body,
        ContentLength,
        ContentEncoding: 'gzip',
        Metadata: { a: 'b' },
      }),
    );
    const answer = await client.send(new GetObjectCommand({ Bucket, Key: 'stream' }));
    expect(answer).toMatchObject({ ContentEncoding: 'gzip', Metadata: { a: 'b' } });
    expect(gunzipSync(await answer.Body!.transformToByteArray()).toString()).toBe(text);
  });

  test('is refused where its checksum is another’s', async () => {
    const answer = await fetch(`${s3.endpoint}/${Bucket}/broken`, {
      method: 'PUT',
      body: 'text',
      headers: { 'x-amz-checksum-crc32': 'AAAAAA==' },
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('<Code>BadDigest</Code>');
    expect(s3.get(Bucket, 'broken')).toBeUndefined();
  });

  test('is read in part', async () => {
    s3.put(Bucket, 'part', '0123456789');
    expect(await read('part', { Range: 'bytes=2-4' })).toBe('234');
    expect(await read('part', { Range: 'bytes=7-' })).toBe('789');
    expect(await read('part', { Range: 'bytes=-2' })).toBe('89');
    expect(await read('part', { Range: 'bytes=8-99' })).toBe('89');
    await expect(read('part', { Range: 'bytes=10-' })).rejects.toMatchObject({ name: 'InvalidRange' });
  });

  test('keeps its former versions', async () => {
    const former = s3.put(Bucket, 'versions', 'former');
    const { VersionId } = await client.send(new PutObjectCommand({ Bucket, Key: 'versions', Body: 'latest' }));
    expect(await read('versions')).toBe('latest');
    expect(await read('versions', { VersionId: former })).toBe('former');
    expect(await read('versions', { VersionId })).toBe('latest');
    await expect(read('versions', { VersionId: 'another' })).rejects.toMatchObject({ name: 'NoSuchVersion' });
  });

  test('that is gone or never was is told as S3 tells it', async () => {
    s3.put(Bucket, 'gone', 'text');
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'never' }));
    for (const Key of ['gone', 'never']) {
      const answer = { $metadata: { httpStatusCode: 404 } };
      await expect(read(Key)).rejects.toMatchObject({ name: 'NoSuchKey', ...answer });
      const head = client.send(new HeadObjectCommand({ Bucket, Key }));
      await expect(head).rejects.toMatchObject({ name: 'NotFound', ...answer });
    }
  });
});

describe('a list', () => {
  test('holds what begins with the prefix, in the order of bytes, page by page', async () => {
    for (const key of ['b/2', 'b/10', 'b/ü', 'b/Z', 'a/1', 'c&<>']) s3.put('lists', key, key);
    const names: string[] = [];
    let ContinuationToken: string | undefined;
    let pages = 0;
    do {
      const page = await client.send(
        new ListObjectsV2Command({ Bucket: 'lists', Prefix: 'b/', MaxKeys: 3, ContinuationToken }),
      );
      names.push(...(page.Contents ?? []).map(({ Key }) => Key!));
      ContinuationToken = page.NextContinuationToken;
      pages += 1;
    } while (ContinuationToken);
    expect(pages).toBe(2);
    expect(names).toEqual(['b/10', 'b/2', 'b/Z', 'b/ü']);
    expect(s3.keys('lists', 'b/')).toEqual(names);
    const { Contents, KeyCount } = await client.send(new ListObjectsV2Command({ Bucket: 'lists', StartAfter: 'b/ü' }));
    expect([KeyCount, Contents]).toMatchObject([1, [{ Key: 'c&<>', Size: 4 }]]);
  });

  test('may be empty', async () => {
    const { Contents, KeyCount } = await client.send(new ListObjectsV2Command({ Bucket: 'empty' }));
    expect([KeyCount, Contents]).toEqual([0, undefined]);
  });
});

describe('faults', () => {
  test('befall a request before or after it is carried out', async () => {
    s3.setFaults(() => ({ kind: 'error', status: 503, code: 'SlowDown' }));
    await expect(client.send(new PutObjectCommand({ Bucket, Key: 'slow', Body: 'x' }))).rejects.toMatchObject({
      name: 'SlowDown',
    });
    expect(s3.get(Bucket, 'slow')).toBeUndefined();
    s3.setFaults(({ key }) => (key === 'lost' ? { kind: 'reset', when: 'after' } : undefined));
    await expect(client.send(new PutObjectCommand({ Bucket, Key: 'lost', Body: 'x' }))).rejects.toThrow();
    expect(s3.get(Bucket, 'lost')?.toString()).toBe('x');
  });
});

test('every request is recorded', async () => {
  s3.calls.length = 0;
  s3.put(Bucket, 'recorded', '');
  await read('recorded');
  await read('absent').catch(() => undefined);
  await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'rec' }));
  expect(s3.calls).toEqual([
    { operation: 'GetObject', bucket: Bucket, key: 'recorded', status: 200 },
    { operation: 'GetObject', bucket: Bucket, key: 'absent', status: 404 },
    { operation: 'ListObjectsV2', bucket: Bucket, key: 'rec', status: 200 },
  ]);
});

test('what it does not know is refused', async () => {
  const unknown = client.send(new PutObjectCommand({ Bucket, Key: 'once', Body: 'x', IfNoneMatch: '*' }));
  await expect(unknown).rejects.toMatchObject({ name: 'NotImplemented' });
  const answer = await fetch(`${s3.endpoint}/${Bucket}/key?tagging`);
  expect(answer.status).toBe(501);
});

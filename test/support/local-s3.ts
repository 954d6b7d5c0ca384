import { createHash, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { crc32 } from 'node:zlib';
import { listen } from './http';
import { escaped } from './xml';

export type S3Operation = 'DeleteObject' | 'GetObject' | 'HeadObject' | 'ListObjectsV2' | 'PutObject';

/** One request as the server saw it. */
export interface S3Call {
  readonly operation: S3Operation;
  readonly bucket: string;
  /** Of an object, or the prefix of a list. */
  readonly key: string;
  /** HTTP status; undefined where the connection was reset, and while the request is under way. */
  status?: number;
}

export type S3Fault = (
  { readonly kind: 'error'; readonly code: string; readonly status: number } | { readonly kind: 'reset' }
) & {
  /** `after`: the request is carried out, then the fault befalls its answer. @default before */
  readonly when?: 'after' | 'before';
};

/** Asked once a request; a hook may count. */
export type S3Faults = (call: S3Call) => S3Fault | undefined;

export interface LocalS3 {
  readonly endpoint: string;
  readonly calls: S3Call[];
  /** @returns the object's version. Every version is kept. */
  put(bucket: string, key: string, body: Buffer | string, options?: { readonly contentEncoding?: string }): string;
  /** The object's bytes as stored; undefined where there is no such object. */
  get(bucket: string, key: string): Buffer | undefined;
  keys(bucket: string, prefix?: string): string[];
  setFaults(faults?: S3Faults): void;
  stop(): Promise<void>;
}

interface Version {
  readonly id: string;
  readonly body: Buffer;
  /** What the writer said of the object, and every reader is told. */
  readonly headers: OutgoingHttpHeaders;
}

interface Item {
  readonly versions: Version[];
  deleted: boolean;
}

class S3Error extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: OutgoingHttpHeaders = {},
  ) {
    super(message);
  }
}

interface Reply {
  readonly status: number;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Buffer | string;
}

/**
 * As much of S3's REST API as the functions use, in this process: objects, their versions and ranges, lists, checksums. Every
 * bucket is there. What it does not know it refuses with `NotImplemented`. A client finds it by its endpoint alone: against
 * an IP address the SDK puts the bucket into the path.
 */
export const startLocalS3 = async (): Promise<LocalS3> => {
  const buckets = new Map<string, Map<string, Item>>();
  const calls: S3Call[] = [];
  let faults: S3Faults = () => undefined;

  const itemsOf = (bucket: string): Map<string, Item> => {
    const items = buckets.get(bucket) ?? new Map<string, Item>();
    buckets.set(bucket, items);
    return items;
  };
  const keys = (bucket: string, prefix = ''): string[] =>
    [...itemsOf(bucket)]
      .filter(([key, { deleted }]) => !deleted && key.startsWith(prefix))
      .map(([key]) => key)
      .sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  const find = (bucket: string, key: string, id?: string | null): Version | undefined => {
    const item = itemsOf(bucket).get(key);
    if (id) return item?.versions.find((version) => version.id === id);
    return item?.deleted ? undefined : item?.versions.at(-1);
  };
  const store = (bucket: string, key: string, body: Buffer, said: OutgoingHttpHeaders): Version => {
    const headers = {
      'content-type': 'application/octet-stream',
      ...said,
      etag: `"${createHash('md5').update(body).digest('hex')}"`,
      'last-modified': new Date().toUTCString(),
    };
    const version = { id: randomUUID(), body, headers };
    const item = itemsOf(bucket).get(key);
    itemsOf(bucket).set(key, { versions: [...(item?.versions ?? []), version], deleted: false });
    return version;
  };

  const carryOut = (call: S3Call, query: URLSearchParams, headers: IncomingHttpHeaders, sent: Buffer): Reply => {
    const { operation, bucket, key } = call;
    switch (operation) {
      case 'GetObject':
      case 'HeadObject': {
        const version = find(bucket, key, query.get('versionId'));
        if (!version) throw notFound(query.has('versionId') ? 'Version' : 'Key');
        return read(version, operation === 'GetObject' ? headers.range : undefined);
      }
      case 'PutObject': {
        const { id, headers: written } = store(bucket, key, received(headers, sent), saidOf(headers));
        return { status: 200, headers: { etag: written.etag, 'x-amz-version-id': id } };
      }
      case 'DeleteObject': {
        const item = itemsOf(bucket).get(key);
        if (item) item.deleted = true;
        return { status: 204 };
      }
      case 'ListObjectsV2':
        return list(keys(bucket, key), query, (found) => find(bucket, found)!);
    }
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://s3');
    const [bucket, ...rest] = url.pathname.slice(1).split('/').map(decodeURIComponent);
    const sent = await bytes(request);
    let reply: Reply;
    let call: S3Call | undefined;
    try {
      const operation = operationOf(request, rest.join('/'), url.searchParams);
      call = { operation, bucket, key: rest.join('/') || (url.searchParams.get('prefix') ?? '') };
      calls.push(call);
      const fault = faults(call);
      if (fault?.when === 'after') carryOut(call, url.searchParams, request.headers, sent);
      if (fault?.kind === 'reset') return void request.socket.destroy();
      if (fault) throw new S3Error(fault.status, fault.code, fault.code);
      reply = carryOut(call, url.searchParams, request.headers, sent);
    } catch (error) {
      reply = errorReply(error);
    }
    if (call) call.status = reply.status;
    response.writeHead(reply.status, { 'x-amz-request-id': randomUUID(), ...reply.headers });
    response.end(request.method === 'HEAD' ? undefined : reply.body);
  };

  const server = await listen((request, response) => void serve(request, response));
  return {
    ...server,
    calls,
    put: (bucket, key, body, { contentEncoding } = {}) =>
      store(bucket, key, Buffer.from(body), contentEncoding ? { 'content-encoding': contentEncoding } : {}).id,
    get: (bucket, key) => find(bucket, key)?.body,
    keys,
    setFaults: (hook = () => undefined) => (faults = hook),
  };
};

const bytes = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const KNOWN_PARAMETERS: Readonly<Record<S3Operation, readonly string[]>> = {
  DeleteObject: [],
  GetObject: ['versionId'],
  HeadObject: ['versionId'],
  ListObjectsV2: ['list-type', 'prefix', 'max-keys', 'continuation-token', 'start-after'],
  PutObject: [],
};

/** They change what a request means. */
const UNKNOWN_HEADERS = ['x-amz-copy-source', 'if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'];

const operationOf = ({ method, headers }: IncomingMessage, key: string, query: URLSearchParams): S3Operation => {
  const operations: Record<string, S3Operation> = key
    ? { DELETE: 'DeleteObject', GET: 'GetObject', HEAD: 'HeadObject', PUT: 'PutObject' }
    : { GET: 'ListObjectsV2' };
  const operation = operations[method ?? ''];
  const parameters = [...query.keys()].filter((name) => name !== 'x-id');
  if (
    !operation ||
    parameters.some((name) => !KNOWN_PARAMETERS[operation].includes(name)) ||
    UNKNOWN_HEADERS.some((name) => headers[name] !== undefined)
  ) {
    throw new S3Error(501, 'NotImplemented', `A header or query you provided implies functionality not implemented`);
  }
  return operation;
};

const notFound = (what: 'Key' | 'Version'): S3Error =>
  new S3Error(404, `NoSuch${what}`, `The specified ${what.toLowerCase()} does not exist.`);

const saidOf = (headers: IncomingHttpHeaders): OutgoingHttpHeaders => {
  const kept = Object.entries(headers).filter(([name]) => /^(cache-control|content-type|x-amz-meta-.*)$/.test(name));
  const encoding = (headers['content-encoding'] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'aws-chunked');
  return {
    ...(Object.fromEntries(kept) as Record<string, string>),
    ...(encoding.length > 0 ? { 'content-encoding': encoding.join(',') } : {}),
  };
};

/** The bytes of an upload, which the SDK may send in chunks with the checksum behind them. */
const received = (headers: IncomingHttpHeaders, sent: Buffer): Buffer => {
  const chunked = String(headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');
  const { body, trailers } = chunked ? unchunk(sent) : { body: sent, trailers: {} as Record<string, string> };
  const checksum = trailers['x-amz-checksum-crc32'] ?? headers['x-amz-checksum-crc32'];
  if (checksum !== undefined && checksum !== crc32Of(body)) {
    throw new S3Error(400, 'BadDigest', 'The CRC32 you specified did not match the calculated checksum.');
  }
  return body;
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html */
const unchunk = (sent: Buffer): { body: Buffer; trailers: Record<string, string> } => {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const endOfLine = sent.indexOf('\r\n', at);
    const size = parseInt(sent.toString('latin1', at, endOfLine), 16); // a signature may follow the size
    if (endOfLine < 0 || Number.isNaN(size)) throw new S3Error(400, 'IncompleteBody', 'The chunks are malformed.');
    at = endOfLine + 2;
    if (size === 0) break;
    chunks.push(sent.subarray(at, at + size));
    at += size + 2;
  }
  const lines = sent.toString('latin1', at).split('\r\n').filter(Boolean);
  const trailers = lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
  return { body: Buffer.concat(chunks), trailers: Object.fromEntries(trailers) };
};

const crc32Of = (body: Buffer): string => {
  const value = Buffer.alloc(4);
  value.writeUInt32BE(crc32(body));
  return value.toString('base64');
};

const read = ({ id, body, headers }: Version, range: string | undefined): Reply => {
  const common = { ...headers, 'accept-ranges': 'bytes', 'x-amz-version-id': id };
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if (range === undefined || (!first && !last)) {
    const whole = { 'content-length': body.length, 'x-amz-checksum-crc32': crc32Of(body) };
    return { status: 200, headers: { ...common, ...whole }, body };
  }
  const from = first ? Number(first) : Math.max(0, body.length - Number(last));
  const to = first && last ? Math.min(Number(last), body.length - 1) : body.length - 1;
  if (from >= body.length || from > to) {
    throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable', {
      'content-range': `bytes */${body.length}`,
    });
  }
  return {
    status: 206,
    headers: {
      ...common,
      'content-length': to - from + 1,
      'content-range': `bytes ${from}-${to}/${body.length}`,
    },
    body: body.subarray(from, to + 1),
  };
};

const list = (found: string[], query: URLSearchParams, versionOf: (key: string) => Version): Reply => {
  const token = query.get('continuation-token');
  const after = token ? Buffer.from(token, 'base64url').toString() : (query.get('start-after') ?? '');
  const rest = found.filter((key) => Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0);
  const page = rest.slice(0, Math.min(Number(query.get('max-keys') ?? 1000), 1000));
  const more = page.length > 0 && page.length < rest.length;
  const contents = page.map((key) => {
    const { body, headers } = versionOf(key);
    const modified = new Date(String(headers['last-modified'])).toISOString();
    return `<Contents><Key>${escaped(key)}</Key><LastModified>${modified}</LastModified><ETag>${escaped(String(headers.etag))}</ETag><Size>${body.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
  });
  const next = more
    ? `<NextContinuationToken>${Buffer.from(page.at(-1)!).toString('base64url')}</NextContinuationToken>`
    : '';
  return xml(
    200,
    `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><KeyCount>${page.length}</KeyCount><IsTruncated>${more}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`,
  );
};

const errorReply = (error: unknown): Reply => {
  const known = error instanceof S3Error ? error : new S3Error(500, 'InternalError', String(error));
  const reply = xml(
    known.status,
    `<Error><Code>${known.code}</Code><Message>${escaped(known.message)}</Message><RequestId>local</RequestId></Error>`,
  );
  return { ...reply, headers: { ...reply.headers, ...known.headers } };
};

const xml = (status: number, content: string): Reply => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${content}`,
});

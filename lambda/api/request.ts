import Negotiator from 'negotiator';
import {
  type ApiWire,
  BODY_TYPES,
  MAX_BODY_BYTES,
  NAME_PARAMETER,
  type Operation,
} from '../../lib/private/contracts/api';
import { Problem } from './problem';

/** What somebody asks of the API, taken out of an event of API Gateway (payload 2.0). Nothing is trusted to be there. */
export interface ApiRequest {
  readonly operation: Operation;
  /** The attribute in the path. */
  readonly name: string;
  readonly accessToken: string;
  /** The language that the caller likes best, as a language tag. */
  readonly locale?: string;
  /** Parsed and at most 16 kB; undefined where there is none. */
  readonly body: unknown;
}

/**
 * @throws Problem where the token is none of those that may change attributes, or the body is not JSON
 */
export function readRequest({ routes, writable }: ApiWire, event: unknown): ApiRequest {
  const { routeKey, headers, pathParameters, body, isBase64Encoded, requestContext } = record(event);
  const operation = typeof routeKey === 'string' && Object.hasOwn(routes, routeKey) ? routes[routeKey] : undefined;
  if (!operation) throw new Problem('no-such-attribute');
  const header = (name: string): string => text(record(headers)[name]); // API Gateway writes them in lower case
  // API Gateway has checked signature, issuer, client, scope and time; an ID token has no scope, and must never get here.
  const { claims } = record(record(record(requestContext).authorizer).jwt);
  if (record(claims).token_use !== 'access') throw new Problem('token-refused');
  const name = text(record(pathParameters)[NAME_PARAMETER]);
  return {
    operation,
    name: Object.hasOwn(writable, name) ? name : decoded(name),
    accessToken: header('authorization').replace(/^bearer\s+/i, ''),
    locale: bestLanguage(header('accept-language')),
    body:
      operation === 'read' || operation === 'remove'
        ? undefined
        : parsed(body, isBase64Encoded, header('content-type')),
  };
}

function parsed(body: unknown, isBase64Encoded: unknown, contentType: string): unknown {
  if (typeof body !== 'string' || body === '') return undefined;
  const bytes = Buffer.from(body, isBase64Encoded === true ? 'base64' : 'utf8');
  if (bytes.length > MAX_BODY_BYTES) throw new Problem('body-too-large', `At most ${MAX_BODY_BYTES} bytes are taken.`);
  const type = contentType.split(';')[0].trim().toLowerCase();
  if (!BODY_TYPES.some((taken) => taken === type)) {
    throw new Problem('unsupported-media-type', `The content type has to be ${BODY_TYPES.join(' or ')}.`);
  }
  try {
    // A Buffer would put other characters in the place of what is no UTF-8.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Problem('malformed-request', 'The body is not JSON.'); // the parser's own words quote the body
  }
}

/** The longest header that is looked at, and the longest tag: BCP 47 asks implementations for 35 characters. */
const MAX_HEADER_LENGTH = 1_000;
const MAX_TAG_LENGTH = 35;

/** The first of the caller's languages that is one. It goes to the pool's trigger, which may put it into a message. */
function bestLanguage(header: string): string | undefined {
  if (header === '' || header.length > MAX_HEADER_LENGTH) return undefined;
  const wishes = new Negotiator({ headers: { 'accept-language': header } }).languages();
  // The canonical form may be longer: sh is sr-Latn.
  return wishes.flatMap(canonical).find((tag) => tag.length <= MAX_TAG_LENGTH);
}

function canonical(tag: string): string[] {
  try {
    return Intl.getCanonicalLocales(tag);
  } catch {
    return [];
  }
}

/** API Gateway decodes a path's parameters; what it has left, such as `custom%3Aplan` of a double encoding, is decoded here. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

import type { OpenAPIV3_1 } from 'openapi-types';
import {
  type ApiWire,
  BODY_TYPES,
  CONTACTS,
  MAX_BODY_BYTES,
  NAME_PARAMETER,
  type Operation,
  SELF_SERVICE_SCOPE,
} from '../contracts/api';
import { type ProblemCode, PROBLEMS, type ProblemWire } from '../contracts/api-problems';
import { ref, schemas, usedIn } from './open-api-schemas';

type Responses = OpenAPIV3_1.ResponsesObject;

/** The API in a language that tools read, made of what the function reads. */
export const openApiDocument = (definition: ApiWire): Record<string, unknown> => {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [key, operation] of Object.entries(definition.routes)) {
    if (!isOffered(definition, operation)) continue;
    const [method, path] = key.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: OPERATIONS[operation](definition) };
  }
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'User attributes',
      version: '1',
      description:
        'Signed-in users read and change their own attributes. Requests that are refused are answered with problem details (RFC 9457).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ accessToken: [SELF_SERVICE_SCOPE] }],
    tags: [{ name: 'attributes', description: 'What the signed-in user is like.' }],
    paths: paths as OpenAPIV3_1.PathsObject,
    components: {
      securitySchemes: {
        accessToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: `An access token of the user pool with the scope ${SELF_SERVICE_SCOPE}; an ID token is refused.`,
        },
      },
      schemas: usedIn([paths, GATEWAY], schemas(definition)),
      responses: {
        Gateway: GATEWAY,
      },
    },
  } satisfies OpenAPIV3_1.Document;
  return document;
};

/** Where nothing can be changed, nothing is offered that would; and nothing to confirm without an address. */
const isOffered = ({ writable }: ApiWire, operation: Operation): boolean => {
  const hasContact = contacts(writable).length > 0;
  const offers: Readonly<Record<Operation, boolean>> = {
    read: true,
    change: Object.keys(writable).length > 0,
    sendCode: hasContact,
    confirm: hasContact,
    remove: Object.keys(writable).length > 0,
  };
  return offers[operation];
};

const contacts = (writable: ApiWire['writable']): string[] => CONTACTS.filter((name) => Object.hasOwn(writable, name));

const GATEWAY: OpenAPIV3_1.ResponseObject = {
  description: 'Refused before it was looked at: by API Gateway, in its own words.',
  content: { 'application/json': { schema: ref('GatewayError') } },
};

const OPERATIONS: Readonly<Record<Operation, (definition: ApiWire) => OpenAPIV3_1.OperationObject>> = {
  read: () => ({
    operationId: 'readAttributes',
    summary: 'The readable attributes',
    description: 'An attribute without a value is left out.',
    tags: ['attributes'],
    responses: {
      200: answer('The attributes that have a value.', 'Attributes'),
      ...problems([...EVERYWHERE, 'pool-misconfigured']),
    },
  }),
  change: () => ({
    operationId: 'changeAttributes',
    summary: 'Set and delete attributes',
    description:
      'A JSON merge patch (RFC 7396): a value sets an attribute; null, or a blank value, deletes it. All of it is carried out or nothing. A changed address is confirmed with a code first, and the former one stays until then.',
    tags: ['attributes'],
    requestBody: body('Change', true),
    responses: {
      200: answer('Changed. Where codes were sent to.', 'CodesSent'),
      ...problems([...EVERYWHERE, ...WITH_BODY, ...SENDS, 'not-permitted', 'values-refused', 'value-taken']),
    },
  }),
  sendCode: ({ writable }) => ({
    operationId: 'sendVerificationCode',
    summary: 'Send a code to an address',
    description:
      'To the address that the user has. For a new one that is waiting to be confirmed, send the same change again.',
    tags: ['attributes'],
    parameters: [nameParameter(contacts(writable))],
    requestBody: body('Request', false),
    responses: {
      202: answer('Where the code was sent to.', 'CodesSent'),
      ...problems([
        ...EVERYWHERE,
        ...WITH_BODY,
        ...SENDS,
        'not-permitted',
        'no-such-attribute',
        'values-refused',
        'too-many-attempts',
      ]),
    },
  }),
  confirm: ({ writable }) => ({
    operationId: 'confirmAttribute',
    summary: 'Confirm an address with its code',
    tags: ['attributes'],
    parameters: [nameParameter(contacts(writable))],
    requestBody: body('Confirmation', true),
    responses: {
      204: { description: 'Confirmed: it has taken the place of the former one.' },
      ...problems([
        ...EVERYWHERE,
        ...WITH_BODY,
        'not-permitted',
        'no-such-attribute',
        'value-taken',
        'code-mismatch',
        'code-expired',
        'too-many-attempts',
        'pool-misconfigured',
      ]),
    },
  }),
  remove: ({ writable }) => ({
    operationId: 'deleteAttribute',
    summary: 'Delete an attribute',
    tags: ['attributes'],
    parameters: [nameParameter(Object.keys(writable))],
    responses: {
      204: { description: 'Deleted, or it was not there.' },
      ...problems([...EVERYWHERE, 'not-permitted', 'no-such-attribute', 'pool-misconfigured']),
    },
  }),
};

const EVERYWHERE: readonly ProblemCode[] = [
  'token-refused',
  'too-many-requests',
  'temporarily-unavailable',
  'internal-error',
];
const WITH_BODY: readonly ProblemCode[] = ['malformed-request', 'body-too-large', 'unsupported-media-type'];
const SENDS: readonly ProblemCode[] = ['code-not-delivered', 'refused-by-trigger', 'pool-misconfigured'];

const answer = (description: string, schema: string): OpenAPIV3_1.ResponseObject => ({
  description,
  headers: { 'cache-control': { description: 'Nobody keeps it.', schema: { type: 'string', enum: ['no-store'] } } },
  content: { 'application/json': { schema: ref(schema) } },
});

const body = (schema: string, required: boolean): OpenAPIV3_1.RequestBodyObject => ({
  description: `At most ${MAX_BODY_BYTES} bytes.`,
  required,
  content: Object.fromEntries(BODY_TYPES.map((type) => [type, { schema: ref(schema) }])),
});

const nameParameter = (names: readonly string[]): OpenAPIV3_1.ParameterObject => ({
  name: NAME_PARAMETER,
  in: 'path',
  required: true,
  description: 'The attribute.',
  schema: { type: 'string', enum: [...names] },
});

/** API Gateway answers some of them too, in its own words: who is not signed in, may not, or comes too often. */
const GATEWAYS = [401, 403, 404, 429, 500, 503];

const problems = (codes: readonly ProblemCode[]): Responses => {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of [...codes].sort((one, other) => PROBLEMS[one].status - PROBLEMS[other].status)) {
    byStatus.set(PROBLEMS[code].status, [...(byStatus.get(PROBLEMS[code].status) ?? []), code]);
  }
  if (!byStatus.has(403)) byStatus.set(403, []); // whose token lacks the scope
  return Object.fromEntries(
    [...byStatus].sort(([one], [other]) => one - other).map(([status, some]) => [status, refusal(status, some)]),
  );
};

const refusal = (
  status: number,
  codes: readonly ProblemCode[],
): OpenAPIV3_1.ResponseObject | OpenAPIV3_1.ReferenceObject => {
  if (codes.length === 0) return { $ref: '#/components/responses/Gateway' };
  const waits = codes.some((code) => (PROBLEMS[code] as ProblemWire).retryAfter !== undefined);
  return {
    description: codes.map((code) => `${PROBLEMS[code].title} (\`${code}\`).`).join(' '),
    ...(waits && {
      headers: {
        'retry-after': {
          description: 'Seconds; not where API Gateway answers.',
          schema: { type: 'integer', minimum: 1 },
        },
      },
    }),
    content: {
      'application/problem+json': { schema: ref('Problem') },
      ...(GATEWAYS.includes(status) && { 'application/json': { schema: ref('GatewayError') } }),
    },
  };
};

/**
 * What UserAttributesApi lays beside its function, and what the function reads: which calls there are, and which attributes and
 * ClientMetadata may pass.
 */
import type { TextRuleWire } from './text-rule';

/** The file, beside the function's code. */
export const API_FILE = 'api.json';

/** The Region of the pool, which need not be the function's own; and the pool, for the metrics. */
export const API_ENV = { region: 'USER_POOL_REGION', userPoolId: 'USER_POOL_ID' } as const;

/** The scope of an access token with which its owner may change their attributes. */
export const SELF_SERVICE_SCOPE = 'aws.cognito.signin.user.admin';

/** The calls, in the order in which people meet them. */
export const OPERATIONS = ['read', 'change', 'sendCode', 'confirm', 'remove'] as const;
export type Operation = (typeof OPERATIONS)[number];

export interface RouteWire {
  readonly method: 'GET' | 'PATCH' | 'POST' | 'DELETE';
  /** Below the path of the API. */
  readonly path: string;
}

/** The path parameter that names an attribute. */
export const NAME_PARAMETER = 'name';

const ONE = `/attributes/{${NAME_PARAMETER}}`;

export const ROUTES: Readonly<Record<Operation, RouteWire>> = {
  read: { method: 'GET', path: '/attributes' },
  change: { method: 'PATCH', path: '/attributes' },
  sendCode: { method: 'POST', path: `${ONE}/verification-code` },
  confirm: { method: 'POST', path: `${ONE}/verification` },
  remove: { method: 'DELETE', path: ONE },
};

/** An attribute that people may change. */
export interface WritableWire extends TextRuleWire {
  /** The pool asks it of everybody: it cannot be deleted. */
  readonly required?: true;
}

export interface ApiWire {
  /** By API Gateway's route keys, such as `GET /me/attributes`. */
  readonly routes: Readonly<Record<string, Operation>>;
  readonly readable: readonly string[];
  readonly writable: Readonly<Record<string, WritableWire>>;
  /** The keys of ClientMetadata that a caller may send. */
  readonly metadata: Readonly<Record<string, TextRuleWire>>;
}

/** The attributes that a code confirms. */
export const CONTACTS: readonly string[] = ['email', 'phone_number'];

/** The keys of ClientMetadata that the API sets, and nobody who calls it. */
export const OWN_METADATA = { source: 'source', locale: 'locale' } as const;
export const SELF_SERVICE = 'self-service';

/** The longest body, in bytes; and Cognito's longest value of an attribute and longest code, in characters. */
export const MAX_BODY_BYTES = 16_384;
export const MAX_VALUE_LENGTH = 2048;
export const MAX_CODE_LENGTH = 2048;

/** The media types of a body. */
export const BODY_TYPES = ['application/merge-patch+json', 'application/json'] as const;

export const METRICS = {
  namespace: 'CognitoUserAttributes',
  service: 'UserAttributesApi',
  /** Dimensions beside Powertools' own `service`. */
  poolDimension: 'UserPoolId',
  problemDimension: 'Problem',
  requests: 'Requests',
  changedAttributes: 'ChangedAttributes',
  sentCodes: 'SentCodes',
  problems: 'Problems',
} as const;

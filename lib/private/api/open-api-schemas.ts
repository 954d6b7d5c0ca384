import type { OpenAPIV3_1 } from 'openapi-types';
import { type ApiWire, CONTACTS, MAX_CODE_LENGTH, MAX_VALUE_LENGTH, type WritableWire } from '../contracts/api';
import { VALUE_ERRORS } from '../contracts/api-problems';
import type { TextRuleWire } from '../contracts/text-rule';

type Schema = OpenAPIV3_1.SchemaObject;

export const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** All that bodies and answers may be. */
export const schemas = ({ readable, writable, metadata }: ApiWire): Record<string, Schema> => ({
  Attributes: object({
    attributes: object(
      Object.fromEntries(readable.map((name) => [name, { type: 'string', maxLength: MAX_VALUE_LENGTH }])),
      [],
    ),
  }),
  Change: object(
    {
      attributes: object(
        Object.fromEntries(Object.entries(writable).map(([name, rule]) => [name, writableSchema(rule)])),
        [],
      ),
      clientMetadata: ref('ClientMetadata'),
    },
    [],
  ),
  Request: object({ clientMetadata: ref('ClientMetadata') }, []),
  Confirmation: object({ code: { type: 'string', minLength: 1, maxLength: MAX_CODE_LENGTH, pattern: '^\\S+$' } }),
  ClientMetadata: {
    ...object(Object.fromEntries(Object.entries(metadata).map(([key, rule]) => [key, textSchema(rule)])), []),
    description: "For the user pool's trigger, which writes the message.",
  },
  CodesSent: object({ codesSent: { type: 'array', items: ref('CodeSent') } }),
  CodeSent: object({
    attribute: { type: 'string', enum: [...CONTACTS] },
    medium: { type: 'string', enum: ['EMAIL', 'SMS'] },
    destination: { type: 'string', description: 'Masked by Cognito, such as `a***@e***`.' },
  }),
  Problem: {
    ...object(
      {
        type: { type: 'string', format: 'uri', description: 'What it is about; the last part is its code.' },
        title: { type: 'string' },
        status: { type: 'integer', minimum: 400, maximum: 599 },
        detail: { type: 'string' },
        errors: { type: 'array', maxItems: 20, items: ref('ValueError') },
      },
      ['type', 'title', 'status'],
    ),
    description: 'Problem details (RFC 9457).',
  },
  ValueError: object({
    code: { type: 'string', enum: Object.keys(VALUE_ERRORS) },
    detail: { type: 'string' },
    pointer: { type: 'string', description: 'The part of the body, as a JSON pointer in a fragment (RFC 6901).' },
  }),
  GatewayError: { type: 'object', required: ['message'], properties: { message: { type: 'string' } } },
});

/** What the paths refer to, at first or second hand: where there is no address, there is no code. */
export const usedIn = (value: unknown, all: Readonly<Record<string, Schema>>): Record<string, Schema> => {
  const used = new Set<string>();
  const find = (part: unknown): void => {
    for (const [, name] of JSON.stringify(part).matchAll(/#\/components\/schemas\/(\w+)"/g)) {
      if (used.has(name)) continue;
      used.add(name);
      find(all[name]);
    }
  };
  find(value);
  return Object.fromEntries(Object.entries(all).filter(([name]) => used.has(name)));
};

const object = (
  properties: NonNullable<Schema['properties']>,
  required: string[] = Object.keys(properties),
): Schema => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
  additionalProperties: false,
});

/** A blank value deletes, whatever the rule. */
const writableSchema = ({ required, ...rule }: WritableWire): Schema =>
  required ? { ...textSchema(rule), not: BLANK } : { anyOf: [textSchema(rule), BLANK, { type: 'null' }] };

const BLANK: Schema = { type: 'string', pattern: '^\\s*$' };

const textSchema = ({ maxLength, values, pattern }: TextRuleWire): Schema => ({
  type: 'string',
  ...(values ? { enum: [...values] } : { maxLength, description: 'Characters are UTF-16 code units.' }),
  ...(pattern !== undefined && { pattern: `^(?:${pattern})$` }),
});

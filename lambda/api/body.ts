import {
  type ApiWire,
  MAX_CODE_LENGTH,
  OWN_METADATA,
  SELF_SERVICE,
  type WritableWire,
} from '../../lib/private/contracts/api';
import { checkValue } from '../../lib/private/seed-file/rules/values';
import { broken, meets } from '../rules/text-rule';
import { Problem, type ValueError, valueError } from './problem';

/** The new values; `''` deletes. */
export type Attributes = Readonly<Record<string, string>>;
export type Metadata = Readonly<Record<string, string>>;

export interface Change {
  readonly attributes: Attributes;
  readonly clientMetadata: Metadata;
}

/** Half a character, which JSON can hold and UTF-8 cannot. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** As many errors as an answer lists. */
const MAX_ERRORS = 20;

/**
 * A merge patch (RFC 7396) of the attributes, and the ClientMetadata that goes with it.
 *
 * @throws Problem with everything that is wrong: nothing is changed where a part cannot be
 */
export function readChange(definition: ApiWire, body: unknown, locale: string | undefined): Change {
  const { attributes = {}, clientMetadata = {} } = members(body, ['attributes', 'clientMetadata']);
  const wanted = Object.entries(map(attributes, 'attributes'));
  const errors = [
    ...wanted.flatMap(([name, value]) => checkAttribute(own(definition.writable, name), name, value)),
    ...checkMetadata(definition, clientMetadata),
  ];
  refuse(errors);
  return {
    attributes: Object.fromEntries(wanted.map(([name, value]) => [name, isBlank(value) ? '' : String(value)])),
    clientMetadata: withOwn(clientMetadata as Metadata, locale),
  };
}

/** @throws Problem where something but ClientMetadata is sent, or a key that is not declared */
export function readMetadata(definition: ApiWire, body: unknown, locale: string | undefined): Metadata {
  const { clientMetadata = {} } = members(body ?? {}, ['clientMetadata']);
  refuse(checkMetadata(definition, clientMetadata));
  return withOwn(clientMetadata as Metadata, locale);
}

/** @throws Problem where it is none that Cognito would look at */
export function readCode(body: unknown): string {
  const { code } = members(body, ['code']);
  // As Cognito's API has it: no white space.
  if (typeof code !== 'string' || !/^\S+$/.test(code) || code.length > MAX_CODE_LENGTH) {
    throw new Problem('malformed-request', 'The code has to be a text without white space.');
  }
  return code;
}

function members(body: unknown, known: readonly string[]): Record<string, unknown> {
  const found = map(body, 'the body');
  if (Object.keys(found).every((name) => known.includes(name))) return found;
  throw new Problem('malformed-request', `The body may have ${known.join(' and ')}, and nothing else.`);
}

function map(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Problem('malformed-request', `A JSON object is expected as ${what}.`);
}

/** White space alone deletes too: whether Cognito would store it is not documented. */
const isBlank = (value: unknown): boolean => value === null || (typeof value === 'string' && value.trim() === '');

function checkAttribute(rule: WritableWire | undefined, name: string, value: unknown): ValueError[] {
  const error = (code: ValueError['code'], detail?: string) => [valueError(code, 'attributes', name, detail)];
  if (!rule) return error('not-writable');
  if (isBlank(value)) return rule.required ? error('required') : [];
  if (typeof value !== 'string' || LONE_SURROGATE.test(value)) return error('not-a-text');
  const part = broken(rule, value);
  if (part === 'maxLength') return error('too-long', `At most ${rule.maxLength} characters are taken.`);
  if (part) return error(part === 'values' ? 'not-allowed' : 'pattern');
  return checkValue(name, value).length > 0 ? error('format') : [];
}

function checkMetadata({ metadata }: ApiWire, sent: unknown): ValueError[] {
  return Object.entries(map(sent, 'clientMetadata')).flatMap(([key, value]) => {
    const rule = own(metadata, key);
    if (!rule) return [valueError('unknown-metadata', 'clientMetadata', key)];
    const passes = typeof value === 'string' && !LONE_SURROGATE.test(value) && meets(rule, value);
    return passes ? [] : [valueError('metadata-refused', 'clientMetadata', key)];
  });
}

/** What the API says itself goes last: nobody who calls it can. */
const withOwn = (sent: Metadata, locale: string | undefined): Metadata => ({
  ...sent,
  ...(locale !== undefined && { [OWN_METADATA.locale]: locale }),
  [OWN_METADATA.source]: SELF_SERVICE,
});

function refuse(errors: readonly ValueError[]): void {
  if (errors.length === 0) return;
  throw new Problem('values-refused', undefined, errors.slice(0, MAX_ERRORS));
}

/** An own property; an inherited one (`constructor`) is nobody's attribute. */
const own = <T>(values: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(values, key) ? values[key] : undefined;

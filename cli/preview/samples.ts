/** The sample values of --samples: what they may be, and what they may not. */
import type { MessageIndexWire } from '../../lib/private/contracts/message';
import { meets } from '../../lambda/rules/text-rule';
import { CommandError } from './errors';
import { isRecord, type Json, own, readJson } from './json';

export interface Samples {
  readonly userName?: string;
  readonly userAttributes: Readonly<Record<string, string>>;
  readonly clientMetadata: Readonly<Record<string, string>>;
}

export const NO_SAMPLES: Samples = { userAttributes: {}, clientMetadata: {} };

const SHAPE = '{ "userName": "…", "userAttributes": { "given_name": "…" }, "clientMetadata": { "campaign": "…" } }';

export function readSamples(file: string, indexes: readonly MessageIndexWire[]): Samples {
  const content = readJson(file, `write ${SHAPE}`);
  for (const key of Object.keys(content)) {
    if (!['userName', 'userAttributes', 'clientMetadata'].includes(key)) {
      throw new CommandError(`${file}: ${key} is none of userName, userAttributes and clientMetadata: write ${SHAPE}`);
    }
  }
  const { userName } = content;
  if (userName !== undefined && (typeof userName !== 'string' || userName === '')) {
    throw new CommandError(`${file}: userName must be a text of at least one character`);
  }
  const samples = {
    userName,
    userAttributes: textsOf(file, content, 'userAttributes'),
    clientMetadata: textsOf(file, content, 'clientMetadata'),
  };
  refuseLocale(file, samples, indexes);
  for (const [key, value] of Object.entries(samples.clientMetadata)) checkMetadata(file, key, value, indexes);
  return samples;
}

function textsOf(file: string, content: Json, name: string): Record<string, string> {
  const texts = content[name] ?? {};
  if (!isRecord(texts)) throw new CommandError(`${file}: ${name} must be an object of texts, as in ${SHAPE}`);
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value !== 'string') {
      throw new CommandError(
        `${file}: ${name}.${key} must be a text: Cognito hands over nothing else; put it in quotes`,
      );
    }
  }
  return texts as Record<string, string>;
}

/** The locale is what the gallery goes through. */
function refuseLocale(file: string, { userAttributes, clientMetadata }: Samples, indexes: readonly MessageIndexWire[]) {
  const key = indexes.map(({ localeKey }) => localeKey).find((name) => name && Object.hasOwn(clientMetadata, name));
  const named = Object.hasOwn(userAttributes, 'locale') ? 'userAttributes.locale' : key && `clientMetadata.${key}`;
  if (named) throw new CommandError(`${file}: leave ${named} out: the gallery shows every locale that has a text`);
}

function checkMetadata(file: string, key: string, value: string, indexes: readonly MessageIndexWire[]): void {
  const rules = indexes.map(({ metadata }) => own(metadata, key)).filter((rule) => rule !== undefined);
  if (rules.length === 0) {
    const declared = [...new Set(indexes.flatMap(({ metadata }) => Object.keys(metadata)))].sort();
    const remedy = declared.length > 0 ? `declared are ${declared.join(', ')}` : 'none is declared';
    throw new CommandError(
      `${file}: no trigger declares the ClientMetadata ${key}, so no message can hold it (${remedy})`,
    );
  }
  if (rules.some((rule) => meets(rule, value))) return;
  const [{ maxLength, values, pattern }] = rules;
  const rule = values
    ? `one of ${values.join(', ')}`
    : `1 to ${maxLength} characters${pattern === undefined ? '' : ` that match ${pattern}`}`;
  throw new CommandError(`${file}: the trigger does not see this clientMetadata.${key}: it must be ${rule}`);
}

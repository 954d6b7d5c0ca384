import { Token } from 'aws-cdk-lib';
import type { MessageCondition } from '../../../message-condition';
import type { MetadataKey } from '../../../metadata-key';
import { MAX_VALUE_LENGTH } from '../../contracts/message';
import { isReservedKey, RESERVED } from '../../reserved-keys';
import { checkRule } from '../../text-rule';
import { conditionsOf } from '../declared';

/** All that is wrong with the declared keys of ClientMetadata. */
export function checkMetadata(keys: readonly MetadataKey[]): string[] {
  const names = keys.map(({ _name }) => _name);
  return [
    ...[...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map(
      (name) => `metadata '${name}' is declared twice: leave one out`,
    ),
    ...keys.flatMap((key) => checkKey(key).map((finding) => `metadata '${key._name}': ${finding}`)),
  ];
}

function checkKey(key: MetadataKey): string[] {
  const { _name: name } = key;
  if (typeof name !== 'string' || Token.isUnresolved(name))
    return ['the name is no string known at synthesis: write it out'];
  return [
    ...(isReservedKey(name) ? [`${RESERVED}: choose another key`] : []),
    ...(name.length >= 1 && name.length <= 128
      ? []
      : [`the name has ${name.length} characters, and 1 to 128 are allowed: choose another key`]),
    ...checkRule(key, MAX_VALUE_LENGTH),
  ];
}

/** All that is wrong with the ClientMetadata that a variant is for. */
export function checkVariant(condition: MessageCondition, keys: readonly MetadataKey[]): string[] {
  if (Object.keys(conditionsOf(condition)).length > 0) return checkCondition(condition, keys);
  return ['is for whatever ClientMetadata arrives, as the folder around it is: name a key in when or whenOneOf'];
}

/** All that is wrong with the ClientMetadata that a template asks for. */
export function checkCondition(condition: MessageCondition, keys: readonly MetadataKey[]): string[] {
  const both = Object.keys(condition.when ?? {}).filter((key) => Object.hasOwn(condition.whenOneOf ?? {}, key));
  return [
    ...both.map((key) => `'${key}' is named in when and in whenOneOf: name it in one of them`),
    ...Object.entries(conditionsOf(condition)).flatMap(([key, values]) => {
      const declared = keys.find(({ _name }) => _name === key);
      if (!declared) return [`when '${key}' is not declared: add MetadataKey.of('${key}') to the trigger's metadata`];
      if (isUnknownList(condition.whenOneOf?.[key])) {
        return [`when '${key}' is no list of strings known at synthesis: write them out, or leave the key out`];
      }
      if (values.length === 0) {
        return [`when '${key}' has no values, so it is never met: name one, or leave the key out`];
      }
      return values.flatMap((value) => checkWanted(key, value, declared));
    }),
  ];
}

const isUnknownList = (values: unknown): boolean =>
  values !== undefined && (!Array.isArray(values) || Token.isUnresolved(values));

function checkWanted(key: string, value: unknown, { _maxLength, _pattern, _values }: MetadataKey): string[] {
  if (typeof value !== 'string' || Token.isUnresolved(value)) {
    return [
      `when '${key}' is not a string known at synthesis, as all ClientMetadata is one: write it out, or leave the key out`,
    ];
  }
  const never = (rule: string): string[] => [
    `when '${key}' is '${value}', which the key's ${rule} never lets through: correct the one or the other`,
  ];
  if (value.length > _maxLength) return never('maxLength');
  if (_values && !_values.includes(value)) return never('list of values');
  try {
    return _pattern === undefined || new RegExp(`^(?:${_pattern})$`, 'u').test(value) ? [] : never('pattern');
  } catch {
    return []; // reported with the key
  }
}

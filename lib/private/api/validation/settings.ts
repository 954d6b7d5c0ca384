import { Token } from 'aws-cdk-lib';
import type { MetadataKey } from '../../../metadata-key';
import type { UserAttributesEndpoint } from '../../../user-attributes-endpoint';
import type { UserAttributesRates } from '../../../user-attributes-rates';
import { OWN_METADATA } from '../../contracts/api';
import type { Finding } from '../../finding';
import { checkMetadata } from '../../message/validation/metadata';

const SEGMENTS = /^(\/[\w.~-]+)+$/;
const SECURE = /^https:\/\/[^\s/*?#@]+$/;
const LOCAL = /^http:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?$/;

/** All that is wrong with where the API is found. */
export const checkEndpoint = ({ _path: path, _allowOrigins: origins }: UserAttributesEndpoint): Finding[] => [
  ...(Token.isUnresolved(path) || !SEGMENTS.test(path)
    ? [
        {
          rule: `the path '${path}' must be segments of letters and digits, each after a slash`,
          remedy: "declare one such as '/account'",
        },
      ]
    : []),
  ...origins
    .filter((origin) => !Token.isUnresolved(origin) && !SECURE.test(origin) && !LOCAL.test(origin))
    .map((origin) => ({
      rule: `'${origin}' is no origin whose pages may be trusted`,
      remedy: 'declare scheme and host alone, such as https://app.example.com; http is for localhost and 127.0.0.1',
    })),
];

export const checkRates = (rates: UserAttributesRates = {}): Finding[] =>
  Object.entries(rates)
    .filter(([, rate]) => rate !== undefined && !Token.isUnresolved(rate))
    .filter(([, rate]) => !(typeof rate === 'number' && rate > 0 && rate <= 10_000))
    .map(([name]) => ({
      rule: `rates.${name} must be from above 0 to 10,000 a second`,
      remedy: 'declare a number of requests',
    }));

/** All that is wrong with the ClientMetadata that a caller may send. */
export const checkSentMetadata = (keys: readonly MetadataKey[]): string[] => [
  ...checkMetadata(keys),
  ...keys
    .filter(({ _name }) => Object.values<string>(OWN_METADATA).includes(_name))
    .map(({ _name }) => `metadata '${_name}': the API sets it itself, and no caller may: leave it out`),
];

import { Token } from 'aws-cdk-lib';
import type { MetadataKey } from '../../../metadata-key';
import type { UserAttributesEndpoint } from '../../../user-attributes-endpoint';
import type { UserAttributesRates } from '../../../user-attributes-rates';
import { OWN_METADATA } from '../../contracts/api';
import { type Finding, quoted } from '../../finding';
import { checkMetadata } from '../../message/validation/metadata';
import { DEFAULT_RATES } from '../rates';

const SEGMENTS = /^(\/[\w.~-]+)+$/;
const LOCAL = /^http:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?$/;

/** Whether routes can stand below a path. */
export const isPath = (path: unknown): path is string =>
  typeof path === 'string' && !Token.isUnresolved(path) && SEGMENTS.test(path);

/** All that is wrong with where the API is found. */
export const checkEndpoint = (endpoint: UserAttributesEndpoint): Finding[] => [
  ...(isPath(endpoint._path)
    ? []
    : [
        {
          rule: `the path ${quoted(String(endpoint._path))} must be segments of letters and digits, each after a slash`,
          remedy: "declare one such as '/account'",
        },
      ]),
  ...checkOrigins(endpoint._allowOrigins),
];

const checkOrigins = (origins: readonly string[]): Finding[] => {
  if (Token.isUnresolved(origins)) return [];
  return Array.isArray(origins)
    ? origins.filter((origin) => !isOrigin(origin)).map(untrusted)
    : [{ rule: 'allowOrigins is no list', remedy: "list origins such as 'https://app.example.com'" }];
};

const untrusted = (origin: string): Finding => ({
  rule: `${quoted(String(origin))} is no origin whose pages may be trusted`,
  remedy:
    'declare scheme and host alone, as browsers write them, such as https://app.example.com; http is for localhost and 127.0.0.1',
});

/** An origin as browsers send it: anything else lets nobody in, or too many. */
const isOrigin = (origin: unknown): boolean => {
  if (Token.isUnresolved(origin)) return true;
  if (typeof origin !== 'string' || origin.includes('*')) return false;
  return (
    LOCAL.test(origin) || (origin.startsWith('https://') && URL.canParse(origin) && new URL(origin).origin === origin)
  );
};

export const checkRates = (rates: UserAttributesRates): Finding[] =>
  Object.entries(rates)
    .filter(([, rate]) => rate !== undefined)
    .flatMap(([name, rate]) => {
      if (!Object.hasOwn(DEFAULT_RATES, name)) {
        return [{ rule: `rates.${name} is unknown`, remedy: `declare ${Object.keys(DEFAULT_RATES).join(', ')}` }];
      }
      const isRate = Token.isUnresolved(rate) || (typeof rate === 'number' && rate > 0 && rate <= 10_000);
      return isRate
        ? []
        : [
            {
              rule: `rates.${name} must be from above 0 to 10,000 a second`,
              remedy: 'declare a number of requests',
            },
          ];
    });

/** All that is wrong with the ClientMetadata that a caller may send. */
export const checkSentMetadata = (keys: readonly MetadataKey[]): string[] => [
  ...checkMetadata(keys),
  ...keys
    .filter(({ _name }) => Object.values<string>(OWN_METADATA).includes(_name))
    .map(({ _name }) => `metadata '${_name}': the API sets it itself, and no caller may: leave it out`),
];

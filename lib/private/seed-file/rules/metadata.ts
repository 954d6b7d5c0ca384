import type { Problem } from './problem';
import { isReservedKey, RESERVED } from '../../reserved-keys';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateUserAttributes.html */
const LONGEST = 131_072;

/** @param isToken tells whether a key or value is known only at deployment */
export const checkMetadata = (metadata: unknown, isToken: (value: unknown) => boolean = () => false): Problem[] => {
  if (metadata === undefined || isToken(metadata)) return [];
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    return [{ rule: 'clientMetadata must be a map of texts', remedy: 'declare texts by key' }];
  }
  return Object.entries(metadata).flatMap(([key, value]) => {
    if (isToken(key)) {
      return [{ rule: 'a key of clientMetadata cannot be a token', remedy: 'values may be tokens; write the key out' }];
    }
    if (isReservedKey(key)) return [{ rule: `clientMetadata '${key}': ${RESERVED}`, remedy: 'choose another key' }];
    if (isToken(value)) return [];
    if (typeof value !== 'string') {
      return [{ rule: `clientMetadata '${key}' must be a text`, remedy: 'declare a text or a token' }];
    }
    return key.length < 1 || Math.max(key.length, value.length) > LONGEST
      ? [
          {
            rule: `a key of clientMetadata holds 1 to ${LONGEST} characters, and a value no more`,
            remedy: 'shorten it',
          },
        ]
      : [];
  });
};

import { Token } from 'aws-cdk-lib';
import type { Problem } from './finding';
import { isReservedKey, RESERVED } from '../../reserved-keys';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateUserAttributes.html */
const LONGEST = 131_072;

export const checkMetadata = (metadata: unknown): Problem[] => {
  if (metadata === undefined || Token.isUnresolved(metadata)) return [];
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    return [{ rule: 'clientMetadata must be a map of texts', remedy: 'declare texts by key' }];
  }
  return Object.entries(metadata).flatMap(([key, value]) => {
    if (Token.isUnresolved(key)) {
      return [{ rule: 'a key of clientMetadata cannot be a token', remedy: 'values may be tokens; write the key out' }];
    }
    if (isReservedKey(key)) return [{ rule: `clientMetadata '${key}': ${RESERVED}`, remedy: 'choose another key' }];
    if (Token.isUnresolved(value)) return [];
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

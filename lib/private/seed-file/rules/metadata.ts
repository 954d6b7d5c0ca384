import type { Problem } from './problem';
import { isReservedKey, RESERVED } from '../../reserved-keys';

/** How a map of texts is called, and what it may hold. */
export interface MapOfTexts {
  readonly name: string;
  readonly longestKey: number;
  readonly longestValue: number;
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateUserAttributes.html */
export const CLIENT_METADATA: MapOfTexts = {
  name: 'clientMetadata',
  longestKey: 131_072,
  longestValue: 131_072,
};

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AttributeType.html */
export const VALIDATION_DATA: MapOfTexts = { name: 'validationData', longestKey: 32, longestValue: 2048 };

/** @param isToken tells whether a key or value is known only at deployment */
export const checkMetadata = (
  metadata: unknown,
  isToken: (value: unknown) => boolean = () => false,
  { name, longestKey, longestValue }: MapOfTexts = CLIENT_METADATA,
): Problem[] => {
  if (metadata === undefined || isToken(metadata)) return [];
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) {
    return [{ rule: `${name} must be a map of texts`, remedy: 'declare texts by key' }];
  }
  return Object.entries(metadata).flatMap(([key, value]) => {
    if (isToken(key)) {
      return [{ rule: `a key of ${name} cannot be a token`, remedy: 'values may be tokens; write the key out' }];
    }
    if (isReservedKey(key)) return [{ rule: `${name} '${key}': ${RESERVED}`, remedy: 'choose another key' }];
    if (isToken(value)) return [];
    if (typeof value !== 'string') {
      return [{ rule: `${name} '${key}' must be a text`, remedy: 'declare a text or a token' }];
    }
    return key.length < 1 || key.length > longestKey || value.length > longestValue
      ? [
          {
            rule: `a key of ${name} holds 1 to ${longestKey} characters, and a value ${longestValue === longestKey ? 'no more' : `at most ${longestValue}`}`,
            remedy: 'shorten it',
          },
        ]
      : [];
  });
};

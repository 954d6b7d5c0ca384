import type { UserAttributes } from '../../../user-attributes';
import { UserSelector } from '../../../user-selector';
import { isRecord } from '../../record';
import { declaredAttributes } from '../declared-attributes';
import { checkRule } from '../validation/existing';
import { type BindSource, NO_PASSWORDS } from './bound-source';

/** What the users whom the pool has already are to have. */
export const existingUsersSource =
  (users: UserSelector, attributes: UserAttributes): BindSource =>
  (_, { verification }) => {
    const selector = users instanceof UserSelector ? users._selector : undefined;
    return {
      source: {
        kind: 'existing',
        existing: {
          selector: selector ?? { kind: 'all' },
          attributes: isRecord(attributes) ? declaredAttributes(attributes, verification) : {},
        },
      },
      // All of them, since the step from or to another source looks at the whole pool.
      actions: ['cognito-idp:ListUsers', 'cognito-idp:ListUsersInGroup', 'cognito-idp:DescribeUserPool'],
      statements: [],
      users: [],
      passwords: NO_PASSWORDS,
      findings: (rules) => checkRule(selector, attributes, rules),
      contacts: () => new Set(),
      hasClientMetadata: () => false,
    };
  };

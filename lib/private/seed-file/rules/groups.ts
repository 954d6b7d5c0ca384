import type { Problem } from './problem';

/** https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html */
const MOST_GROUPS = 100;

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GroupType.html */
export const checkGroupName = (name: unknown): Problem[] =>
  typeof name === 'string' && /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u.test(name)
    ? []
    : [
        {
          rule: 'the name of a group holds 1 to 128 letters, marks, symbols, numbers and punctuation marks, and no blanks',
          remedy: 'correct the name',
        },
      ];

/** @param isToken tells whether a value is known only at deployment */
export const checkGroups = (groups: unknown, isToken: (value: unknown) => boolean = () => false): Problem[] => {
  if (groups === undefined) return [];
  if (isToken(groups)) {
    return [{ rule: 'groups must be a list that is known at synth', remedy: 'the names in it may be tokens' }];
  }
  if (!Array.isArray(groups))
    return [{ rule: 'groups must be a list of names', remedy: 'declare the names in a list' }];
  return [
    ...groups.flatMap((name) => (isToken(name) ? [] : checkGroupName(name))).slice(0, 1),
    ...(new Set(groups).size < groups.length
      ? [{ rule: 'a group is named more than once', remedy: 'name each group once' }]
      : []),
    ...(groups.length > MOST_GROUPS
      ? [
          {
            rule: `a user can be in at most ${MOST_GROUPS} groups, and ${groups.length} are declared`,
            remedy: 'declare fewer',
          },
        ]
      : []),
  ];
};

import type { Problem } from './problem';

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateUserAttributes.html */
export const checkUsername = (username: unknown): Problem[] =>
  typeof username === 'string' && /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u.test(username)
    ? []
    : [
        {
          rule: 'a username holds 1 to 128 letters, marks, symbols, numbers and punctuation marks, and no blanks',
          remedy: 'correct the username',
        },
      ];

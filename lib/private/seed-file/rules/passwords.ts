import type { Problem } from './problem';

/** Whether a column or key is meant for a password. Custom attributes may be called anything. */
export const isForPassword = (name: string): boolean =>
  !/^(custom|dev|developer)[:.]/.test(name) && /pass.?(word|wd|phrase)|pwd|secret/i.test(name);

export const PASSWORD_IN_FILE: Problem = {
  rule: 'passwords never stand in files',
  remedy:
    'remove it, and declare missingUsers: MissingUsers.create({ password: … }), or declare the user inline with UserPassword.generated()',
};

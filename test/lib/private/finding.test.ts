import { type Finding, inWords } from '../../../lib/private/finding';

const RULE = { rule: 'rule', remedy: 'remedy' };

test.each<[string, Partial<Finding>]>([
  ['rule; remedy', {}],
  ["attribute 'email': rule; remedy", { attribute: 'email' }],
  ["user 'ann', attribute 'email': rule; remedy", { user: 'ann', attribute: 'email' }],
  ['users.csv: rule; remedy', { file: 'users.csv' }],
  ["users.csv line 3, attribute 'email': rule; remedy", { file: 'users.csv', line: 3, attribute: 'email' }],
  ['users.csv line 3 and 1,200 more: rule; remedy', { file: 'users.csv', line: 3, alike: 1200 }],
  ["attribute 'a\\u000ab\\u200bc': rule; remedy", { attribute: 'a\nb\u200bc' }],
  ["attribute '': rule; remedy", { attribute: '' }],
])('%s', (words, finding) => expect(inWords({ ...RULE, ...finding })).toBe(words));

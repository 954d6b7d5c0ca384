import { newUserComplaints, type NewUserRules } from '../../../cli/seed/pool/new-users';
import type { Medium } from '../../../lib/private/contracts/seed-creation';

const ANY: NewUserRules = { required: [], signIn: [], aliases: [] };
const BY_ADDRESS = { ...ANY, signIn: ['email', 'phone_number'] };
const MAIL = { email: 'ann@example.com' };

test.each<[string, string, Record<string, string>, readonly Medium[], NewUserRules]>([
  ['who has all that is asked for', 'ann', MAIL, ['EMAIL'], { ...ANY, required: ['email'] }],
  ['who is called by what they sign in with', 'ann@example.com', {}, ['EMAIL'], { ...BY_ADDRESS, required: ['email'] }],
  ['or by their number', '+491701234567', {}, ['SMS'], BY_ADDRESS],
  ['a name beside aliases', 'ann', {}, [], { ...ANY, aliases: ['email', 'phone_number', 'preferred_username'] }],
])('Cognito has nothing against %s', (_, username, attributes, invitation, rules) => {
  expect(newUserComplaints(username, attributes, invitation, rules)).toEqual([]);
});

test.each<[string, string, readonly Medium[], NewUserRules, string | undefined, RegExp]>([
  ['a required attribute', 'ann', [], { ...ANY, required: ['name'] }, 'name', /^the pool requires it of new users$/],
  ['an invitation’s address', 'ann', ['SMS'], ANY, 'phone_number', /^the invitation goes to it/],
  ['a required address, once', 'ann', ['EMAIL'], { ...ANY, required: ['email'] }, 'email', /^the pool requires it/],
  ['the other address', '+491701234567', ['EMAIL'], BY_ADDRESS, 'email', /^the invitation goes to it/],
  ['a name to sign in with', 'ann', [], BY_ADDRESS, undefined, /sign in by their e-mail address or phone number/],
  [
    'a name that is no alias',
    'ann@example.com',
    [],
    { ...ANY, aliases: ['email'] },
    undefined,
    /does not take a new user's e-mail address for the username/,
  ],
])('what is missed: %s', (_, username, invitation, rules, attribute, complaint) => {
  const complaints = newUserComplaints(username, {}, invitation, rules);
  expect(complaints).toEqual([{ attribute, complaint: expect.stringMatching(complaint) }]);
});

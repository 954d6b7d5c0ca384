import { Token } from 'aws-cdk-lib';
import { SeedSource, type UserAttributes, UserSelector } from '../../../../../lib';
import { inWords } from '../../../../../lib/private/finding';

const RULES = { caseSensitive: true, aliases: [], mayDelete: false, kept: [] };
const LOCALE = { locale: 'de' };

const findings = (selector: UserSelector, attributes: UserAttributes = LOCALE) =>
  SeedSource.existingUsers(selector, attributes)._bind(undefined as never, {}).findings(RULES).map(inWords); // prettier-ignore

test.each([
  'given_name = "Ann"',
  'given_name="Ann"',
  'email ^= "ann@"',
  'phone_number ^= "+43"',
  'name = "say \\"hi\\""',
  'username = ""',
  'cognito:user_status = "CONFIRMED"',
  '"family_name" = "Smith"',
  ' status = "Enabled" ',
  'sub ^= "0"',
  Token.asString({ Ref: 'Filter' }),
])('the filter %s is one', (filter) => expect(findings(UserSelector.filter(filter))).toEqual([]));

const GRAMMAR =
  'the filter is none that ListUsers knows; write an attribute, = (is) or ^= (begins with), and a value in quotation marks: given_name = "Ann"';
test.each([
  '', 'Ann', 'given_name', 'given_name = Ann', "given_name = 'Ann'", 'given_name == "Ann"', 'given_name != "Ann"', 'given_name $= "n"',
  'given_name = "Ann', 'given_name = "A"nn"', 'given_name = "Ann" and family_name = "Smith"', undefined, null, 5,
] as string[])('the filter %j is none', (filter) => expect(findings(UserSelector.filter(filter))).toEqual([GRAMMAR])); // prettier-ignore

test.each(['custom:plan', 'locale', 'nickname', 'email_verified', 'Given_Name', 'enabled'])(
  'ListUsers does not search %s',
  (name) =>
    expect(findings(UserSelector.filter(`${name} = "x"`), { profilePage: 'x' })).toEqual([
      'ListUsers does not search this attribute, and no custom attribute; filter by username, email, phone_number, name, given_name, family_name, preferred_username, cognito:user_status, status, sub, or put the users into a group',
    ]),
);

test('a filter holds 256 characters', () => {
  expect(findings(UserSelector.filter(`name = "${'x'.repeat(248)}"`))).toEqual([
    'a filter holds at most 256 characters, this one 257; shorten it',
  ]);
});

test.each(['', 'a group', 'x'.repeat(129), 'line\nbreak', undefined, 5] as string[])('no group is called %j', (name) =>
  expect(findings(UserSelector.inGroup(name))).toEqual([
    'the name of a group holds 1 to 128 letters, marks, symbols, numbers and punctuation marks, and no blanks; correct the name',
  ]),
);

test.each<[string, UserAttributes, string[]]>([
  ['no attribute', {}, ['no attribute is declared; declare one, or remove the user']],
  [
    'an address',
    { email: 'SECRET@example.com', emailVerified: true },
    [
      "attribute 'email': it is a user's own, and a rule would give all users the same; leave it out, and declare it of each user",
    ],
  ],
  [
    'a sign-in name',
    { preferredUsername: 'SECRET' },
    [
      "attribute 'preferred_username': it is a user's own, and a rule would give all users the same; leave it out, and declare it of each user",
    ],
  ],
  ['no map', 'SECRET' as never, ['attributes must be a map; declare them by name']],
  ['a wrong value', { birthdate: 'SECRET' }, [expect.stringMatching(/^attribute 'birthdate': must be a day/)]],
])('%s is refused', (_, attributes, expected) => {
  expect(findings(UserSelector.all(), attributes)).toEqual(expected);
});

test.each<[string, UserAttributes, boolean]>([
  ['given_name = "Ann"', { givenName: 'Anna' }, true],
  ['given_name = "Ann"', { givenName: '' }, true],
  ['given_name ^= "Ann"', { givenName: 'Ben' }, true],
  ['given_name = "Ann"', { givenName: 'Ann' }, false],
  ['given_name ^= "Ann"', { givenName: 'Anna' }, false],
  ['given_name = "Ann"', { givenName: Token.asString({ Ref: 'Name' }) }, false],
  ['given_name = "Ann"', { familyName: 'Smith' }, false],
])('whom %s finds is found again with %j: refused is %p', (filter, attributes, isRefused) => {
  expect(findings(UserSelector.filter(filter), attributes)).toEqual(
    isRefused
      ? [
          "attribute 'given_name': the filter selects users by it and the rule changes it, so that they are not found again; select them by another attribute, or by a group",
        ]
      : [],
  );
});

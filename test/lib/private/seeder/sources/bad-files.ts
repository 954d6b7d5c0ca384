import { RemovalPolicy } from 'aws-cdk-lib';
import { gzipSync } from 'node:zlib';
import { ContactVerification, type UserAttributesSeederProps } from '../../../../../lib';

/** A file with mistakes, and all that is said of them. */
export interface BadFile {
  readonly title: string;
  readonly file: string;
  /** Undefined where there is none. */
  readonly text: string | Buffer | undefined;
  readonly props?: Partial<UserAttributesSeederProps>;
  readonly findings: readonly string[];
  /** Must not stand in the findings. */
  readonly secret?: string;
}

const SECRET = 'SECRET';

const csv = (
  title: string,
  text: string | Buffer | undefined,
  findings: readonly string[],
  props?: BadFile['props'],
): BadFile => ({ title, file: 'users.csv', text, findings, secret: SECRET, ...(props && { props }) });

const jsonl = (title: string, text: string, findings: readonly string[], props?: BadFile['props']): BadFile => ({
  ...csv(title, text, findings, props),
  file: 'users.jsonl',
});

/**
 * The pool has custom:tenant (String, mutable, 2-10 characters), custom:plan (String, immutable), required and mutable email,
 * immutable familyName, does not tell upper from lower case, and lets users sign in by e-mail address.
 */
export const badFiles: readonly BadFile[] = [
  // the file as a whole
  csv('that is not there', undefined, [
    'users.csv: it cannot be read (ENOENT); pass the path of a file, relative to the directory of the synthesis',
  ]),
  csv('that is empty', '', ['users.csv: the file is empty; write a header line, and a line for each user']),
  csv('of empty lines', '\n\r\n\n', ['users.csv: the file is empty; write a header line, and a line for each user']),
  csv('of a header alone', 'username,nickname\n', [
    'users.csv line 1: no user follows the header; add a line for each user, or remove the seeder',
  ]),
  csv('of a header and rows without any value', 'username,nickname\n,\n,\n', [
    'users.csv line 1: no user follows the header; add a line for each user, or remove the seeder',
  ]),
  csv('in Latin 1', Buffer.from('username,nickname\nann,x\nben,SECR\xc9T\n', 'latin1'), [
    "users.csv line 3: the line is not UTF-8, and the rest of the file has not been read; save the file as UTF-8 (a spreadsheet's 'CSV UTF-8')",
  ]),
  csv('in UTF-16', Buffer.from('\ufeffusername,nickname\nann,x\n', 'utf16le'), [
    "users.csv line 1: the line is not UTF-8, and the rest of the file has not been read; save the file as UTF-8 (a spreadsheet's 'CSV UTF-8')",
  ]),
  csv('with NUL bytes', 'username,nickname\nann,SECRET\nben,SE\0CRET\n', [
    "users.csv line 3: the line holds a NUL byte, and the rest of the file has not been read; save the file as UTF-8 (a spreadsheet's 'CSV UTF-8')",
  ]),
  csv('that is half a gzip file', gzipSync('username,nickname\nann,SECRET\n').subarray(0, 30), [
    'users.csv: it begins as gzip and cannot be unpacked; compress it again',
  ]),

  // the header
  csv('without a header', 'ann,SECRET\nben,SECRET\n', [
    'users.csv line 1: no column of the header names the user; begin the file with a header line, and name the column of usernames username or cognito:username',
  ]),
  csv(
    'with unknown columns',
    'username,given name,E-Mail,surname,tenant,sub,updated_at\nann,,,,,,\nben,a,b,c,d,e,1\n',
    [
      "users.csv line 1, attribute 'given name': there is no standard attribute of this name; if it is a custom attribute, name the column custom:<name>",
      "users.csv line 1, attribute 'E-Mail': there is no standard attribute of this name; if it is a custom attribute, name the column custom:<name>",
      "users.csv line 1, attribute 'surname': there is no standard attribute of this name; if it is a custom attribute, name the column custom:<name>",
      "users.csv line 1, attribute 'tenant': there is no standard attribute of this name; if it is a custom attribute, name the column custom:<name>",
      "users.csv line 1, attribute 'sub': Cognito sets it and nobody can change it; leave the column out",
    ],
  ),
  csv('with columns in other words', 'username,GivenName,phonenumber\nann,x,y\n', [
    "users.csv line 1, attribute 'GivenName': there is no standard attribute of this name; name the column given_name",
    "users.csv line 1, attribute 'phonenumber': there is no standard attribute of this name; name the column phone_number",
  ]),
  csv('with a column twice', 'username,nickname,custom.tenant,nickname,custom:tenant\nann,a,bb,c,dd\n', [
    "users.csv line 1, attribute 'nickname': two columns hold it; keep one of the two",
    "users.csv line 1, attribute 'custom:tenant': two columns hold it; keep one of the two",
  ]),
  csv('with a column under both of its names', 'username,given_name,givenName\nann,a,b\n', [
    "users.csv line 1, attribute 'given_name': two columns hold it; keep one of the two",
  ]),
  csv('with two columns of usernames', 'username,cognito:username,nickname\nann,ann,a\n', [
    'users.csv line 1: two columns name the user; keep one of the two',
  ]),
  csv('with a column without a name', 'username,,nickname\nann,SECRET,a\n', [
    'users.csv line 1: column 2 has no name; name it, or remove it',
  ]),
  csv('without attributes', 'username,cognito:mfa_enabled\nann,false\n', [
    'users.csv line 1: no column names an attribute; add a column, such as given_name or custom:plan',
  ]),
  csv(
    'with a name that no attribute can have',
    'username,custom:a b,custom:abcdefghijklmnopqrstu\nann,x,y\nben,x,y\n',
    [
      "users.csv line 1, attribute 'custom:a b': a name holds letters, marks, symbols, numbers and punctuation; remove blanks and control characters",
      "users.csv line 1, attribute 'custom:abcdefghijklmnopqrstu': a name holds 1 to 20 characters after 'custom:', this one 21; correct the name",
    ],
  ),

  // rows
  csv('with ragged rows', 'username,nickname\nann\nben,"SECRET\nx",SECRET\ncy,c\n', [
    'users.csv line 2: the row has 1 cell, and the header 2; write one cell for each column, and put a value that holds a comma into quotation marks',
    'users.csv line 3: the row has 3 cells, and the header 2; write one cell for each column, and put a value that holds a comma into quotation marks',
  ]),
  csv('with semicolons and ragged rows', 'username;nickname\nann;SECRET;b\n', [
    'users.csv line 2: the row has 3 cells, and the header 2; write one cell for each column, and put a value that holds a semicolon into quotation marks',
  ]),
  csv('for the import, with a comma in a value', 'cognito:username,nickname\nann,SECRET, b\n', [
    'users.csv line 2: the row has 3 cells, and the header 2; write one cell for each column, and a backslash before a comma in a value',
  ]),
  csv('for the import, with quotation marks', 'cognito:username,nickname\nann,"SECRET"\n"ben",SECRET\n', [
    "users.csv line 2, attribute 'nickname': the value stands in quotation marks, which Cognito's import does not know; remove them, and put a backslash before a comma; or name the column of users username, for a file that is not Cognito's import file",
    'users.csv line 3: a username holds 1 to 128 letters, marks, symbols, numbers and punctuation marks, and no blanks; correct the username',
    "users.csv line 3: the value stands in quotation marks, which Cognito's import does not know; remove them, and put a backslash before a comma; or name the column of users username, for a file that is not Cognito's import file",
  ]),
  csv('with a quotation mark that does not close', 'username,nickname\nann,a\nben,"SECRET\ncy,c\ndi,d\n', [
    'users.csv line 3: a quotation mark opens in the row that begins here and does not close before the end of the file; close it; double a quotation mark that belongs to a value in quotation marks',
  ]),
  csv('with text behind quotation marks', 'username,nickname\nann,"SEC"RET\nben,"SECRET\ncy,"c"\ndi,d\n', [
    'users.csv line 2: text stands between a closing quotation mark and the end of the cell; double a quotation mark that belongs to a value in quotation marks, and close those that are open',
    'users.csv line 3: text stands between a closing quotation mark and the end of the cell; double a quotation mark that belongs to a value in quotation marks, and close those that are open',
  ]),
  csv('with a row that has no end', `username,nickname\nann,"${`${SECRET}\n`.repeat(40_000)}`, [
    'users.csv line 2: the row that begins here is longer than 262144 bytes, and the rest of the file has not been read; shorten it, or close the quotation mark that opens in it',
  ]),
  csv('with usernames that are none', 'username,nickname\n,SECRET\nann smith,a\n', [
    'users.csv line 2: a username holds 1 to 128 letters, marks, symbols, numbers and punctuation marks, and no blanks; correct the username',
    'users.csv line 3: a username holds 1 to 128 letters, marks, symbols, numbers and punctuation marks, and no blanks; correct the username',
  ]),
  csv('with a user twice', 'username,nickname\nben,b\nann,a\nben,c\n', [
    'users.csv line 4: the user is declared on line 2 already (the pool does not tell upper from lower case); put all attributes into one row',
  ]),
  csv('with a user in two cases', 'username,nickname\nBen,b\nann,a\nben,c\nBEN,d\n', [
    'users.csv line 4: the user is declared on line 2 already (the pool does not tell upper from lower case); put all attributes into one row',
    'users.csv line 5: the user is declared on line 2 already (the pool does not tell upper from lower case); put all attributes into one row',
  ]),

  // values
  csv('with values of other formats', 'username,phone_number,birthdate,locale,updated_at,email_verified\n\nann,SECRET1234,,,,\nben,,31.1.2000,German,now,yes\n', [
    "users.csv line 3, attribute 'phone_number': must be E.164 (+ and 1-15 digits), got 10 characters without '+'; write the number with '+' and the country code, without blanks or other signs",
    "users.csv line 4, attribute 'birthdate': must be a day as YYYY-MM-DD, got 9 characters; write it with leading zeros; the year '0000' leaves the year out",
    "users.csv line 4, attribute 'locale': must be a language tag (BCP 47); write a language and, where wanted, a region: 'de', 'de-AT'",
    "users.csv line 4, attribute 'updated_at': must be a number of seconds since 1970; write digits alone",
    "users.csv line 4, attribute 'email_verified': must be 'true' or 'false'; declare true or false",
  ]), // prettier-ignore
  csv('with values that are too long, or blanks', `username,nickname\nann,${SECRET.repeat(400)}\nben,"  "\n`, [
    "users.csv line 2, attribute 'nickname': a value holds at most 2048 characters, this one 2400; shorten it",
    "users.csv line 3, attribute 'nickname': a value of white space alone may be stored or may delete the attribute; remove the white space",
  ]),
  csv('with attributes that the pool does not have or take', 'username,custom:other,custom:plan,family_name\nann,SECRET,SECRET,SECRET\nben,a,b,c\n', [
    "users.csv line 1, attribute 'custom:other': the user pool's schema does not have it; add it to the pool's customAttributes, or correct the name",
    "users.csv line 1, attribute 'custom:plan': the pool declares it immutable, and Cognito takes an immutable attribute at the creation of a user alone; declare it with { mutable: true } (an existing attribute cannot be changed: add another), declare missingUsers: MissingUsers.create(), or leave it out",
    "users.csv line 1, attribute 'family_name': the pool declares it immutable, and Cognito takes an immutable attribute at the creation of a user alone; declare it with { mutable: true } in standardAttributes, declare missingUsers: MissingUsers.create(), or leave it out",
  ]), // prettier-ignore
  csv('with values that the pool does not take', 'username,custom:tenant\nann,x\nben,bb\ncy,SECRETSECRET\n', [
    "users.csv line 2, attribute 'custom:tenant': the pool declares a String from 2 up to 10 characters long, this value holds 1; stay within the length, or change the pool's",
    "users.csv line 4, attribute 'custom:tenant': the pool declares a String from 2 up to 10 characters long, this value holds 12; stay within the length, or change the pool's",
  ]),
  csv(
    'with attributes that cannot go',
    'username,email\nann,SECRET@example.com\n',
    [
      "users.csv line 1, attribute 'email': the pool requires it, so it cannot be deleted with the seeder; declare removalPolicy: RETAIN",
    ],
    { removalPolicy: RemovalPolicy.DESTROY },
  ),
  csv(
    'with users under an alias that changes',
    'username,email\nann@example.com,SECRET@example.com\nBEN@example.com,ben@example.com\n',
    [
      "users.csv line 2, attribute 'email': the user is addressed by an alias that this declaration changes, and cannot be found under it afterwards; declare the user under their username or sub",
    ],
  ),
  csv(
    'with mistakes of its own and of the pool’s',
    'username,phone_number,custom:tenant\nann,SECRET,x\nann,+1,bb\nben,+1,\n',
    [
      "users.csv line 2, attribute 'phone_number': must be E.164 (+ and 1-15 digits), got 6 characters without '+'; write the number with '+' and the country code, without blanks or other signs",
      "users.csv line 2, attribute 'custom:tenant': the pool declares a String from 2 up to 10 characters long, this value holds 1; stay within the length, or change the pool's",
    ],
  ),

  // addresses
  csv(
    'with addresses and nothing else',
    'username,email,email_verified\nann,SECRET@example.com,\nben,SECRET@example.com,FALSE\ncy,SECRET@example.com,TRUE\n',
    [
      "users.csv line 2, attribute 'email': nothing says whether the owner of the address is messaged; declare verification: ContactVerification.MARK_VERIFIED (nobody is) or SEND_MESSAGE (Cognito sends a code)",
      "users.csv line 3, attribute 'email': email_verified is declared false beside a value, and Cognito may send its owner a code; leave email_verified out and declare verification: SEND_MESSAGE (unverified until confirmed) or MARK_VERIFIED",
    ],
    { verification: undefined as never },
  ),
  csv('with FALSE and MARK_VERIFIED', 'username,phone_number,phone_number_verified\nann,+43664123456,false\n', [
    "users.csv line 2, attribute 'phone_number': phone_number_verified is declared false beside a value, and Cognito may send its owner a code; leave phone_number_verified out and declare verification: SEND_MESSAGE (unverified until confirmed) or MARK_VERIFIED",
  ]),
  csv(
    'with TRUE and SEND_MESSAGE',
    'username,email,email_verified\nann,SECRET@example.com,TRUE\n',
    [
      "users.csv line 2, attribute 'email': email_verified is declared true, so nobody is messaged, but verification is SEND_MESSAGE; leave email_verified out, or declare this user in a seeder with MARK_VERIFIED",
    ],
    { verification: ContactVerification.SEND_MESSAGE },
  ),

  // JSON Lines
  jsonl('that is empty', '\n', ['users.jsonl: the file is empty; write an object for each user, one a line']),
  jsonl('of other things', '[]\n"SECRET"\n{"username": "SECRET\nnull\n{"ann@example.com": "SECRET"}', [
    'users.jsonl line 1: the line is no JSON object; write one object a line, {"username": "…", "attributes": {…}}',
    'users.jsonl line 2: the line is no JSON object; write one object a line, {"username": "…", "attributes": {…}}',
    'users.jsonl line 3: the line is no JSON object; write one object a line, {"username": "…", "attributes": {…}}',
    'users.jsonl line 4: the line is no JSON object; write one object a line, {"username": "…", "attributes": {…}}',
    'users.jsonl line 5: a username holds 1 to 128 letters, marks, symbols, numbers and punctuation marks, and no blanks; correct the username',
    'users.jsonl line 5: a user has username, attributes, clientMetadata, groups and enabled, and nothing else; put attributes into "attributes", and remove what is none',
    'users.jsonl line 5: no attribute is declared; declare one, or remove the user',
  ]),
  jsonl(
    'with attributes that are none',
    [
      { username: 'ann', attributes: {} },
      { username: 'ben', attributes: { surname: 'SECRET', sub: 'x', custom: 'SECRET', developer: ['x'] } },
      { username: 'cy', attributes: { givenName: 'a', given_name: 'SECRET', custom: { tenant: 'aa' }, 'custom:tenant': 'bb' } },
      { username: 'di', attributes: { nickname: ['SECRET'], name: { a: 'SECRET' } } },
    ].map((user) => JSON.stringify(user)).join('\n'),
    [
      'users.jsonl line 1: no attribute is declared; declare one, or remove the user',
      "users.jsonl line 2, attribute 'surname': there is no standard attribute of this name; if it is a custom attribute, declare it under custom",
      "users.jsonl line 2, attribute 'sub': Cognito sets it and nobody can change it; leave it out",
      "users.jsonl line 2, attribute 'custom': custom must be a map; declare its attributes by name",
      "users.jsonl line 2, attribute 'developer': developer must be a map; declare its attributes by name",
      "users.jsonl line 3, attribute 'given_name': it is declared twice, under two names; keep one of the two",
      "users.jsonl line 3, attribute 'custom:tenant': it is declared twice, under two names; keep one of the two",
      "users.jsonl line 4, attribute 'nickname': a value must be a text; write a text, a number, true, false or null",
      "users.jsonl line 4, attribute 'name': a value must be a text; write a text, a number, true, false or null",
    ],
  ), // prettier-ignore
  jsonl('with a number that JSON does not keep', '{"username":"ann","attributes":{"nickname":12345678901234567890}}', [
    "users.jsonl line 1, attribute 'nickname': the number has more digits than JSON readers keep; write it as a text",
  ]),
  jsonl(
    'with metadata that is none',
    '{"username":"ann","attributes":{"nickname":"a"},"clientMetadata":{"campaign":5}}',
    ["users.jsonl line 1: clientMetadata 'campaign' must be a text; declare a text or a token"],
  ),
  jsonl('with an address that is deleted and verified', '{"username":"ann","attributes":{"phoneNumber":null,"phoneNumberVerified":true}}', [
    "users.jsonl line 1, attribute 'phone_number': it is deleted, and phone_number_verified is declared; leave phone_number_verified out",
  ]), // prettier-ignore
  jsonl('with a required attribute deleted', '{"username":"ann","attributes":{"email":null}}', [
    "users.jsonl line 1, attribute 'email': the pool requires it, so it cannot be deleted; declare a value",
  ]),
];

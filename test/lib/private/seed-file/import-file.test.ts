import { readText, usersOf } from './read-text';

/** What Cognito's GetCSVHeader answers for a pool with one custom attribute. */
const HEADER =
  'cognito:username,name,given_name,family_name,middle_name,nickname,preferred_username,profile,picture,website,email,' +
  'email_verified,gender,birthdate,zoneinfo,locale,phone_number,phone_number_verified,address,updated_at,custom:plan,' +
  'cognito:mfa_enabled';

const row = (cells: Readonly<Record<string, string>>) => HEADER.split(',').map((name) => cells[name] ?? '').join(','); // prettier-ignore

test('a file for Cognito’s import is read as the import reads it', () => {
  const ann = row({
    'cognito:username': 'ann', name: 'Smith\\, Ann', email: 'ann@example.com', email_verified: 'TRUE', birthdate: '02/29/2000',
    phone_number_verified: 'FALSE', address: '1\\, Main St\\, \\"Old\\" Town', 'custom:plan': 'a"b', 'cognito:mfa_enabled': 'FALSE',
  }); // prettier-ignore
  const ben = row({
    'cognito:username': 'ben', phone_number: '+43664123456', phone_number_verified: 'true', email_verified: 'false',
    birthdate: '1990-01-31', 'cognito:mfa_enabled': 'true',
  }); // prettier-ignore
  expect(usersOf(readText(`${HEADER}\r\n${ann}\r\n${ben}\r\n`))).toEqual({
    ann: {
      name: 'Smith, Ann', email: 'ann@example.com', email_verified: 'true', birthdate: '2000-02-29',
      address: '1, Main St, \\"Old\\" Town', 'custom:plan': 'a"b',
    },
    ben: { phone_number: '+43664123456', phone_number_verified: 'true', birthdate: '1990-01-31' },
  }); // prettier-ignore
});

test('flags that the import asks for do not stand in the way of messages', () => {
  const ann = row({ 'cognito:username': 'ann', email: 'a@b', email_verified: 'FALSE', phone_number_verified: 'FALSE' });
  expect(usersOf(readText(`${HEADER}\n${ann}`, { verification: 'SEND_MESSAGE' }))).toEqual({ ann: { email: 'a@b' } });
});

test('a flag beside no address unverifies nobody', () => {
  const ann = row({
    'cognito:username': 'ann',
    nickname: 'A',
    email_verified: 'FALSE',
    phone_number_verified: 'FALSE',
  });
  expect(usersOf(readText(`${HEADER}\n${ann}`))).toEqual({ ann: { nickname: 'A' } });
});

test('a file that is no import file has quotation marks, backslashes and birthdays of its own', () => {
  const { rows, problems } = readText('username,name,birthdate\nann,"Smith\\, Ann",01/31/1990');
  expect(rows).toEqual([]);
  expect(problems).toEqual([expect.objectContaining({ line: 2, attribute: 'birthdate' })]);
  expect(usersOf(readText('username,name\nann,"Smith\\, Ann"')).ann.name).toBe('Smith\\, Ann');
});

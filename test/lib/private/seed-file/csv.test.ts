import { gzipSync } from 'node:zlib';
import { readText, usersOf } from './read-text';

test.each<[string, string | Buffer]>([
  ['commas', 'username,given_name,custom:plan\nann,Ann,gold\nben,Ben,\n'],
  ['semicolons', 'username;given_name;custom:plan\nann;Ann;gold\nben;Ben;\n'],
  ['tabs', 'username\tgiven_name\tcustom:plan\nann\tAnn\tgold\nben\tBen\t\n'],
  ['semicolons, with commas in quotation marks', '"username";given_name;"custom:plan"\nann;Ann;gold\nben;"Ben";\n'],
  ['our names of the attributes', 'username,givenName,custom.plan\nann,Ann,gold\nben,Ben,\n'],
  ['another order of columns', 'custom:plan,username,given_name\ngold,ann,Ann\n,ben,Ben\n'],
  ['the import’s name of the user', 'cognito:username,given_name,custom:plan\nann,Ann,gold\nben,Ben,\n'],
  ['a byte-order mark', '\ufeffusername,given_name,custom:plan\nann,Ann,gold\nben,Ben,\n'],
  ['CR LF', 'username,given_name,custom:plan\r\nann,Ann,gold\r\nben,Ben,\r\n'],
  ['CR alone', 'username,given_name,custom:plan\rann,Ann,gold\rben,Ben,\r'],
  ['line ends of several kinds', 'username,given_name,custom:plan\r\nann,Ann,gold\nben,Ben,'],
  ['no line break at the end', 'username,given_name,custom:plan\nann,Ann,gold\nben,Ben,'],
  ['blanks around the names of columns', ' username , given_name,custom:plan \nann,Ann,gold\nben,Ben,'],
  ['empty lines and rows without any value', '\nusername,given_name,custom:plan\n\nann,Ann,gold\n,,\n\nben,Ben,\n,,\n'],
  ['gzip', gzipSync('username,given_name,custom:plan\nann,Ann,gold\nben,Ben,\n')],
])('a file with %s is read', (_, text) => {
  expect(usersOf(readText(text))).toEqual({
    ann: { given_name: 'Ann', 'custom:plan': 'gold' },
    ben: { given_name: 'Ben' },
  });
});

test.each([
  ['"Ann, Smith"', 'Ann, Smith'],
  ['"the ""great"" one"', 'the "great" one'],
  ['"""great"""', '"great"'],
  ['"one\ntwo"', 'one\ntwo'],
  ['"one\r\ntwo"', 'one\r\ntwo'],
  ['5\'10"', '5\'10"'],
  [' Ann ', ' Ann '],
  ['"Zoë 🎈"', 'Zoë 🎈'],
  ['=1+1', '=1+1'],
  ['0123', '0123'],
  ['a\\', 'a\\'],
])('the cell %j holds %j', (cell, value) => {
  expect(usersOf(readText(`username,nickname,custom:x\nann,${cell},y`)).ann.nickname).toBe(value);
});

test('every attribute may have Cognito’s name or ours', () => {
  const cognitos = 'username,given_name,family_name,name,zoneinfo,updated_at,custom:a,dev:b';
  const ours = 'username,givenName,familyName,fullname,timezone,lastUpdateTime,custom.a,developer.b';
  const row = 'ann,Ann,Smith,Ann Smith,Europe/Vienna,1,x,y';
  expect(usersOf(readText(`${ours}\n${row}`))).toEqual(usersOf(readText(`${cognitos}\n${row}`)));
});

test.each([
  ['LEAVE_ALONE', { given_name: 'Ann' }],
  ['DELETE', { given_name: 'Ann', nickname: '' }],
] as const)('a blank cell with %s', (blankCells, attributes) => {
  expect(usersOf(readText('username,given_name,nickname\nann,Ann,\n', { blankCells }))).toEqual({ ann: attributes });
});

test('a row is known by the line where it begins', () => {
  const { rows } = readText('username,address\r\n\r\nann,"1\r\n2\r\n3"\r\nben,"4\n5"\r\n\r\n,\r\ncy,6\r\n');
  expect(rows.map(({ line, user }) => [line, user.username])).toEqual([
    [3, 'ann'],
    [6, 'ben'],
    [10, 'cy'],
  ]);
});

test.each([
  ['MARK_VERIFIED', '', { email: 'a@b', email_verified: 'true' }],
  ['MARK_VERIFIED', 'TRUE', { email: 'a@b', email_verified: 'true' }],
  [undefined, 'True', { email: 'a@b', email_verified: 'true' }],
  ['SEND_MESSAGE', '', { email: 'a@b' }],
  ['SEND_MESSAGE', 'FALSE', { email: 'a@b' }],
] as const)('an address with %s and the flag %j', (verification, flag, attributes) => {
  expect(usersOf(readText(`username,email,email_verified\nann,a@b,${flag}`, { verification }))).toEqual({
    ann: attributes,
  });
});

test('names that objects have already are names like others', () => {
  const { rows } = readText('username,custom:constructor,nickname\n__proto__,x,toString\nconstructor,y,z');
  expect(rows.map(({ user }) => [user.username, user.attributes])).toEqual([
    ['__proto__', { 'custom:constructor': 'x', nickname: 'toString' }],
    ['constructor', { 'custom:constructor': 'y', nickname: 'z' }],
  ]);
});

test('a delimiter in the name of a column is none', () => {
  const text = 'username;"custom:a,b,c,d";nickname\nann;x;A';
  expect(usersOf(readText(text))).toEqual({ ann: { 'custom:a,b,c,d': 'x', nickname: 'A' } });
});

test('of a row with a mistake, nothing is taken', () => {
  const { rows, problems } = readText('username,nickname,locale\nann,"A"n,de\nben,B\ncy,C,German\ndi,D,de');
  expect(rows.map(({ user }) => user.username)).toEqual(['di']);
  expect(problems.map(({ line }) => line)).toEqual([2, 3, 4]);
});

import { decodeRow, encodeRow } from '../../../../lib/private/contracts/seed-row';
import { readText } from './read-text';

const csv = (text: string, options = {}) => readText(text, options);
const jsonl = (...lines: object[]) =>
  readText(lines.map((line) => JSON.stringify(line)).join('\n'), { format: 'jsonl' });

describe('a CSV file', () => {
  test('says which groups users are in, and whether they may sign in', () => {
    const { rows, problems } = csv(
      'username,groups,enabled,nickname\nann,admins,TRUE,A\nben, beta | team ,False,\ncy,,,C\ndi,  , ,D\n',
    );
    expect(problems).toEqual([]);
    expect(rows.map(({ user }) => user)).toEqual([
      { username: 'ann', attributes: { nickname: 'A' }, groups: ['admins'], enabled: true },
      { username: 'ben', attributes: {}, groups: ['beta', 'team'], enabled: false },
      { username: 'cy', attributes: { nickname: 'C' } },
      { username: 'di', attributes: { nickname: 'D' } },
    ]);
  });

  test('leaves alone where a cell is blank, whatever blank cells mean', () => {
    const { rows } = csv('username,groups,enabled,nickname\nann,,,\n', { blankCells: 'DELETE' });
    expect(rows[0].user).toEqual({ username: 'ann', attributes: { nickname: '' } });
  });

  test('may have no attributes, as long as it says something of its users', () => {
    expect(csv('username,groups\nann,a\n').problems).toEqual([]);
    expect(csv('username,enabled\nann,true\n').problems).toEqual([]);
    expect(csv('username\nann\n').problems).toHaveLength(1);
    expect(csv('username\nann\n', { creates: true })).toEqual({
      rows: [{ line: 2, user: { username: 'ann', attributes: {} } }],
      problems: [],
    });
  });

  test('may have custom attributes of the same names', () => {
    const { rows, problems } = csv('username,custom:groups,custom.enabled,custom:password\nann,a,no,x\n');
    expect(problems).toEqual([]);
    expect(rows[0].user.attributes).toEqual({ 'custom:groups': 'a', 'custom:enabled': 'no', 'custom:password': 'x' });
  });

  test.each([
    ['yes,a', 'enabled must be true or false'],
    ['true,a||b', 'the name of a group holds'],
    ['true,admins;beta', 'groups are separated by |'],
    ['true,"admins, beta"', 'groups are separated by |'],
    ['true,"a|b,c"', 'groups are separated by |'],
    ['true,the admins', 'the name of a group holds'],
    ['true,a|b|a', 'a group is named more than once'],
    [`true,${Array.from({ length: 101 }, (_, index) => index).join('|')}`, 'a user can be in at most 100 groups'],
  ])('with %s is refused by line', (cells, rule) => {
    const { rows, problems } = csv(`username,enabled,groups\nann,${cells}\n`);
    expect(rows).toEqual([]);
    expect(problems).toEqual([expect.objectContaining({ line: 2, rule: expect.stringContaining(rule) })]);
  });

  test('has each of the two columns once, under its very name', () => {
    expect(csv('username,groups,groups\nann,a,b\n').problems).toMatchObject([
      { line: 1, attribute: 'groups', rule: 'two columns hold it' },
    ]);
    expect(csv('username,Groups,ENABLED\nann,a,true\n').problems).toMatchObject([
      { attribute: 'Groups', remedy: 'name the column groups' },
      { attribute: 'ENABLED', remedy: 'name the column enabled' },
    ]);
  });
});

describe('a file of JSON Lines', () => {
  test('says which groups users are in, and whether they may sign in', () => {
    const { rows, problems } = jsonl(
      { username: 'ann', attributes: { nickname: 'A' }, groups: ['admins', 'a|b,c;d'], enabled: true },
      { username: 'ben', groups: [] },
      { username: 'cy', enabled: false },
    );
    expect(problems).toEqual([]);
    expect(rows.map(({ user }) => user)).toEqual([
      { username: 'ann', attributes: { nickname: 'A' }, groups: ['admins', 'a|b,c;d'], enabled: true },
      { username: 'ben', attributes: {}, groups: [] },
      { username: 'cy', attributes: {}, enabled: false },
    ]);
  });

  test.each<[object, string]>([
    [{ groups: 'admins' }, 'groups must be a list of names'],
    [{ groups: null }, 'groups must be a list of names'],
    [{ groups: [''] }, 'the name of a group holds'],
    [{ groups: [5] }, 'the name of a group holds'],
    [{ enabled: 'true' }, 'enabled must be true or false'],
    [{ enabled: null }, 'enabled must be true or false'],
    [{}, 'no attribute is declared'],
  ])('with %j is refused by line', (user, rule) => {
    const { rows, problems } = jsonl({ username: 'ann', ...user });
    expect(rows).toEqual([]);
    expect(problems).toEqual([expect.objectContaining({ line: 1, rule: expect.stringContaining(rule) })]);
  });
});

describe('a password', () => {
  const NEVER = {
    rule: 'passwords never stand in files',
    remedy:
      'remove it, and declare missingUsers: MissingUsers.create({ password: … }), or declare the user inline with UserPassword.generated()',
  };

  test.each(['password', 'Password', 'temporary_password', 'temporaryPassword', 'secret', 'pass-word', 'pwd'])(
    'stands in no file, whether it is called %s or otherwise, and is not told',
    (name) => {
      const found = [
        csv(`username,nickname,${name}\nann,A,hunter2\n`),
        jsonl({ username: 'ann', attributes: { nickname: 'A' }, [name]: 'hunter2' }),
        jsonl({ username: 'ann', attributes: { nickname: 'A', [name]: 'hunter2' } }),
      ];
      for (const { problems } of found) expect(problems).toEqual([expect.objectContaining({ line: 1, ...NEVER })]);
      expect(JSON.stringify(found.map(({ problems }) => problems))).not.toContain('hunter2');
    },
  );
});

test('prepared rows carry it all', () => {
  const { rows } = jsonl({ username: 'ann', groups: ['b', 'a'], enabled: false });
  const line = encodeRow(rows[0]);
  expect(line).toBe('1 ["ann",{},{},{"groups":["a","b"],"enabled":false}]');
  expect(decodeRow(line).user).toEqual({ username: 'ann', attributes: {}, groups: ['a', 'b'], enabled: false });
});

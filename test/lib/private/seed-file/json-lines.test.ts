import { gzipSync } from 'node:zlib';
import { readText } from './read-text';

const read = (...lines: unknown[]) =>
  readText(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'), {
    format: 'jsonl',
  });

test('objects are users', () => {
  const { rows, problems } = read(
    { username: 'ann', attributes: { given_name: 'Ann', custom: { plan: 'gold', 'custom:seats': 5 } } },
    '',
    { username: 'ben', attributes: { givenName: 'Ben', 'custom:plan': null, nickname: '', developer: { x: true } } },
    { username: 'cy', attributes: { email: 'c@d' }, clientMetadata: { campaign: 'welcome' } },
  );
  expect(problems).toEqual([]);
  expect(rows).toEqual([
    { line: 1, user: { username: 'ann', attributes: { given_name: 'Ann', 'custom:plan': 'gold', 'custom:seats': '5' } } },
    { line: 3, user: { username: 'ben', attributes: { given_name: 'Ben', 'custom:plan': '', nickname: '', 'dev:x': 'true' } } },
    {
      line: 4,
      user: {
        username: 'cy',
        attributes: { email: 'c@d', email_verified: 'true' },
        clientMetadata: { campaign: 'welcome' },
      },
    },
  ]); // prettier-ignore
});

test.each([
  ['a byte-order mark', (text: string) => `\ufeff${text}`],
  ['CR LF', (text: string) => text.replace(/\n/g, '\r\n')],
  ['gzip', (text: string) => gzipSync(text)],
])('a file with %s is read', (_, change) => {
  const { rows } = readText(change('{"username":"ann","attributes":{"name":"A"}}\n\n{"username":"ben","attributes":{"name":"B"}}'), {
    format: 'jsonl',
  }); // prettier-ignore
  expect(rows.map(({ line, user }) => [line, user.username])).toEqual([
    [1, 'ann'],
    [3, 'ben'],
  ]);
});

test('what is told of one line keeps nothing from the others', () => {
  const { rows, problems } = read('{', { username: 'ann', attributes: { name: 'A' } }, `"${'x'.repeat(262_145)}"`, {
    username: 'ben',
    attributes: { name: 'B' },
  });
  expect(rows.map(({ line }) => line)).toEqual([2, 4]);
  expect(problems.map(({ line, rule }) => [line, rule])).toEqual([
    [1, 'the line is no JSON object'],
    [3, 'the line is longer than 262144 bytes'],
  ]);
});

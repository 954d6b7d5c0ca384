import { readdirSync } from 'node:fs';
import path from 'node:path';
import { brokenLinks, documentFiles, readDocument, unreachable } from './support/documents';

const ROOT = path.join(__dirname, '..');
const documents = documentFiles().map((file) => readDocument(file));

describe('links', () => {
  test('every link inside the repository leads to a file and a heading', () => {
    expect(documents.length).toBeGreaterThan(25);
    expect(brokenLinks(documents)).toEqual([]);
  });

  test.each([
    ['a file', '[a](seeding.md) [b](nowhere.md)', 'docs/users.md:1: nowhere.md: there is no such file'],
    ['a heading', '# It is\n\n[a](#it-is) [b](#it-was)', 'docs/users.md:3: #it-was: there is no such heading'],
    ['a heading of a file', '[b](users.md#a)', 'docs/users.md:1: users.md#a: there is no such heading'],
    ['a picture', '![a](pictures/overview.svg) ![b](b.svg)', 'docs/users.md:1: b.svg: there is no such file'],
    ['HTML', '<a href="../README.md"><img src="no.svg"></a>', 'docs/users.md:1: no.svg: there is no such file'],
    [
      'a published file',
      '![b](https://raw.githubusercontent.com/cdk-cognito-user-attributes/cdk-cognito-user-attributes/main/b.svg)',
      'docs/users.md:1: https://raw.githubusercontent.com/cdk-cognito-user-attributes/cdk-cognito-user-attributes/main/b.svg: there is no such file',
    ],
    ['what lies outside', '[b](../../elsewhere)', 'docs/users.md:1: ../../elsewhere: there is no such file'],
  ])('a broken link to %s is found', (_, text, message) => {
    expect(brokenLinks([readDocument('docs/users.md', text)])).toEqual([message]);
  });

  test('headings that come twice are numbered, and code counts', () => {
    const { anchors } = readDocument('docs/it.md', '# `A`-b: c, d\n\n## A\n\n## A\n\n<a id="e"></a>');
    expect([...anchors]).toEqual(['a-b-c-d', 'a', 'a-1', 'e']);
  });
});

test('every document can be reached from the README', () => {
  expect(unreachable(documents, ['README.md'])).toEqual([]);
});

test('every picture is shown somewhere, and every source has its picture', () => {
  const pictures = readdirSync(path.join(ROOT, 'docs/pictures'));
  const drawn = pictures.filter((name) => name.endsWith('.svg'));
  expect(drawn.map((name) => name.replace(/svg$/, 'dot'))).toEqual(pictures.filter((name) => name.endsWith('.dot')));
  const shown = documents.flatMap(({ links }) => links.map(({ href }) => path.posix.basename(href)));
  expect(drawn.filter((name) => !shown.includes(name))).toEqual([]);
});

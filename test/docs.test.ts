import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { REMEDIES } from '../lambda/seeder/failure';
import { DefaultMessageReason } from '../lib/default-message-reason';
import { PROBLEMS, VALUE_ERRORS } from '../lib/private/contracts/api-problems';
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
    const { anchors } = readDocument('docs/users.md', '# `A`-b: c, d\n\n## A\n\n## A\n\n<a id="e"></a>');
    expect([...anchors]).toEqual(['a-b-c-d', 'a', 'a-1', 'e']);
  });
});

test('every document can be reached from the README or the index of docs/', () => {
  expect(unreachable(documents, ['README.md', 'docs/README.md'])).toEqual([]);
});

test('every picture is shown somewhere, and every source has its picture', () => {
  const pictures = readdirSync(path.join(ROOT, 'docs/pictures'));
  const drawn = pictures.filter((name) => name.endsWith('.svg'));
  expect(drawn.map((name) => name.replace(/svg$/, 'dot'))).toEqual(pictures.filter((name) => name.endsWith('.dot')));
  const shown = documents.flatMap(({ links }) => links.map(({ href }) => path.posix.basename(href)));
  expect(drawn.filter((name) => !shown.includes(name))).toEqual([]);
});

test('the README is read elsewhere, too: its links lead there', () => {
  const { links } = documents.find(({ file }) => file === 'README.md')!;
  expect(links.map(({ href }) => href).filter((href) => !/^(https:|#)/.test(href))).toEqual([]);
});

describe('troubleshooting', () => {
  const { text } = documents.find(({ file }) => file === 'docs/troubleshooting.md')!;
  /** What stands as code in the first column of a table, or in the second where the first is a code. */
  const quoted = [...text.matchAll(/^\| (`.*?`)(?: +\| (`[^|]*`))? +\|/gm)].flatMap(([, ...cells]) =>
    cells.flatMap((cell) => [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, message]) => message!)),
  );

  /** As people read them: without escapes, and with texts that stand on two lines joined. */
  const sources = ['lib', 'lambda', 'cli'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) =>
        readFileSync(path.join(ROOT, folder, file), 'utf8')
          .replaceAll(/(['`"])\s*\+\s*\1/g, '')
          .replaceAll(/\\(['`"])/g, '$1'),
      ),
  );
  /** Whether a file has all fixed parts of a message, in their order. */
  const stands = (message: string): boolean => {
    const parts = message.split('…').map((part) => part.trim());
    return sources.some((source) => {
      let from = 0;
      return parts.every((part) => {
        const at = source.indexOf(part, from);
        from = at + part.length;
        return at >= 0;
      });
    });
  };

  test('quotes messages as they stand in the sources', () => {
    expect(quoted.length).toBeGreaterThan(200);
    expect(quoted.filter((message) => !stands(message))).toEqual([]);
    expect(stands('The plan needs … requests nobody has')).toBe(false);
  });

  test.each([
    ['of a user who fails', Object.keys(REMEDIES)],
    ['of the API', Object.keys(PROBLEMS)],
    ['of a value that the API refuses', Object.keys(VALUE_ERRORS)],
    ['of a message in Cognito’s words', Object.values(DefaultMessageReason)],
  ])('has every name %s', (_, names) => {
    expect(names.filter((name) => !quoted.includes(name))).toEqual([]);
  });

  test('has every warning', () => {
    const warnings = sources
      .filter(
        (source) => source.includes('cdk-cognito-user-attributes:$') || source.includes('by the id of the annotation'),
      )
      .flatMap((source) => [...source.matchAll(/(?:id: |^ +)'([a-z]+[A-Z]\w+)',$/gm)].map(([, id]) => id!));
    expect(warnings.length).toBeGreaterThan(15);
    expect(warnings.filter((id) => !quoted.includes(id))).toEqual([]);
  });
});

import { badDeclarations } from './bad-declarations';
import { readDeclared } from './read-declaration';

test('at least 150 bad declarations are tried', () => expect(badDeclarations().length).toBeGreaterThanOrEqual(150));

test.each(badDeclarations())('$title: told once, with place, rule and remedy', ({ findings, ...declared }) => {
  const told = readDeclared(declared).findings;
  const wanted = findings.map((finding) => (typeof finding === 'string' ? finding : expect.stringMatching(finding)));
  expect([...told].sort()).toEqual(wanted.length === 1 ? wanted : [...wanted].sort());
  for (const finding of told) expect(finding).toMatch(/\S: \S/);
});

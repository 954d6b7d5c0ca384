import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPT = join(__dirname, '../../scripts/release-notes.ts');
const TSX = require.resolve('tsx/cli');
const CHANGELOG = `# Changelog

## Unreleased

## 1.10.0 - 2027-02-01

### Added

- Ten.

## 1.1.0 - 2027-01-01

- One.
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-'));
  writeFileSync(join(folder, 'CHANGELOG.md'), CHANGELOG);
});
afterAll(() => rmSync(folder, { recursive: true }));

const notes = (version: string) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [TSX, SCRIPT, version], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

test.each([
  ['1.10.0', '### Added\n\n- Ten.\n'],
  ['1.1.0', '- One.\n'],
])('of %s, the changelog’s own section is told', (version, text) => {
  expect(notes(version)).toEqual({ status: 0, stdout: text, stderr: '' });
});

test.each(['1.1', '2.0.0', 'Unreleased', ''])('of %p there is nothing to tell, and nothing is released', (version) => {
  const { status, stdout, stderr } = notes(version);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain(`CHANGELOG.md has nothing under '## ${version}'`);
});

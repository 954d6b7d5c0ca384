import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundle } from '../scripts/bundle';

const assets = path.join(__dirname, '../assets');
const contents = (folder: string) => readFileSync(path.join(folder, 'index.js'));

test.each([
  ['user-attributes-seeder', 260_000],
  ['custom-message', 60_000],
])('the bundle of %s takes at most %d bytes', (name, limit) => {
  expect(contents(path.join(assets, name)).length).toBeLessThanOrEqual(limit);
});

test('every bundle has its limit above', () => {
  expect(readdirSync(assets).sort()).toEqual(['custom-message', 'user-attributes-seeder']);
});

/** Which of the words a bundle holds: a failing test must not print the bundle. */
const found = (name: string, words: string[]) => {
  const text = contents(path.join(assets, name)).toString();
  return words.filter((word) => text.includes(word));
};

test('the trigger, which Cognito waits for, carries no SDK', () => {
  expect(found('custom-message', ['@aws-sdk', '@smithy', 'powertools'])).toEqual([]);
});

test('the seeder knows no way to credentials but the environment', () => {
  expect(
    found('user-attributes-seeder', ['credential_process', 'role_arn', 'sso_start_url', 'AWS_CONTAINER_']),
  ).toEqual([]);
});

test('a bundle depends on nothing but its sources', async () => {
  const again = mkdtempSync(path.join(tmpdir(), 'bundles-'));
  await bundle(again);
  const hashes = (folder: string) =>
    readdirSync(folder).map((name) => [
      name,
      createHash('sha256')
        .update(contents(path.join(folder, name)))
        .digest('hex'),
    ]);
  expect(hashes(again)).toEqual(hashes(assets));
  rmSync(again, { recursive: true });
});

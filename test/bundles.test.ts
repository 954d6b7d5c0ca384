import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundle } from '../scripts/bundle';

const root = path.join(__dirname, '..');
const BUNDLES: [file: string, limit: number][] = [
  ['assets/user-attributes-api/index.js', 260_000],
  ['assets/user-attributes-seeder/index.js', 260_000],
  ['assets/user-attributes-seeder/bulk.js', 400_000],
  ['assets/user-attributes-seeder/role.js', 160_000],
  ['assets/user-attributes-seeder/secrets.js', 160_000],
  ['assets/seed-run/index.js', 500_000],
  ['assets/seed-run/plan.js', 100_000],
  ['assets/seed-run/role.js', 160_000],
  ['assets/seed-run/secrets.js', 160_000],
  ['assets/seed-execution/index.js', 400_000],
  ['assets/seed-execution/stack.js', 160_000],
  ['assets/pool-trigger/index.js', 210_000],
  ['assets/pool-trigger/role.js', 160_000],
  ['assets/pool-trigger/stack.js', 160_000],
  ['assets/custom-message/index.js', 70_000],
  ['custom-message/index.js', 70_000],
];
const contents = (file: string, folder = root) => readFileSync(path.join(folder, file));

test.each(BUNDLES)('%s takes at most %d bytes', (file, limit) => {
  expect(contents(file).length).toBeLessThanOrEqual(limit);
});

test('every handler has its limit above', () => {
  const handlers = readdirSync(path.join(root, 'assets'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => `assets/${file}`);
  expect([...handlers, 'custom-message/index.js'].sort()).toEqual(BUNDLES.map(([file]) => file).sort());
});

/** Which of the words a bundle holds: a failing test must not print the bundle. */
const found = (file: string, words: string[]) => {
  const text = contents(file).toString();
  return words.filter((word) => text.includes(word));
};

test('the trigger, which Cognito waits for, carries no SDK and no template parser', () => {
  expect(found('assets/custom-message/index.js', ['@aws-sdk', '@smithy', 'Unclosed tag'])).toEqual([]);
});

test.each(BUNDLES)('%s knows no way to credentials but the environment', (file) => {
  const others = ['credential_process', 'role_arn', 'sso_start_url', 'AWS_CONTAINER_'];
  expect(found(file, others)).toEqual([]);
});

test('the types for functions of one’s own stand by themselves', () => {
  expect(contents('custom-message/index.d.ts').toString()).not.toMatch(/\bimport\b|\brequire\b/);
});

test('a bundle depends on nothing but its sources', async () => {
  const again = mkdtempSync(path.join(tmpdir(), 'bundles-'));
  await bundle(again);
  const hashes = (folder: string) =>
    ['assets', 'bin', 'custom-message'].flatMap((top) =>
      (readdirSync(path.join(folder, top), { recursive: true }) as string[])
        .filter((file) => /\.(m?js|m?ts)$/.test(file))
        .sort()
        .map((file) => [
          file,
          createHash('sha256')
            .update(contents(path.join(top, file), folder))
            .digest('hex'),
        ]),
    );
  expect(hashes(again)).toEqual(hashes(root));
  rmSync(again, { recursive: true });
});

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import {
  asset,
  declareTrigger,
  ONE_MESSAGE,
  projectOf,
  removeFolders,
  synthesize,
  temporaryFolder,
} from './support/fixture';

const ROOT = path.join(__dirname, '../..');
const TSX = path.join(ROOT, 'node_modules/.bin/tsx');

afterAll(removeFolders);

const run = (cwd: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(TSX, [path.join(ROOT, 'cli/cdk-cognito-messages.ts'), ...args], {
    cwd,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

const assembly = () => synthesize((app) => declareTrigger(new Stack(app, 'Shop'), 'Messages', asset(ONE_MESSAGE)));

test('the app of cdk.json is run with its context, and the gallery is counted and named', () => {
  const project = projectOf(assembly(), { color: 'blue', shape: 'round' });
  writeFileSync(path.join(project, 'cdk.context.json'), '{"color":"red","found":"vpc-1"}');
  const { status, stdout } = run(project, 'preview', '--out', 'gallery');
  expect(status).toBe(0);
  expect(stdout).toBe(
    ['         messages  warnings', 'Sign-up         1         0', 'in all          1         0', '', ''].join('\n') +
      `${path.join(project, 'gallery', 'index.html')}\n`,
  );
  expect(existsSync(path.join(project, 'gallery', 'sign-up.html'))).toBe(true);
  const context = JSON.parse(readFileSync(path.join(project, 'context.json'), 'utf8'));
  expect(context).toMatchObject({
    color: 'blue',
    shape: 'round',
    found: 'vpc-1',
    'aws:cdk:enable-path-metadata': true,
    'aws:cdk:bundling-stacks': [],
  });
});

test('an app that asks for an account and a region gets some', () => {
  const folder = temporaryFolder();
  run(folder, 'preview', '--app', 'printenv > seen', '--out', 'gallery');
  const seen = readFileSync(path.join(folder, 'seen'), 'utf8');
  expect(seen).toMatch(/^CDK_DEFAULT_ACCOUNT=\d{12}$/m);
  expect(seen).toMatch(/^CDK_DEFAULT_REGION=.+$/m);
});

test('a context too long for a variable reaches the app all the same', () => {
  const project = projectOf(assembly(), { long: 'x'.repeat(200_000) });
  expect(run(project, 'preview', '--out', 'gallery').status).toBe(0);
  expect(JSON.parse(readFileSync(path.join(project, 'context.json'), 'utf8')).long).toHaveLength(200_000);
});

test('an app that fails is heard, and told in one sentence', () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('cdk-cognito-messages-'));
  const folder = temporaryFolder();
  const { status, stdout, stderr } = run(folder, 'preview', '--app', 'echo oh no >&2; exit 3', '--out', 'gallery');
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toBe(
    'oh no\ncdk-cognito-messages: the app ended with exit code 3: repair what it says above (it was run as: echo oh no >&2; exit 3)\n',
  );
  expect(existsSync(path.join(folder, 'gallery'))).toBe(false);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('cdk-cognito-messages-'))).toEqual(before);
});

test.each([
  ['no cdk.json', ['--out', 'gallery'], /^cdk-cognito-messages: there is no cdk\.json in .*: pass --app COMMAND/],
  [
    'an app that writes nothing',
    ['--app', 'true', '--out', 'gallery'],
    /the app wrote no cloud assembly: end it with app\.synth\(\)/,
  ],
  ['no assembly', ['--assembly', '.', '--out', 'gallery'], /is no cloud assembly .*: run cdk synth/],
  [
    'both an app and an assembly',
    ['--app', 'x', '--assembly', 'y', '--out', 'z'],
    /^error: option '--app <command>' cannot be used with/,
  ],
])('%s: one sentence, exit code 1', (_, args, message) => {
  const { status, stdout, stderr } = run(temporaryFolder(), 'preview', ...args);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

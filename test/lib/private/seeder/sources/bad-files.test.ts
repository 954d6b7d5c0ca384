import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { StringAttribute, UserPool } from 'aws-cdk-lib/aws-cognito';
import { ContactVerification, SeedSource, UserAttributesSeeder } from '../../../../../lib';
import { type BadFile, badFiles } from './bad-files';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'bad-files-'));
  jest.spyOn(process, 'cwd').mockReturnValue(directory);
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(directory, { recursive: true });
});

const synthesize = ({ file, text, props }: Omit<BadFile, 'title' | 'findings'>): string => {
  const app = new App({ outdir: join(directory, 'out'), context: { 'aws:cdk:disable-asset-staging': true } });
  const stack = new Stack(app, 'Stack');
  const path = join(directory, file);
  if (text !== undefined) writeFileSync(path, text);
  new UserAttributesSeeder(stack, 'Seeder', {
    userPool: new UserPool(stack, 'Pool', {
      signInCaseSensitive: false,
      signInAliases: { username: true, email: true },
      standardAttributes: { email: { required: true, mutable: true }, familyName: { mutable: false } },
      customAttributes: {
        tenant: new StringAttribute({ mutable: true, minLen: 2, maxLen: 10 }),
        plan: new StringAttribute(),
      },
    }),
    source: file.endsWith('.csv') ? SeedSource.csv(path) : SeedSource.jsonLines(path),
    verification: ContactVerification.MARK_VERIFIED,
    ...props,
  });
  try {
    app.synth();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

const findingsIn = (error: string): string[] =>
  error.split('\n').flatMap((line) => (line.includes('[Stack/Seeder] ') ? [line.split('[Stack/Seeder] ')[1]] : []));

test.each(badFiles)('a file $title is refused by line, attribute, rule and remedy', ({ findings, secret, ...bad }) => {
  const error = synthesize(bad);
  expect(findingsIn(error)).toEqual(findings);
  if (secret !== undefined) expect(error).not.toContain(secret);
  expect(existsSync(join(directory, 'out', 'Stack.template.json'))).toBe(false);
});

test('a mistake that every row has is told ten times, and counted', () => {
  const rows = Array.from({ length: 1284 }, (_, index) => `user${index},SECRET`);
  const findings = findingsIn(synthesize({ file: 'users.csv', text: ['username,birthdate', ...rows].join('\n') }));
  expect(findings).toHaveLength(10);
  expect(findings[0]).toMatch(/^users\.csv line 2, attribute 'birthdate': /);
  expect(findings[9]).toMatch(/^users\.csv line 11 and 1,274 more, attribute 'birthdate': /);
});

test('of mistakes of many kinds, the first 50 are told and the others counted', () => {
  const rows = Array.from({ length: 60 }, (_, index) => `user${index},${'x'.repeat(index + 11)}`);
  const findings = findingsIn(synthesize({ file: 'users.csv', text: ['username,birthdate', ...rows].join('\n') }));
  expect(findings).toHaveLength(51);
  expect(findings[49]).toMatch(/^users\.csv line 51, attribute 'birthdate': /);
  expect(findings[50]).toBe('users.csv: and 10 more; correct those above first');
});

test('in a pool that tells upper from lower case, Ann is not ann', () => {
  const app = new App({ outdir: join(directory, 'out'), context: { 'aws:cdk:disable-asset-staging': true } });
  const stack = new Stack(app, 'Stack');
  const path = join(directory, 'users.csv');
  writeFileSync(path, 'username,nickname\nAnn,a\nann,b\nann,c\n');
  const userPool = UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_imported');
  new UserAttributesSeeder(stack, 'Seeder', { userPool, source: SeedSource.csv(path) });
  expect(() => app.synth()).toThrow(
    'users.csv line 4: the user is declared on line 3 already; put all attributes into one row',
  );
});

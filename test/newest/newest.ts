/** On the newest aws-cdk-lib: types, templates beside those of the lowest, and CloudFormation Validate, which only newer ones have. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { exampleFolders } from '../support/example-apps';

const ROOT = path.join(__dirname, '../..');
const NEWEST = path.join(ROOT, '.newest');
const work = mkdtempSync(path.join(tmpdir(), 'newest-'));
afterAll(() => rmSync(work, { recursive: true }));

test('lib/ and the examples have the right types on it', () => {
  const installed = path.join(NEWEST, 'node_modules');
  const config = path.join(NEWEST, 'tsconfig.json');
  writeFileSync(
    config,
    JSON.stringify({
      extends: '../test/tsconfig.json',
      compilerOptions: {
        typeRoots: ['../node_modules/@types'],
        paths: {
          'cdk-cognito-user-attributes': ['../lib'],
          'aws-cdk-lib/*': [path.join(installed, 'aws-cdk-lib/*')],
          'aws-cdk-lib': [path.join(installed, 'aws-cdk-lib')],
          constructs: [path.join(installed, 'constructs')],
        },
      },
      include: ['../lib/**/*.ts', '../examples/**/app.ts'],
      exclude: ['../node_modules', '../examples/self-service/page'],
    }),
  );
  const compile = [tool('typescript/bin/tsc'), '-p', config, '--listFiles'];
  const told = spawnSync(process.execPath, compile, { encoding: 'utf8', maxBuffer: 2 ** 26 }).stdout.split('\n');
  expect(told.filter((line) => line.includes('error TS'))).toEqual([]);
  expect(told).toContain(path.join(installed, 'aws-cdk-lib/index.d.ts'));
  expect(told.filter((file) => file.startsWith(path.join(ROOT, 'node_modules/aws-cdk-lib/')))).toEqual([]);
}, 180_000);

const tool = (name: string): string => require.resolve(name);

const apps = [...exampleFolders().map((folder) => `examples/${folder}/app.ts`), 'test/newest/mistake/app.ts'];

const synthesize = (name: string, more: Record<string, string>) =>
  promisify(execFile)(
    process.execPath,
    [tool('tsx/cli'), path.join(__dirname, 'synthesize.ts'), path.join(work, name), ...apps],
    // Bundles are no part of a template.
    {
      cwd: ROOT,
      // Validation is off where tests synthesize by the hundred.
      env: { ...process.env, CDK_VALIDATION: 'true', CDK_CONTEXT_JSON: '{"aws:cdk:bundling-stacks":[]}', ...more },
    },
  );
beforeAll(() => Promise.all([synthesize('lowest', {}), synthesize('newest', { NEWEST_CDK: NEWEST })]), 180_000);

const read = (...file: string[]) => JSON.parse(readFileSync(path.join(work, ...file), 'utf8'));
const folderOf = (app: string): string => app.split('/').slice(0, -1).join('-');

/** Of all stacks, those of stages among them. */
const resourcesOf = (...folder: string[]): Record<string, any> => {
  const artifacts: any[] = Object.values(read(...folder, 'manifest.json').artifacts);
  return Object.assign(
    {},
    ...artifacts.map(({ type, properties }) => {
      if (type === 'cdk:cloud-assembly') return resourcesOf(...folder, properties.directoryName);
      if (type !== 'aws:cloudformation:stack') return {};
      const resources: [string, object][] = Object.entries(read(...folder, properties.templateFile).Resources);
      return Object.fromEntries(resources.map(([id, resource]) => [`${properties.templateFile} ${id}`, resource]));
    }),
  );
};

/** What two values differ in, by its place. */
const differences = (lowest: any, newest: any, place = ''): string[] => {
  if (JSON.stringify(lowest) === JSON.stringify(newest)) return [];
  if (![lowest, newest].every((value) => typeof value === 'object' && value !== null)) {
    const told = [lowest, newest].map((value) => JSON.stringify(value)?.replace(/[\da-f]{64}/, '…') ?? 'nothing');
    return [`${place}: ${told.join(' → ')}`];
  }
  const keys = new Set([...Object.keys(lowest), ...Object.keys(newest)]);
  return [...keys].flatMap((key) => differences(lowest[key], newest[key], `${place}/${key}`));
};

const EXPECTED = [
  // aws-cdk-lib's own functions, of its Provider and behind AwsCustomResource.
  /^AWS::Lambda::Function (CognitoUserAttributes\w*Providerframework|AWS679f53fac002430cb0da5b7982bd2287)\w+ \/Properties\/Code\/S3Key: "….zip" → "….zip"$/,
  /^AWS::Lambda::Function (CognitoUserAttributes\w*Providerframework|AWS679f53fac002430cb0da5b7982bd2287)\w+ \/Properties\/Runtime: "nodejs22.x" → "nodejs24.x"$/,
  // Step Functions may take the role for state machines of this account alone.
  /^AWS::IAM::Role CognitoUserAttributesRuns\w*StateMachineRole\w+ \/Properties\/AssumeRolePolicyDocument\/Statement\/0\/Condition: nothing → /,
];
const found: string[] = [];

test.each(apps)('%s has the template that it has on the lowest, but for what aws-cdk-lib itself does', (app) => {
  const [lowest, newest] = [resourcesOf('lowest', folderOf(app)), resourcesOf('newest', folderOf(app))];
  expect(Object.keys(lowest)).not.toEqual([]);
  const ids = new Set([...Object.keys(lowest), ...Object.keys(newest)]);
  const all = [...ids].flatMap((id) =>
    differences(lowest[id], newest[id]).map(
      (difference) => `${(lowest[id] ?? newest[id]).Type} ${id.split(' ')[1]} ${difference}`,
    ),
  );
  expect(all.filter((difference) => !EXPECTED.some((expected) => expected.test(difference)))).toEqual([]);
  found.push(...all);
});

test('and all that is expected of aws-cdk-lib is so', () => {
  expect(EXPECTED.filter((expected) => !found.some((difference) => expected.test(difference)))).toEqual([]);
});

const rulesBrokenBy = (app: string): string[] =>
  read('newest', folderOf(app), 'validation-report.json').pluginReports.flatMap((plugin: any) =>
    plugin.violations.map(({ ruleName }: any) => `${plugin.pluginName} ${ruleName}`),
  );

test.each(exampleFolders())('CloudFormation Validate has no finding in examples/%s', (folder) => {
  expect(rulesBrokenBy(`examples/${folder}/app.ts`)).toEqual([]);
});

test('(which it would have, were there a mistake)', () => {
  expect(rulesBrokenBy('test/newest/mistake/app.ts')).toEqual([expect.stringMatching(/^CloudFormation Validate /)]);
});

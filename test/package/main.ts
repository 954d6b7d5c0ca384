/**
 * What a user gets: packs the library, installs the tarball into a fresh TypeScript app on the newest aws-cdk-lib, compiles
 * and synthesizes the README's smallest stack there, and has CloudFormation Validate look at the template.
 */
import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freshEnvironment } from '../support/fresh-environment';
import { play, step } from '../support/steps';

const ROOT = path.join(__dirname, '../..');
/** All but the decisions, which are for who changes the library. */
const DOCUMENTS = ['docs', 'docs/guides', 'docs/pictures'].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder))
    .filter((file) => /\.(md|svg)$/.test(file))
    .map((file) => `${folder}/${file}`),
);

const work = mkdtempSync(path.join(tmpdir(), 'fresh-app-'));
const run = (cwd: string, command: string, ...args: string[]): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], env: freshEnvironment() });

const tarball = (): string => {
  run(ROOT, 'npm', 'pack', '--silent', '--pack-destination', work);
  return path.join(
    work,
    readdirSync(work).find((file) => file.endsWith('.tgz'))!,
  );
};

const PEOPLE = `
import { App, CloudFormationValidatePlugin, Stack, Validations } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { SeedEngine, SeedSource, UserAttributesSeeder } from 'cdk-cognito-user-attributes';
const app = new App();
const stack = new Stack(app, 'Tenants');
const seeder = new UserAttributesSeeder(stack, 'People', {
  userPool: UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_Abc123'),
  source: SeedSource.csv('people.csv'),
  engine: SeedEngine.stepFunctions(),
});
seeder.dashboard();
Validations.of(app).addPlugins(new CloudFormationValidatePlugin());
app.synth();
`;

const main = async (): Promise<void> => {
  const packed = tarball();

  await step('the tarball holds what a user needs and no more', () => {
    const files = run(work, 'tar', '-tzf', packed).trim().split('\n');
    const needed = [
      '.jsii',
      'package.json',
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
      'API.md',
      'SECURITY.md',
      ...DOCUMENTS,
      'bin/cdk-cognito-messages.js',
      'bin/cdk-cognito-seed.js',
      'custom-message/index.js',
      'custom-message/index.d.ts',
      'custom-message/index.mjs',
      'custom-message/index.d.mts',
      'build/index.js',
      'build/index.d.ts',
    ];
    const handlers = [
      'assets/custom-message/index.js',
      'assets/pool-trigger/index.js',
      'assets/pool-trigger/role.js',
      'assets/pool-trigger/stack.js',
      'assets/seed-execution/index.js',
      'assets/seed-execution/stack.js',
      'assets/seed-run/index.js',
      'assets/seed-run/plan.js',
      'assets/seed-run/role.js',
      'assets/seed-run/secrets.js',
      'assets/user-attributes-seeder/bulk.js',
      'assets/user-attributes-api/index.js',
      'assets/user-attributes-seeder/index.js',
      'assets/user-attributes-seeder/role.js',
      'assets/user-attributes-seeder/secrets.js',
    ];
    for (const file of [...needed, ...handlers]) assert.ok(files.includes(`package/${file}`), `${file} is missing`);
    const known =
      /^package\/(build\/.*\.(js|d\.ts)|node_modules\/(csv-parse|mustache|redos-detector|regjsparser|jsesc)\/.*)$/;
    const unknown = files.filter((file) => !known.test(file) && ![...needed, ...handlers].includes(file.slice(8)));
    assert.deepEqual(unknown, []);
  });

  const app = path.join(work, 'app.ts');
  await step('the README’s stack compiles in a fresh app on the newest aws-cdk-lib', () => {
    const [, readme] = /```ts nofixture\n(.*?)```/s.exec(readFileSync(path.join(ROOT, 'README.md'), 'utf8'))!;
    run(work, 'npm', 'init', '--yes', '--silent');
    const { version: typescript } = JSON.parse(readFileSync(require.resolve('typescript/package.json'), 'utf8'));
    run(
      work,
      'npm',
      'install',
      '--silent',
      packed,
      'aws-cdk-lib@latest',
      'constructs@latest',
      'tsx',
      `typescript@${typescript}`,
      '@types/node@20',
    );
    // As aws-cdk-lib's README has it, and it finds what ought not to be there.
    writeFileSync(
      app,
      `import { CfnResource, CloudFormationValidatePlugin, Validations } from 'aws-cdk-lib';\n${readme}
Validations.of(app).addPlugins(new CloudFormationValidatePlugin());
if (app.node.tryGetContext('mistake')) new CfnResource(stack, 'Mistake', { type: 'AWS::SQS::Queue', properties: { No: 1 } });
app.synth();\n`,
    );
    run(work, 'npx', 'tsc', '--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'node16', app);
  });

  await step('a function of one’s own, from docs/messages.md, compiles in it and runs', () => {
    const [, snippet] = /```ts nofixture\n(.*?)```/s.exec(readFileSync(path.join(ROOT, 'docs/messages.md'), 'utf8'))!;
    writeFileSync(path.join(work, 'messages.ts'), snippet);
    const options = ['--strict', '--target', 'es2022', '--module', 'node16', '--types', 'node'];
    run(work, 'npx', 'tsc', '--outDir', 'compiled', ...options, 'messages.ts');
    const script = `require('./compiled/messages.js').handler({ request: {} }).then((answer) => console.error(JSON.stringify(answer)))`;
    run(work, 'node', '-e', script);
    // As an ES module, too.
    writeFileSync(path.join(work, 'messages.mts'), snippet);
    run(work, 'npx', 'tsc', '--outDir', 'compiled', ...options, 'messages.mts');
    run(work, 'node', 'compiled/messages.mjs');
  });

  const synthesize = (outdir: string, environment: Record<string, string> = {}, source = app) => {
    execFileSync('npx', ['tsx', source], {
      cwd: work,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...freshEnvironment(), ...environment, CDK_OUTDIR: outdir },
    });
    const read = (file: string) => JSON.parse(readFileSync(path.join(work, outdir, file), 'utf8'));
    return { template: read('Tenants.template.json'), report: read('validation-report.json') };
  };
  const violations = (report: { pluginReports: { pluginName: string; violations: unknown[] }[] }) =>
    report.pluginReports.flatMap((plugin) => plugin.violations);

  await step('it synthesizes, and CloudFormation Validate has no finding', () => {
    assert.deepEqual(violations(synthesize('out').report), []);
  });

  await step('(which it would have, were there a mistake)', () => {
    assert.equal(violations(synthesize('out-with-mistake', { CDK_CONTEXT_JSON: '{"mistake":true}' }).report).length, 1);
  });

  await step(
    'a file on Step Functions synthesizes, CloudFormation Validate has no finding, and the command is there',
    () => {
      const people = path.join(work, 'people.ts');
      writeFileSync(path.join(work, 'people.csv'), 'username,custom:plan\nann,trial\n');
      writeFileSync(people, PEOPLE);
      const { template, report } = synthesize('people', {}, people);
      assert.deepEqual(violations(report), []);
      assert.ok(JSON.stringify(template).includes('.cognito-seed'), 'the file is an asset');
      assert.match(run(work, 'npx', 'cdk-cognito-seed', 'plan', '--help'), /--show-values/);
    },
  );

  await step('the preview shows its message', () => {
    const shown = run(work, 'npx', 'cdk-cognito-messages', 'preview', '--app', `npx tsx ${app}`, '--out', 'preview');
    assert.match(shown, /in all +1 /);
    assert.ok(readdirSync(path.join(work, 'preview')).includes('index.html'));
  });

  await step('no policy grants everything, as an action or on a resource', () => {
    const resources: { Type: string; Properties: any }[] = Object.values(synthesize('out').template.Resources);
    const statements = resources.flatMap(({ Properties }) => Properties?.PolicyDocument?.Statement ?? []);
    assert.ok(statements.length > 0);
    for (const { Action, Resource } of statements) {
      assert.ok(
        [Action].flat().every((action) => !action.includes('*')),
        `an action: ${Action}`,
      );
      assert.ok(
        [Resource].flat().every((resource) => resource !== '*'),
        `a resource of ${Action}`,
      );
    }
    assert.ok(!JSON.stringify(resources).includes('ManagedPolicyArns'), 'a managed policy');
  });
};

void play(main).finally(() => rmSync(work, { recursive: true, force: true }));

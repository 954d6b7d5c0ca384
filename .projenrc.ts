import { awscdk, JsonFile, javascript, TextFile, typescript } from 'projen';

/** The lowest aws-cdk-lib that this library works with: development and tests run on it, and the peer range starts at it. */
const LOWEST_CDK = '2.257.0';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-cognito-user-attributes',
  description:
    "Cognito user attributes as part of an AWS CDK stack: declared, planned, applied at the pool's pace, rolled back, and announced in the right words.",
  author: 'The cdk-cognito-user-attributes authors',
  authorOrganization: true,
  authorAddress: 'https://github.com/cdk-cognito-user-attributes',
  repositoryUrl: 'https://github.com/cdk-cognito-user-attributes/cdk-cognito-user-attributes.git',
  license: 'Apache-2.0',
  copyrightOwner: 'The cdk-cognito-user-attributes authors',
  keywords: ['aws', 'cdk', 'cognito', 'user-pool', 'user-attributes', 'custom-message'],
  stability: 'experimental',

  cdkVersion: LOWEST_CDK,
  constructsVersion: '10.5.1',
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.3',
  projenVersion: '0.103.25',
  runner: typescript.TypeScriptRunner.tsx(),
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.19.0',
  defaultReleaseBranch: 'main',

  srcdir: 'lib',
  libdir: 'build',
  entrypoint: 'build/index.js',
  sampleCode: false,
  tsconfigDev: {
    compilerOptions: {
      types: ['node', 'jest'],
      paths: { 'cdk-cognito-user-attributes': ['../lib'] }, // which examples import by its name
    },
    include: [
      '../cli/**/*.ts',
      '../lambda/**/*.ts',
      '../bench/**/*.ts',
      '../demo/**/*.ts',
      '../examples/**/*.ts',
      '../scripts/**/*.ts',
    ],
    exclude: ['node_modules', '../examples/self-service/page'], // it runs in browsers, and has a configuration of its own
  },
  npmignoreEnabled: false,
  bin: {
    'cdk-cognito-messages': 'bin/cdk-cognito-messages.js',
    'cdk-cognito-seed': 'bin/cdk-cognito-seed.js',
  },
  gitignore: [
    '/assets/',
    '/bin/',
    '/custom-message/',
    '/preview/',
    '/.snippets/',
    '/.newest/',
    'cdk.out/',
    '.venv/',
    '.jsii.tabl.json',
    '/examples/languages/dotnet/bin/',
    '/examples/languages/dotnet/obj/',
    '/examples/languages/java/target/',
  ],

  publishToPypi: { distName: 'cdk-cognito-user-attributes', module: 'cdk_cognito_user_attributes' },
  publishToMaven: {
    mavenGroupId: 'io.github.cdk-cognito-user-attributes',
    mavenArtifactId: 'cdk-cognito-user-attributes',
    javaPackage: 'io.github.cdkcognitouserattributes',
  },
  publishToGo: { moduleName: 'github.com/cdk-cognito-user-attributes/cdk-cognito-user-attributes-go' },
  publishToNuget: { packageId: 'CdkCognitoUserAttributes', dotNetNamespace: 'CdkCognitoUserAttributes' },

  // What the constructs need at synth. All else is bundled into the handlers or serves development.
  bundledDeps: ['csv-parse@^7', 'mustache@^4.2.0', 'redos-detector@^6'],
  devDeps: [
    // in the handlers' bundles
    '@aws-lambda-powertools/logger',
    '@aws-lambda-powertools/metrics',
    '@aws-sdk/client-cognito-identity-provider',
    '@aws-sdk/client-cloudformation',
    '@aws-sdk/client-s3',
    '@aws-sdk/client-secrets-manager',
    '@aws-sdk/client-sfn',
    '@aws-sdk/client-sts',
    '@aws-sdk/credential-provider-env',
    '@types/aws-lambda',
    '@types/mustache',
    '@types/negotiator',
    '@types/node@^20',
    'esbuild',
    'negotiator',
    // in the commands' bundles
    'commander',
    'picocolors',
    // tests, demo, benchmarks
    '@aws-cdk/integ-runner@2.197.10', // reads what aws-cdk-lib 2.257 writes, and not what 2.276 does
    '@aws-cdk/integ-tests-alpha@2.245.0-alpha.0',
    '@redocly/openapi-core',
    '@types/html-to-text',
    '@types/jest@^29',
    'asl-validator',
    'aws-cdk@2.1148.1', // the dist-tag `latest` cannot read what aws-cdk-lib 2.276 writes
    'cdk-nag@^3.0.2',
    'cli-table3',
    'cognito-local@5.3.0',
    'csv-spectrum', // what every reader of CSV should read
    'fast-check',
    'html-to-text',
    'jest@^29',
    'linkify-it', // what a mail client would link
    'openapi-types',
    'parse5@^7', // 8 is ES modules alone, which jest does not load
    'playwright-core',
    'tlds',
    // documentation
    '@hpcc-js/wasm-graphviz', // lays the pictures out
    'markdown-it',
    // lint and format
    'eslint@^9',
    'eslint-config-prettier',
    'prettier@^3',
    'typescript-eslint@^8',
  ],

  // Lint, format and test are tasks of this file, in fewer and smaller packages than projen's own.
  eslint: false,
  jest: false,
  github: false,
  release: false,
  depsUpgrade: false,
  pullRequestTemplate: false,
});

// The library's own sources need Node's types alone.
project.tsconfig?.file.addOverride('compilerOptions.types', ['node']);

// jsii 6 warns on every run that Node 20 is near its end of life; the README says what is supported.
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

// The SDK warns on Node 20, under which the tests run too.
project.tasks.addEnvironment('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');

// Whoever imports the messages for a function of their own gets them as the module system that they bundle for.
project.package.addField('exports', {
  '.': './build/index.js',
  './custom-message': {
    import: { types: './custom-message/index.d.mts', default: './custom-message/index.mjs' },
    require: { types: './custom-message/index.d.ts', default: './custom-message/index.js' },
  },
  './package.json': './package.json',
  './.jsii': './.jsii',
});

project.package.addField('files', [
  'assets/',
  'bin/',
  'build/**/*.js',
  'build/**/*.d.ts',
  'custom-message/',
  '.jsii',
  'API.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'docs/*.md',
  'docs/guides/',
  'docs/pictures/*.svg',
]);

const bundle = project.addTask('bundle', {
  description: 'Bundle the Lambda handlers into assets/ and the commands into bin/, as they are shipped',
  exec: 'tsx scripts/bundle.ts',
});
project.preCompileTask.spawn(bundle);

const lint = project.addTask('lint', { description: 'Check style and the borders between lib/ and lambda/' });
lint.exec('eslint --max-warnings 0 .');
lint.exec('prettier --check .');
project.addTask('format', {
  description: 'Write the style',
  steps: [{ exec: 'eslint --fix .' }, { exec: 'prettier --write .' }],
});

const typecheck = project.addTask('typecheck', {
  description: 'Check the types of everything that is not the jsii library',
  steps: [{ exec: 'tsc -p test/tsconfig.json' }, { exec: 'tsc -p examples/self-service/page' }],
});

project.testTask.spawn(bundle);
project.testTask.spawn(lint);
project.testTask.spawn(typecheck);
project.testTask.exec('jest', { receiveArgs: true });

const demo = project.addTask('demo', { description: 'Play a whole life of the example stack on an embedded Cognito' });
demo.spawn(bundle);
demo.exec('tsx demo/main.ts');
const demoPage = project.addTask('demo:page', {
  description: 'Serve the page of the self-service example on an embedded Cognito, until Ctrl-C (PORT=8080 for a port)',
});
demoPage.spawn(bundle);
demoPage.exec('tsx demo/self-service/page.ts');

const benchLoad = project.addTask('bench:load', {
  description: 'Measure sizes and load times of the bundles beside the AWS SDK',
});
benchLoad.spawn(bundle);
benchLoad.exec('tsx bench/load.ts');
const benchMessages = project.addTask('bench:messages', {
  description: 'Measure a trigger with 100 templates in 20 languages beside mustache by hand',
});
benchMessages.spawn(bundle);
benchMessages.exec('tsx bench/messages.ts');
const benchSynth = project.addTask('bench:synth', {
  description: 'Measure what the rows of a file add to the synthesis of a stack',
});
benchSynth.spawn(bundle);
benchSynth.exec('tsx bench/synth.ts');
const benchSeed = project.addTask('bench:seed', {
  description: "Measure how much of Cognito's quota a seeder uses, beside what people write by hand (bench/seed.svg)",
});
benchSeed.spawn(bundle);
benchSeed.exec('tsx bench/seed.ts');
const benchPlan = project.addTask('bench:plan', {
  description: 'Measure what planning a million users against a million takes',
});
benchPlan.spawn(bundle);
benchPlan.exec('tsx bench/plan.ts');
const benchApi = project.addTask('bench:api', {
  description: "Measure what the API's function adds to calling Cognito directly",
});
benchApi.spawn(bundle);
benchApi.exec('tsx bench/api.ts');
project.addTask('bench', {
  description: 'Run every benchmark and write bench/results.json',
  steps: [
    { spawn: benchLoad.name },
    { spawn: benchMessages.name },
    { spawn: benchApi.name },
    { spawn: benchSeed.name },
    { spawn: benchSynth.name },
    { spawn: benchPlan.name },
  ],
});

const preview = project.addTask('preview', {
  description: 'Render every message of the example into preview/index.html',
});
preview.spawn(bundle);
preview.exec('node bin/cdk-cognito-messages.js preview --out preview', { receiveArgs: true });

const testNewest = project.addTask('test:newest', {
  description:
    'Run the tests of the constructs and the examples on the newest aws-cdk-lib, and compare templates with the lowest (installs from npm)',
  env: { CDK_VALIDATION: 'false' }, // by default, every synthesis ends in one; the templates of the examples are looked at
});
testNewest.spawn(bundle);
testNewest.exec('tsx test/newest/install.ts');
testNewest.exec('jest --config test/newest/jest.config.js', { receiveArgs: true });

const testBrowser = project.addTask('test:browser', {
  description: 'Look at the preview of the messages in headless Chromium (needs Chromium, or CHROMIUM=/path/to/it)',
});
testBrowser.spawn(bundle);
testBrowser.exec('tsx test/browser/main.ts');

const testDeploy = project.addTask('test:deploy', {
  description:
    'Deploy the examples with the real CDK CLI onto MiniStack, cognito-local behind it (installs MiniStack from PyPI)',
});
testDeploy.spawn(bundle);
testDeploy.exec('tsx test/deploy/main.ts');

const INTEG = "integ-runner --directory test/integ --test-regex '^integ\\..*\\.ts$' --app 'tsx {filePath}'";
const testInteg = project.addTask('test:integ', {
  description: 'Compare the stacks of test/integ with their snapshots (needs no account; `npm run integ` deploys them)',
});
testInteg.spawn(bundle);
testInteg.exec(INTEG);
const integSnapshot = project.addTask('integ:snapshot', {
  description: 'Write the snapshots of test/integ anew without deploying anything',
});
integSnapshot.spawn(bundle);
integSnapshot.exec(`${INTEG} --parallel-regions us-east-1 --dry-run --force --update-on-failed`, { receiveArgs: true });
const integ = project.addTask('integ', {
  description:
    'Deploy the stacks of test/integ to a real account, assert on them, remove them and write their snapshots (AWS credentials of a bootstrapped account; npm run integ -- --parallel-regions eu-west-1)',
});
integ.spawn(bundle);
integ.exec(`${INTEG} --force --update-on-failed`, { receiveArgs: true });

const testPackage = project.addTask('test:package', {
  description:
    'Pack the library and synthesize the README stack in a fresh app on the newest aws-cdk-lib (installs from npm)',
});
testPackage.spawn(bundle);
testPackage.spawn(project.compileTask);
testPackage.exec('tsx test/package/main.ts');

const testLanguages = project.addTask('test:languages', {
  description:
    'Build the packages for Python, Java and Go, and synthesize the same example with each (installs from PyPI, Maven Central, a Go proxy)',
});
testLanguages.spawn(bundle);
testLanguages.spawn(project.compileTask);
testLanguages.exec('tsx test/languages/main.ts');

project.gitattributes.addAttributes('/test/integ/*.snapshot/**', 'linguist-generated');
// Of the snapshots stays what is compared. projen takes the folder of tests in, and what comes later goes out of it again.
project.gitignore.exclude(
  '/test/integ/cdk-integ.out.*',
  '/test/integ/*.snapshot/asset.*',
  '/test/integ/*.snapshot/tree.json',
);

project.addTask('rosetta', {
  description:
    'Compile the snippets of the README, of the public docstrings and of docs/, and look at JSON, shells and Python (after compile)',
  steps: [{ exec: 'jsii-rosetta extract --strict .' }, { exec: 'tsx scripts/snippets.ts' }],
});

project.addTask('pictures', {
  description: 'Draw docs/pictures/*.svg from the .dot files beside them',
  exec: 'tsx scripts/pictures.ts',
});

// A contributor need not have every language's tools: test:languages builds the packages of those that are there.
project.tasks.tryFind('package-all')?.reset('npx projen package:js');

new JsonFile(project, 'cdk.json', {
  obj: { app: 'npx tsx examples/tenants/app.ts', output: 'cdk.out' },
});
new JsonFile(project, '.prettierrc.json', { marker: false, obj: { singleQuote: true, printWidth: 120 } });
new TextFile(project, '.prettierignore', {
  lines: [
    '# Generated, or data.',
    ...[
      'assets/',
      'bin/',
      'build/',
      'custom-message/',
      '/preview/',
      'examples/**/messages/',
      'dist/',
      'cdk.out/',
      '.jsii',
      'API.md',
      'bench/results.json',
      '.projen/',
      '*.json',
    ],
    '',
  ],
});

project.synth();

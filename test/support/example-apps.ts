import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { App, AppProps } from 'aws-cdk-lib';
import { ModuleKind, transpileModule } from 'typescript';

const ROOT = path.join(__dirname, '../..');

/** The folder of every CDK app below examples/, those that are yet to come among them. */
export const exampleFolders = (folder = path.join(ROOT, 'examples')): string[] => [
  ...(existsSync(path.join(folder, 'app.ts')) ? [path.relative(path.join(ROOT, 'examples'), folder)] : []),
  ...readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .flatMap(({ name }) => exampleFolders(path.join(folder, name))),
];

const made: App[] = [];
let additional: AppProps = {};

// Of whom imports it from here on, which are the examples: they make an app as anybody does, and tell nobody.
jest.doMock('aws-cdk-lib', () => {
  const library = jest.requireActual('aws-cdk-lib');
  class ExampleApp extends library.App {
    constructor(props?: AppProps) {
      super({ ...props, ...additional });
      made.push(this as unknown as App);
    }
  }
  return new Proxy(library, { get: (target, name) => (name === 'App' ? ExampleApp : target[name]) });
});

const onlyApp = (maker: string): App => {
  const apps = made.splice(0);
  if (apps.length !== 1) throw new Error(`${maker} makes ${apps.length} apps`);
  return apps[0];
};

/** Runs an example's app.ts as it stands, once in a test file, and hands over the app that it has made. */
export const runExample = (folder: string, props: AppProps): App => {
  additional = props;
  jest.requireActual(path.join(ROOT, 'examples', folder, 'app.ts'));
  return onlyApp(`examples/${folder}/app.ts`);
};

/** Runs a program of a guide, in TypeScript, in the same way. */
export const runProgram = (program: string, props: AppProps): App => {
  additional = props;
  const { outputText } = transpileModule(program, { compilerOptions: { module: ModuleKind.CommonJS } });
  new Function('require', 'exports', outputText)(require, {});
  return onlyApp('the program');
};

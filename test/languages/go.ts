import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Language } from './language';
import { BUILT, copyOfExample, isThere, ROOT, run, tool } from './machine';

// Versions are exact here, and nothing of this build is shipped: the checksum database need not be reachable.
const environment = { GOSUMDB: process.env.GOSUMDB || 'off', GOFLAGS: '-mod=mod' };

const MODERN = 'test "$(go env GOVERSION | cut -d. -f2)" -ge 25';

/** What aws-cdk-lib depends on, as npm has installed it. */
const dependencies = (): string[] => {
  const scope = path.join(ROOT, 'node_modules/@aws-cdk');
  return readdirSync(scope)
    .map((name) => path.join(scope, name))
    .filter((directory) => existsSync(path.join(directory, '.jsii')));
};

/** Modules that were built here, by their path. */
const modules = (): [name: string, directory: string][] =>
  readdirSync(path.join(BUILT, 'go')).map((folder) => {
    const directory = path.join(BUILT, 'go', folder);
    return [/^module (\S+)/m.exec(readFileSync(path.join(directory, 'go.mod'), 'utf8'))![1]!, directory];
  });

/** The module, in place of the one that the example's go.mod requires. */
export const go: Language = {
  name: 'Go',
  target: 'go',
  missing: () => (isThere('sh', '-c', MODERN) ? undefined : 'Go 1.25 or later'),
  environment: { ...environment, JSII_BUILD_GO: '0' }, // the example compiles it
  prepare: () => {
    // npm has small packages earlier than the module proxy has the modules that are made of them, so these are made here too:
    // jsii-pacmak takes what lies beside its own output in place of what it would download.
    run(ROOT, {}, tool('jsii-pacmak'), ...dependencies(), '--code-only', '--target', 'go', '--outdir', BUILT);
  },
  install: () => {
    const directory = copyOfExample('go');
    const replacements = modules().map(([name, built]) => `-replace=${name}=${built}`);
    run(directory, environment, 'go', 'mod', 'edit', ...replacements);
    run(directory, environment, 'go', 'mod', 'tidy');
    // Compiled for one run, and without the paths of this one, by which Go would compile aws-cdk-lib again in the next.
    run(directory, environment, 'go', 'build', '-trimpath', '-gcflags=all=-N -l', '-o', 'people', '.');
    return { directory, command: ['./people'] };
  },
};

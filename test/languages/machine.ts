import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freshEnvironment } from '../support/fresh-environment';

export const ROOT = path.join(__dirname, '../..');

/** Everything is built, installed and synthesized below it. */
export const WORK = mkdtempSync(path.join(tmpdir(), 'languages-'));

/** Where jsii-pacmak puts a folder for each language. */
export const BUILT = path.join(WORK, 'built');

/** Runs a command; what it says of its troubles is shown when it fails. */
export const run = (cwd: string, environment: NodeJS.ProcessEnv, ...[command, ...args]: string[]): string =>
  execFileSync(command!, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...freshEnvironment(), ...environment },
  });

/** A command of the project's own dependencies. */
export const tool = (name: string): string => path.join(ROOT, 'node_modules/.bin', name);

export const isThere = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;

/** The exact version that the library is developed with: the lowest of its peers. */
export const versionOf = (dependency: string): string =>
  JSON.parse(readFileSync(path.join(ROOT, 'node_modules', dependency, 'package.json'), 'utf8')).version;

/** A copy of a language's example, to be changed as its user's own machine might. */
export const copyOfExample = (language: string): string => {
  const copy = path.join(WORK, language);
  cpSync(path.join(ROOT, 'examples/languages', language), copy, { recursive: true });
  return copy;
};

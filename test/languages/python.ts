import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Language } from './language';
import { BUILT, copyOfExample, isThere, run, versionOf } from './machine';

const MODERN = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))';

/** The wheel, in a virtual environment. */
export const python: Language = {
  name: 'Python',
  target: 'python',
  missing: () => (isThere('python3', '-c', MODERN) ? undefined : 'Python 3.10 or later with venv and pip'),
  install: () => {
    const directory = copyOfExample('python');
    const wheel = readdirSync(path.join(BUILT, 'python')).find((file) => file.endsWith('.whl'))!;
    // The versions that TypeScript has.
    const exact = ['aws-cdk-lib', 'constructs'].map((name) => `${name}==${versionOf(name)}`);
    const constraints = path.join(directory, 'constraints.txt');
    writeFileSync(constraints, [...exact, ''].join('\n'));
    run(directory, {}, 'python3', '-m', 'venv', '.venv');
    const venv = path.join(directory, '.venv/bin/python');
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-compile'];
    const built = path.join(BUILT, 'python', wheel);
    run(directory, {}, venv, ...install, '-c', constraints, built, '-r', 'requirements.txt');
    return { directory, command: [venv, 'app.py'] };
  },
};

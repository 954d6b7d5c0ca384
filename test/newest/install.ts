/** Installs the newest aws-cdk-lib into .newest/, beside the one that the library is developed on. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freshEnvironment } from '../support/fresh-environment';

const folder = path.join(__dirname, '../../.newest');
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
try {
  const options = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--silent'];
  execFileSync('npm', ['install', ...options, 'aws-cdk-lib@latest', 'constructs@latest'], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: freshEnvironment(),
  });
} catch (error) {
  if (!existsSync(path.join(folder, 'node_modules/aws-cdk-lib'))) throw error;
  console.warn('npm cannot be asked what is the newest: what is there is taken');
}

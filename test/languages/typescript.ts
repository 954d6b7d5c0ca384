import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import type { App } from './language';
import { copyOfExample, ROOT, run, tool, WORK } from './machine';

/** The library out of its tarball, beside the aws-cdk-lib that it is developed with. */
export const installTypeScript = (): App => {
  const directory = copyOfExample('typescript');
  const library = path.join(directory, 'node_modules/cdk-cognito-user-attributes');
  mkdirSync(library, { recursive: true });
  run(ROOT, {}, 'npm', 'pack', '--silent', '--pack-destination', WORK);
  const packed = readdirSync(WORK).find((file) => file.endsWith('.tgz'))!;
  run(WORK, {}, 'tar', '-xzf', packed, '--strip-components=1', '-C', library);
  for (const peer of ['aws-cdk-lib', 'constructs'])
    symlinkSync(path.join(ROOT, 'node_modules', peer), path.join(directory, 'node_modules', peer));
  return { directory, command: [tool('tsx'), 'app.ts'] };
};

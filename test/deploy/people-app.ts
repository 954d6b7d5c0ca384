import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import { PeopleStack } from '../../examples/people/people-stack';
import { peopleFile } from './people-file';

const app = new App();
const step = app.node.getContext('step') as string;
const folder = mkdtempSync(path.join(tmpdir(), 'people-'));
try {
  const file = path.join(folder, 'users.csv');
  writeFileSync(file, peopleFile(step));
  new PeopleStack(app, 'People', { file, testersPlan: 'early-access' });
} finally {
  rmSync(folder, { recursive: true });
}

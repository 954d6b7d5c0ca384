import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { PeopleStack } from './people-stack';

const app = new App();
new PeopleStack(app, 'People', { file: join(__dirname, 'users.csv'), testersPlan: 'trial' });

import { App } from 'aws-cdk-lib';
import { WithStack } from './with-stack';

const app = new App();
new WithStack(app, 'With', { allowOrigins: ['https://account.example.com'] });

import { App } from 'aws-cdk-lib';
import { WithoutStack } from './without-stack';

const app = new App();
new WithoutStack(app, 'Without', { allowOrigins: ['https://account.example.com'] });

import { App } from 'aws-cdk-lib';
import { SelfServiceStack } from './self-service-stack';

const app = new App();
new SelfServiceStack(app, 'SelfService', { allowOrigins: ['https://account.example.com'] });

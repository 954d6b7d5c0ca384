import { App } from 'aws-cdk-lib';
import { administrators } from './administrators';
import { TenantsStack } from './tenants-stack';

const app = new App();
new TenantsStack(app, 'Tenants', { administrators });

import { App } from 'aws-cdk-lib';
import { ProductStage } from '../../examples/platform/product-stage';

const app = new App();
new ProductStage(app, 'Test', {
  isProduction: false,
  network: {
    vpcId: app.node.getContext('vpc'),
    availabilityZones: ['us-east-1a'],
    privateSubnetIds: [app.node.getContext('subnet')],
  },
  product: 'Example',
  administrators: [
    { username: 'alice', attributes: { email: 'alice@example.com', locale: 'en' } },
    { username: 'bob', attributes: { email: 'bob@example.com', locale: 'de' } },
  ],
  pageOrigin: 'https://account.example.com',
});

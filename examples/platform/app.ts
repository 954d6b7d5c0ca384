import { App } from 'aws-cdk-lib';
import type { SeedUser } from '../../lib';
import { ProductStage } from './product-stage';

const administrators: SeedUser[] = [
  { username: 'alice', attributes: { email: 'alice@example.com', locale: 'en' } },
  { username: 'bob', attributes: { email: 'bob@example.com', locale: 'de' } },
];

const network = {
  vpcId: 'vpc-0a1b2c3d',
  availabilityZones: ['eu-west-1a', 'eu-west-1b'],
  privateSubnetIds: ['subnet-0a1b2c3d', 'subnet-4e5f6a7b'],
  privateSubnetRouteTableIds: ['rtb-0a1b2c3d', 'rtb-4e5f6a7b'],
};

const app = new App();
for (const [id, isProduction] of Object.entries({ Test: false, Production: true })) {
  new ProductStage(app, id, {
    isProduction,
    network,
    product: 'Example',
    administrators,
    pageOrigin: 'https://account.example.com',
  });
}

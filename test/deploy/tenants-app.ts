import { App, RemovalPolicy } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { administrators } from '../../examples/tenants/administrators';
import { TenantsStack } from '../../examples/tenants/tenants-stack';
import { SeedSource, type SeedUser, UserAttributesSeeder } from '../../lib';

const [alice, bob, carol] = administrators;

const withAttributes = (user: SeedUser, attributes: SeedUser['attributes']): SeedUser => ({
  ...user,
  attributes: { ...user.attributes, ...attributes },
});
const bobWithSeats = withAttributes(bob, { custom: { tenant: 'green', seats: '50' } });

/** The example stack as its author changes it over time. */
const STEPS: Record<string, SeedUser[]> = {
  create: administrators,
  update: [alice, bobWithSeats, carol],
  failingUpdate: [
    withAttributes(alice, { locale: 'fr' }),
    withAttributes(bobWithSeats, { familyName: 'Brown' }),
    withAttributes(carol, { preferredUsername: 'blue-desk' }),
  ],
  prune: [alice, carol],
};

const app = new App();
const step = app.node.getContext('step') as string;
const stack = new TenantsStack(app, 'Tenants', { administrators: STEPS[step] });

if (app.node.tryGetContext('temporary')) {
  new UserAttributesSeeder(stack, 'Temporary', {
    userPool: stack.node.findChild('Pool') as UserPool,
    source: SeedSource.inline([{ username: 'dave', attributes: { nickname: 'Stopgap' } }]),
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

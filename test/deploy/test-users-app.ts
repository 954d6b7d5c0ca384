import { App } from 'aws-cdk-lib';
import { TestUsersStack } from '../../examples/test-users/test-users-stack';
import { users } from '../../examples/test-users/users';
import { SeedSource, type SeedUser, UserAttributesSeeder } from '../../lib';

const [alice, bob, carol] = users;
const dora: SeedUser = { username: 'dora', attributes: { nickname: 'Declared' }, groups: ['admins'], enabled: false };
const aliceInFrench: SeedUser = { ...alice, attributes: { ...alice.attributes, locale: 'fr' } };

/** The example stack as its author changes it over time; Dora has an account already. */
const STEPS: Record<string, SeedUser[]> = {
  create: [...users, dora],
  update: [aliceInFrench, bob, carol, dora],
  rolledBack: [{ ...aliceInFrench, groups: [] }, { username: 'erin', attributes: {} }, carol],
  prune: [aliceInFrench, carol, dora],
};

const app = new App();
const step = app.node.getContext('step') as string;
const stack = new TestUsersStack(app, 'TestUsers', { users: STEPS[step] });

if (step === 'rolledBack') {
  // Fails when the example's own seeder has succeeded.
  const failing = new UserAttributesSeeder(stack, 'Failing', {
    userPool: stack.userPool,
    source: SeedSource.inline([{ username: 'nobody', attributes: { nickname: 'Nobody' } }]),
  });
  failing.node.addDependency(stack.seeder);
}

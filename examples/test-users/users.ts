import { type SeedUser, UserPassword } from '../../lib';

export const users: SeedUser[] = [
  {
    username: 'alice',
    attributes: { givenName: 'Alice', email: 'alice@example.com', custom: { plan: 'gold' } },
    groups: ['admins'],
    password: UserPassword.generated(),
  },
  {
    username: 'bob',
    attributes: { givenName: 'Bob', custom: { plan: 'trial' } },
    password: UserPassword.generated(),
  },
  // Nobody signs in as Carol.
  { username: 'carol', attributes: { givenName: 'Carol' }, enabled: false, password: UserPassword.random() },
];

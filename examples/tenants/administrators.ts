import type { SeedUser } from '../../lib';

export const administrators: SeedUser[] = [
  {
    username: 'alice',
    attributes: {
      givenName: 'Alice',
      email: 'alice@blue.example.com',
      locale: 'en-GB',
      custom: { tenant: 'blue', seats: '25' },
    },
    clientMetadata: { tenant: 'Blue & Sons' },
  },
  {
    username: 'bob',
    attributes: { givenName: 'Bob', familyName: 'Braun', custom: { tenant: 'green', seats: '5' } },
  },
  {
    username: 'carol',
    attributes: { givenName: 'Carol', nickname: '', custom: { tenant: 'blue' } },
  },
];

/** The users of the benchmark: whom the pool has, and what everybody is to make of them. */
export const USER_POOL_ID = 'us-east-1_bench';

export const usernameOf = (user: number): string => `user-${user}`;

export const declaredOf = (user: number): Record<string, string> => ({
  locale: user % 2 ? 'de' : 'fr',
  'custom:tenant': `tenant-${user % 7}`,
});

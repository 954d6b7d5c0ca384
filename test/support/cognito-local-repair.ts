import { CognitoError } from './cognito-local-internals';
import type { Attributes, Context, Router, Services, User } from './cognito-local-internals';
import type { RepairedUserPool } from './cognito-local-pool';

type Route = ReturnType<Router>;

/** Takes the place of one of cognito-local's targets. */
export type Repair = (services: Services) => Route;
export type Repairs = Readonly<Record<string, Repair>>;

export const valueOf = (name: string, attributes: Attributes | undefined): string | undefined =>
  attributes?.find((attribute) => attribute.Name === name)?.Value;

export const includes = (names: readonly string[] | undefined, name: string): boolean => names?.includes(name) ?? false;

export const invalidParameter = (message: string) => new CognitoError('InvalidParameterException', message);

export const poolOf = async (services: Services, ctx: Context, userPoolId: string): Promise<RepairedUserPool> =>
  (await services.cognito.getUserPool(ctx, userPoolId)) as RepairedUserPool;

export const existing = (pool: RepairedUserPool, username: string): User => {
  const user = pool.find(username);
  if (!user) throw new CognitoError('UserNotFoundException', 'User does not exist.');
  return user;
};

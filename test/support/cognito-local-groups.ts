import { CognitoError, Router as route } from './cognito-local-internals';
import { poolOf } from './cognito-local-repair';
import type { Repair, Repairs } from './cognito-local-repair';

/** cognito-local puts an empty group in the place of the one that is there. */
const createGroup: Repair = (services) => async (ctx, req) => {
  const pool = await poolOf(services, ctx, req.UserPoolId);
  if (await pool.getGroupByGroupName(ctx, req.GroupName))
    throw new CognitoError('GroupExistsException', 'A group with the name already exists.');
  return route(services)('CreateGroup')(ctx, req);
};

export const groupRepairs: Repairs = { CreateGroup: createGroup };

import { Router as route } from './cognito-local-internals';
import { existing, includes, invalidParameter, poolOf } from './cognito-local-repair';
import type { Repair, Repairs } from './cognito-local-repair';

const PAGE = 60;

/** Cognito answers 60 items at most; cognito-local all. */
const page = <T>(items: readonly T[], limit: number | undefined, token: string | undefined) => {
  const size = limit || PAGE;
  if (size < 0 || size > PAGE)
    throw invalidParameter(
      `1 validation error detected: Value '${size}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to ${PAGE}`,
    );
  const start = token ? Number(Buffer.from(token, 'base64url').toString()) : 0;
  if (!Number.isInteger(start)) throw invalidParameter('Invalid pagination token.');
  const end = start + size;
  return {
    shown: items.slice(start, end),
    next: end < items.length ? Buffer.from(String(end)).toString('base64url') : undefined,
  };
};

/**
 * Paged here and not in the proxy, since a proxy would read every user of the pool again for each page. cognito-local also
 * insists on blanks around the filter's operator.
 */
const listUsers: Repair = (services) => async (ctx, req) => {
  const filter: string | undefined = req.Filter?.replace(/^\s*([\w:]+)\s*(\^?=)\s*(".*")\s*$/s, '$1 $2 $3');
  const pool = await poolOf(services, ctx, req.UserPoolId);
  const { shown, next } = page(await pool.listUsers(ctx, filter), req.Limit, req.PaginationToken);
  return {
    Users: shown.map((user) => ({
      Username: user.Username,
      Attributes: user.Attributes.filter(({ Name }) => includes(req.AttributesToGet ?? [Name], Name)),
      Enabled: user.Enabled,
      UserStatus: user.UserStatus,
      UserCreateDate: user.UserCreateDate,
      UserLastModifiedDate: user.UserLastModifiedDate,
    })),
    PaginationToken: next,
  };
};

const listUsersInGroup: Repair = (services) => async (ctx, req) => {
  const { Users: users = [] } = (await route(services)('ListUsersInGroup')(ctx, req)) as { Users?: unknown[] };
  const { shown, next } = page(users, req.Limit, req.NextToken);
  return { Users: shown, NextToken: next };
};

/** cognito-local looks for the name in the request among the members, which are usernames. */
const adminListGroupsForUser: Repair = (services) => async (ctx, req) => {
  const { Username } = existing(await poolOf(services, ctx, req.UserPoolId), req.Username);
  const all = await route(services)('AdminListGroupsForUser')(ctx, { ...req, Username });
  const { shown, next } = page((all as { Groups?: unknown[] }).Groups ?? [], req.Limit, req.NextToken);
  return { Groups: shown, NextToken: next };
};

export const listRepairs: Repairs = {
  AdminListGroupsForUser: adminListGroupsForUser,
  ListUsers: listUsers,
  ListUsersInGroup: listUsersInGroup,
};

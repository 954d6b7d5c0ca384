import { CognitoError, Router as route } from './cognito-local-internals';
import { insistOnPolicy } from './cognito-local-passwords';
import type { Repair, Repairs } from './cognito-local-repair';

const notAuthorized = (message: string) => new CognitoError('NotAuthorizedException', message);

/** cognito-local lets disabled users in, and asks who must change their password for none. */
const initiateAuth: Repair = (services) => async (ctx, req) => {
  if (req.AuthFlow === 'USER_PASSWORD_AUTH') {
    const { USERNAME = '', PASSWORD } = req.AuthParameters ?? {};
    const pool = await services.cognito.getUserPoolForClientId(ctx, req.ClientId);
    const user = await pool.getUserByUsername(ctx, USERNAME);
    if (user && !user.Enabled) throw notAuthorized('User is disabled.');
    if (user?.Password !== PASSWORD || !user) throw notAuthorized('Incorrect username or password.');
  }
  return route(services)('InitiateAuth')(ctx, req);
};

const respondToAuthChallenge: Repair = (services) => async (ctx, req) => {
  if (req.ChallengeName === 'NEW_PASSWORD_REQUIRED') {
    const pool = await services.cognito.getUserPoolForClientId(ctx, req.ClientId);
    const user = await pool.getUserByUsername(ctx, req.ChallengeResponses?.USERNAME ?? '');
    if (user && !user.Enabled) throw notAuthorized('User is disabled.');
    insistOnPolicy(pool.options, req.ChallengeResponses?.NEW_PASSWORD ?? '');
  }
  return route(services)('RespondToAuthChallenge')(ctx, req);
};

export const signInRepairs: Repairs = { InitiateAuth: initiateAuth, RespondToAuthChallenge: respondToAuthChallenge };

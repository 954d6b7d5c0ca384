import type { ApiWire } from '../../lib/private/contracts/api';
import { PROBLEMS, type ProblemWire } from '../../lib/private/contracts/api-problems';
import type { Cognito } from './cognito';
import { problemOf } from './failure';
import { carryOut } from './operations';
import type { Problem } from './problem';
import { reportOutcome, reportProblem } from './report';
import { type ApiRequest, readRequest } from './request';

/** An answer to API Gateway (payload 2.0). */
export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Nobody keeps, frames or guesses at what the API answers. */
const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000',
  'x-content-type-options': 'nosniff',
} as const;

export const createApi =
  (definition: ApiWire, cognito: Cognito) =>
  async (event: unknown): Promise<Answer> => {
    let request: ApiRequest | undefined;
    try {
      request = readRequest(definition, event);
      const outcome = await carryOut(definition, cognito, request);
      reportOutcome(outcome);
      return answer(outcome.status, 'application/json', outcome.body);
    } catch (error) {
      const problem = problemOf(error, request?.operation, sentNames(request?.body));
      reportProblem(problem, error);
      return refusal(problem);
    }
  };

/** The attributes of a change: an error points to what was sent, whatever else Cognito's message may mention. */
const sentNames = (body: unknown): string[] =>
  Object.keys((body as { readonly attributes?: object } | undefined)?.attributes ?? {});

function refusal({ code, body }: Problem): Answer {
  const { status, retryAfter }: ProblemWire = PROBLEMS[code];
  return answer(status, 'application/problem+json', body, {
    ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    ...(status === 401 && { 'www-authenticate': 'Bearer error="invalid_token"' }), // RFC 6750, 3
  });
}

const answer = (
  statusCode: number,
  contentType: string,
  body: object | undefined,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  statusCode,
  headers: { ...SECURITY_HEADERS, ...(body && { 'content-type': contentType }), ...headers },
  ...(body && { body: JSON.stringify(body) }),
});

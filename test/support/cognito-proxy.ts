import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { verifyAccessToken } from './cognito-access-token';
import type { AccessClaims } from './cognito-access-token';
import type { CognitoCall, Fault, Faults } from './cognito-faults';
import { categoryOf, Throttle } from './cognito-quota';
import type { Quotas } from './cognito-quota';
import { check, translate } from './cognito-checks';
import type { CognitoRequest } from './cognito-checks';
import { CONTENT_TYPE, errorAnswer, errorTypeOf, Refusal, Upstream } from './cognito-upstream';
import type { Answer } from './cognito-upstream';
import { listen, readBody } from './http';
import { signerOf } from './signer';

export interface CognitoProxyOptions {
  /** @default 0 - a free port */
  readonly port?: number;
  /** @default - unlimited */
  readonly quotas?: Quotas;
  /** Cognito throttles with 400; some services and gateways with 429. @default 400 */
  readonly throttleStatus?: ThrottleStatus;
  readonly faults?: Faults;
  /** Added to every call. @default 0 */
  readonly latencyMs?: number;
  /** Awaited before a call is looked at. @default - nothing */
  readonly beforeCall?: (call: CognitoCall) => Promise<void>;
}

export type ThrottleStatus = 400 | 429;

export interface CognitoProxy {
  readonly endpoint: string;
  /** Every call since the start or `clearCalls()`, in order of arrival. */
  readonly calls: CognitoCall[];
  clearCalls(): void;
  /** Starts with full buckets; without quotas, everything is unlimited. */
  setQuotas(quotas?: Quotas, status?: ThrottleStatus): void;
  setFaults(faults?: Faults): void;
  setLatency(milliseconds: number): void;
  stop(): Promise<void>;
}

const SIGNED_IN = new Set([
  'DeleteUserAttributes',
  'GetUser',
  'GetUserAttributeVerificationCode',
  'UpdateUserAttributes',
  'VerifyUserAttribute',
]);

/** Holds no process that is otherwise done. */
const sleep = (milliseconds: number): Promise<void> => setTimeout(milliseconds, undefined, { ref: false });

const answerOf = (fault: Fault, throttleStatus: number): Answer | 'reset' | undefined => {
  switch (fault.kind) {
    case 'throttle':
      return errorAnswer('TooManyRequestsException', 'Rate exceeded', throttleStatus);
    case 'internalError':
      return errorAnswer('InternalErrorException', 'Internal server error', 500);
    case 'error':
      return errorAnswer(fault.type, fault.message ?? fault.type, fault.status ?? 400);
    case 'reset':
      return 'reset';
    case 'latency':
      return undefined;
  }
};

/** Stands before cognito-local and makes of it a server as strict, as slow and as unreliable as Cognito. */
export const startCognitoProxy = async (
  upstreamEndpoint: string,
  options: CognitoProxyOptions = {},
): Promise<CognitoProxy> => {
  const upstream = new Upstream(upstreamEndpoint);
  const calls: CognitoCall[] = [];
  let throttle = new Throttle(options.quotas);
  let { throttleStatus = 400, faults, latencyMs = 0 } = options;

  const carryOut = async (
    call: CognitoCall,
    request: CognitoRequest,
    body: string,
    claims: AccessClaims | string | undefined,
  ): Promise<Answer> => {
    try {
      if (typeof claims === 'string') throw new Refusal('NotAuthorizedException', claims);
      await check(upstream, call.operation, request, claims);
      const answer = translate(call.operation, await upstream.send(call.operation, body));
      call.applied = answer.status < 400;
      return answer;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return errorAnswer(error.type, error.message, error.status);
    }
  };

  const answer = async (
    call: CognitoCall,
    request: CognitoRequest,
    body: string,
    claims: AccessClaims | string | undefined,
  ): Promise<Answer | 'reset'> => {
    await options.beforeCall?.(call);
    if (latencyMs > 0) await sleep(latencyMs);
    if (!throttle.admits(call.operation)) return answerOf({ kind: 'throttle' }, throttleStatus)!;
    const fault = faults?.(call);
    if (!fault) return carryOut(call, request, body, claims);
    const after = fault.when === 'after' ? await carryOut(call, request, body, claims) : undefined;
    if (fault.kind === 'latency') await sleep(fault.milliseconds);
    return answerOf(fault, throttleStatus) ?? after ?? carryOut(call, request, body, claims);
  };

  const serve = async (operation: string, message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const at = performance.now();
    const body = await readBody(message);
    const request = JSON.parse(body) as CognitoRequest;
    const claims = SIGNED_IN.has(operation)
      ? verifyAccessToken(request.AccessToken, await upstream.signingKey())
      : undefined;
    const call: CognitoCall = {
      operation,
      category: categoryOf(operation),
      userPoolId: request.UserPoolId,
      signer: signerOf(message),
      username: request.Username ?? (typeof claims === 'object' ? claims.username : undefined),
      groupName: request.GroupName,
      attributeNames: request.UserAttributeNames ?? (request.UserAttributes ?? []).map(({ Name = '' }) => Name),
      clientMetadataKeys: Object.keys(request.ClientMetadata ?? {}),
      at,
      applied: false,
    };
    calls.push(call);

    const outcome = await answer(call, request, body, claims);
    call.answeredAt = performance.now();
    if (outcome === 'reset') {
      call.errorType = 'ConnectionReset';
      message.socket.resetAndDestroy();
      return;
    }
    call.status = outcome.status;
    call.errorType = errorTypeOf(outcome);
    response.writeHead(outcome.status, {
      'content-type': CONTENT_TYPE,
      'x-amzn-requestid': randomUUID(),
      ...(call.errorType && { 'x-amzn-errortype': call.errorType }),
    });
    response.end(outcome.body);
  };

  /** Key sets, OAuth pages and whatever else is no API call. */
  const pass = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const type = message.headers['content-type'];
    const answer = await upstream.pass(
      message.url ?? '/',
      message.method ?? 'GET',
      type === undefined ? {} : { 'content-type': type },
      await readBody(message),
    );
    response.writeHead(answer.status, { 'content-type': answer.headers['content-type'] ?? 'text/plain' });
    response.end(answer.body);
  };

  const server = await listen((message, response) => {
    const [, operation] = String(message.headers['x-amz-target'] ?? '').split('.');
    const served = operation ? serve(operation, message, response) : pass(message, response);
    // A harness that fails must look like nothing Cognito would answer.
    served.catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(502);
      response.end(`cognito-proxy: ${error instanceof Error ? error.message : String(error)}`);
    });
  }, options.port);

  return {
    endpoint: server.endpoint,
    calls,
    clearCalls: () => void calls.splice(0),
    setQuotas: (quotas, status = 400) => {
      throttle = new Throttle(quotas);
      throttleStatus = status;
    },
    setFaults: (hook) => {
      faults = hook;
    },
    setLatency: (milliseconds) => {
      latencyMs = milliseconds;
    },
    stop: async () => {
      await server.stop();
      upstream.stop();
    },
  };
};

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen, readBody } from './http';
import { signerOf } from './signer';
import { escaped } from './xml';

/** One request as the server saw it. */
export interface StsCall {
  readonly operation: string;
  readonly roleArn: string;
  readonly sessionName: string;
  /** The access key id of whoever asked. */
  readonly signer: string | undefined;
  /** The access key id that was handed out. */
  accessKeyId?: string;
  /** `AccessDenied` and its like. */
  errorType?: string;
}

export interface StsFailure {
  readonly code: string;
  readonly status: number;
}

/** A role that does not trust the caller, one that does not exist, and a caller without permission look the same. */
export const DENIED: StsFailure = { code: 'AccessDenied', status: 403 };

export interface LocalSts {
  readonly endpoint: string;
  readonly calls: StsCall[];
  /** Forgets calls and failures; credentials are good for an hour again. */
  reset(): void;
  /** Asked once a request; a hook may count. */
  setFailures(hook: (call: StsCall) => StsFailure | undefined): void;
  /** How long credentials are good that are handed out from now on. */
  setLifetime(milliseconds: number): void;
  stop(): Promise<void>;
}

const XMLNS = 'https://sts.amazonaws.com/doc/2011-06-15/';
const HOUR = 3_600_000;

/** As much of STS as the functions use, in this process: AssumeRole, with another access key each time. */
export const startLocalSts = async (): Promise<LocalSts> => {
  const calls: StsCall[] = [];
  let failures: (call: StsCall) => StsFailure | undefined = () => undefined;
  let lifetime = HOUR;
  let issued = 0;

  const assumed = (call: StsCall): string => {
    const { roleArn, sessionName } = call;
    call.accessKeyId = `ASIA${String(++issued).padStart(16, '0')}`;
    const expiration = new Date(Date.now() + lifetime).toISOString();
    const user = `${roleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${sessionName}`;
    return `<AssumeRoleResponse xmlns="${XMLNS}"><AssumeRoleResult><AssumedRoleUser><AssumedRoleId>AROA:${escaped(sessionName)}</AssumedRoleId><Arn>${escaped(user)}</Arn></AssumedRoleUser><Credentials><AccessKeyId>${call.accessKeyId}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>${expiration}</Expiration></Credentials></AssumeRoleResult><ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></AssumeRoleResponse>`;
  };

  const refused = (call: StsCall, code: string): string => {
    call.errorType = code;
    return `<ErrorResponse xmlns="${XMLNS}"><Error><Type>Sender</Type><Code>${code}</Code><Message>Not for ${escaped(call.roleArn)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
  };

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const query = new URLSearchParams(await readBody(message));
    const call: StsCall = {
      operation: query.get('Action') ?? '',
      roleArn: query.get('RoleArn') ?? '',
      sessionName: query.get('RoleSessionName') ?? '',
      signer: signerOf(message),
    };
    calls.push(call);
    const failure =
      call.operation !== 'AssumeRole' || !/^[\w+=,.@-]{2,64}$/.test(call.sessionName)
        ? { code: 'ValidationError', status: 400 }
        : failures(call);
    response.writeHead(failure?.status ?? 200, { 'content-type': 'text/xml' });
    response.end(failure ? refused(call, failure.code) : assumed(call));
  };

  const server = await listen((request, response) => void serve(request, response));
  return {
    ...server,
    calls,
    reset: () => {
      calls.splice(0);
      failures = () => undefined;
      lifetime = HOUR;
    },
    setFailures: (hook) => void (failures = hook),
    setLifetime: (milliseconds) => void (lifetime = milliseconds),
  };
};

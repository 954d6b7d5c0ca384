import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen, readBody } from './http';

/** One request as the server saw it; what a secret holds is never part of it. */
export interface SecretsCall {
  readonly operation: string;
  /** A name or an ARN, as the caller put it. */
  readonly secretId: string;
  /** HTTP status; undefined where the connection was reset, and while the request is under way. */
  status?: number;
  /** `ResourceNotFoundException` and its like. */
  errorType?: string;
}

export type SecretsFault =
  { readonly kind: 'error'; readonly type: string; readonly status?: number } | { readonly kind: 'reset' };

/** Asked once a request; a hook may count. */
export type SecretsFaults = (call: SecretsCall) => SecretsFault | undefined;

export interface LocalSecrets {
  readonly endpoint: string;
  readonly calls: SecretsCall[];
  clearCalls(): void;
  /** A new version of a secret: of text, or of bytes alone. @returns its ARN, which stays the same */
  put(name: string, value: string | Uint8Array): string;
  remove(name: string): void;
  /** Whether callers lack the permission. */
  denyAccess(on: boolean): void;
  setFaults(faults?: SecretsFaults): void;
  stop(): Promise<void>;
}

interface Version {
  readonly id: string;
  readonly value: string | Uint8Array;
  readonly createdAt: number;
}

interface Secret {
  readonly arn: string;
  readonly name: string;
  /** The latest first. */
  readonly versions: Version[];
}

interface Request {
  readonly SecretId?: string;
  readonly VersionId?: string;
  readonly VersionStage?: string;
}

class SecretsError extends Error {
  constructor(
    readonly type: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

const STAGES = ['AWSCURRENT', 'AWSPREVIOUS'];
const SUFFIX = /-[A-Za-z0-9]{6}$/;

/** As much of Secrets Manager as the functions use, in this process: GetSecretValue, of the present and the previous version. */
export const startLocalSecrets = async (): Promise<LocalSecrets> => {
  const secrets = new Map<string, Secret>();
  const calls: SecretsCall[] = [];
  let faults: SecretsFaults = () => undefined;
  let denied = false;

  const find = (id: string): Secret | undefined =>
    secrets.get(id) ?? [...secrets.values()].find(({ arn }) => arn === id || arn.replace(SUFFIX, '') === id);

  const carryOut = (call: SecretsCall, { VersionId, VersionStage }: Request): object => {
    if (call.operation !== 'GetSecretValue') throw new SecretsError('UnknownOperationException', call.operation);
    if (denied)
      throw new SecretsError(
        'AccessDeniedException',
        `User: local is not authorized to perform: secretsmanager:GetSecretValue on resource: ${call.secretId}`,
      );
    const secret = find(call.secretId);
    if (!secret)
      throw new SecretsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    const at = VersionId
      ? secret.versions.findIndex(({ id }) => id === VersionId)
      : STAGES.indexOf(VersionStage ?? 'AWSCURRENT');
    const version = secret.versions[at];
    if (!version)
      throw new SecretsError(
        'ResourceNotFoundException',
        `Secrets Manager can't find the specified secret value for ${VersionId ? 'VersionId' : 'staging label'}: ${VersionId ?? VersionStage}`,
      );
    return {
      ARN: secret.arn,
      Name: secret.name,
      VersionId: version.id,
      VersionStages: STAGES.slice(at, at + 1),
      CreatedDate: version.createdAt,
      ...(typeof version.value === 'string'
        ? { SecretString: version.value }
        : { SecretBinary: Buffer.from(version.value).toString('base64') }),
    };
  };

  const answer = (call: SecretsCall, request: Request): { status: number; body: object } | 'reset' => {
    const fault = faults(call);
    if (fault?.kind === 'reset') return 'reset';
    try {
      if (fault) throw new SecretsError(fault.type, fault.type, fault.status);
      return { status: 200, body: carryOut(call, request) };
    } catch (error) {
      if (!(error instanceof SecretsError)) throw error;
      call.errorType = error.type;
      return { status: error.status, body: { __type: error.type, Message: error.message } };
    }
  };

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = JSON.parse(await readBody(message)) as Request;
    const [, operation = ''] = String(message.headers['x-amz-target'] ?? '').split('.');
    const call: SecretsCall = { operation, secretId: request.SecretId ?? '' };
    calls.push(call);
    const outcome = answer(call, request);
    if (outcome === 'reset') return void message.socket.resetAndDestroy();
    const { status, body } = outcome;
    call.status = status;
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() });
    response.end(JSON.stringify(body));
  };

  const server = await listen((request, response) => void serve(request, response));
  return {
    ...server,
    calls,
    clearCalls: () => void calls.splice(0),
    put: (name, value) => {
      const suffix = randomBytes(3).toString('hex');
      const secret = secrets.get(name) ?? {
        arn: `arn:aws:secretsmanager:us-east-1:123456789012:secret:${name}-${suffix}`,
        name,
        versions: [],
      };
      secret.versions.unshift({ id: randomUUID(), value, createdAt: Date.now() / 1000 });
      secrets.set(name, secret);
      return secret.arn;
    },
    remove: (name) => void secrets.delete(name),
    denyAccess: (on) => (denied = on),
    setFaults: (hook = () => undefined) => (faults = hook),
  };
};

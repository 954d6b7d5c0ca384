import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen, readBody } from './http';
import { signerOf } from './signer';
import { DESCRIBED, UPDATABLE, without } from './pool-settings';

export type PoolOperation = 'DescribeUserPool' | 'UpdateUserPool';

/** What befalls a request: an error of Cognito's before or after it is carried out, or no answer at all. */
export interface PoolFault {
  readonly error?: string;
  readonly status?: number;
  readonly message?: string;
  readonly when?: 'before' | 'after';
}

/** Names that UpdateUserPool takes though the SDK does not know them yet. */
const FUTURE = ['FutureSetting'];
/** What is told of settings that an update has left out; of all others, nothing. */
const DEFAULTS: Record<string, unknown> = { MfaConfiguration: 'OFF', DeletionProtection: 'INACTIVE', LambdaConfig: {} };

/**
 * DescribeUserPool and UpdateUserPool over HTTP, for pools that are put in by tests. An update resets what it leaves out, and
 * is refused where it holds what cannot be set, or two settings that exclude one another.
 */
export class UserPoolServer {
  public readonly pools = new Map<string, any>();
  public readonly calls: PoolOperation[] = [];
  /** The access key ids of those who asked, in the same order. */
  public readonly signers: (string | undefined)[] = [];
  /** Asked for every request. */
  public fault: (operation: PoolOperation, nth: number) => PoolFault | undefined = () => undefined;
  /** Called after every update with the pool, which it may change. */
  public afterUpdate: (pool: any) => void = () => undefined;
  public endpoint = '';
  private close: () => Promise<void> = async () => undefined;
  private time = 1_800_000_000;

  public static async start(): Promise<UserPoolServer> {
    const server = new UserPoolServer();
    const { endpoint, stop } = await listen((message, response) => void server.serve(message, response));
    server.endpoint = endpoint;
    server.close = stop;
    return server;
  }

  public stop(): Promise<void> {
    return this.close();
  }

  /** As DescribeUserPool tells it, but for when it was changed. */
  public settings(userPoolId: string): any {
    return without(described(this.pools.get(userPoolId)), 'LastModifiedDate');
  }

  /** What an update of the pool by CloudFormation does to its triggers. */
  public wipe(userPoolId: string, triggers: Record<string, unknown> = {}): void {
    this.pools.get(userPoolId).LambdaConfig = triggers;
  }

  public reset(): void {
    this.pools.clear();
    this.calls.length = 0;
    this.signers.length = 0;
    this.fault = () => undefined;
    this.afterUpdate = () => undefined;
  }

  private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse(await readBody(message));
    const operation = String(message.headers['x-amz-target']).split('.')[1] as PoolOperation;
    this.calls.push(operation);
    this.signers.push(signerOf(message));
    const fault = this.fault(operation, this.calls.filter((call) => call === operation).length);
    const reply = (status: number, answer: object) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(answer));
    };
    const fail = ({ error, status = 400, message: text = error }: PoolFault) =>
      error === undefined ? message.socket.destroy() : reply(status, { __type: error, message: text });
    if (!/^AWS4-HMAC-SHA256 .*Signature=/.test(message.headers.authorization ?? '')) {
      return void fail({ error: 'MissingAuthenticationTokenException' });
    }
    if (Number(message.headers['content-length']) !== Buffer.byteLength(JSON.stringify(body))) {
      return void fail({ error: 'SerializationException' });
    }
    if (fault && fault.when !== 'after') return void fail(fault);
    const answer = this.carryOut(operation, body);
    if (fault) return void fail(fault);
    if ('error' in answer) return void fail(answer);
    reply(200, answer);
  }

  private carryOut(operation: PoolOperation, { UserPoolId, ...settings }: any): any {
    const pool = this.pools.get(UserPoolId);
    if (!pool) return { error: 'ResourceNotFoundException', message: `User pool ${UserPoolId} does not exist.` };
    if (operation === 'DescribeUserPool') return { UserPool: described(pool) };
    const refusal = refusalOf(settings);
    if (refusal) return { error: 'InvalidParameterException', message: refusal };
    const { PoolName, ...others } = settings;
    const kept = Object.entries(pool).filter(
      ([name]) => name === 'Name' || !(name in UPDATABLE || FUTURE.includes(name)),
    );
    const next = {
      ...Object.fromEntries(kept),
      ...others,
      Name: PoolName ?? 'reset',
      LastModifiedDate: this.time++,
    };
    this.afterUpdate(next);
    this.pools.set(UserPoolId, next);
    return {};
  }
}

const refusalOf = (settings: any): string | undefined => {
  const foreign = Object.keys(settings).find((name) => !(name in UPDATABLE || FUTURE.includes(name)));
  if (foreign) return `${foreign} cannot be set${foreign in DESCRIBED ? '' : ', and nobody knows it'}`;
  const { AdminCreateUserConfig, Policies, LambdaConfig = {} } = settings;
  if (
    AdminCreateUserConfig?.UnusedAccountValidityDays !== undefined &&
    Policies?.PasswordPolicy?.TemporaryPasswordValidityDays !== undefined
  ) {
    return 'Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays';
  }
  const { PreTokenGeneration, PreTokenGenerationConfig } = LambdaConfig;
  if (
    PreTokenGeneration &&
    PreTokenGenerationConfig?.LambdaArn &&
    PreTokenGeneration !== PreTokenGenerationConfig.LambdaArn
  ) {
    return 'PreTokenGeneration and PreTokenGenerationConfig must name one function';
  }
  return undefined;
};

/** Cognito tells defaults, and the days of temporary passwords in their former place too. */
const described = (stored: any): any => {
  const pool = { ...DEFAULTS, ...stored };
  const days = pool.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays;
  if (days !== undefined)
    pool.AdminCreateUserConfig = { ...pool.AdminCreateUserConfig, UnusedAccountValidityDays: days };
  return pool;
};
